import Foundation
import Store
import TestSupport
import Testing

/// An audit that is interrupted, or killed at any moment, goes on where it was.
@Suite struct AuditKillTests {
    @Test(arguments: [SIGKILL, SIGINT], [0.05, 0.2, 0.5, 1.0]) func nothingThatWasFinishedIsLost(
        signal: Int32, delay: Double
    ) throws {
        let world = AuditWorld()
        for number in 0..<12 {
            world.repository(
                "r\(number)", [".env": RandomKey(2430).line, "own.env": RandomKey(2440 + UInt64(number)).line])
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Windsock.path)
        process.arguments = ["audit", "repositories", "--jobs", "2"]
        process.currentDirectoryURL = URL(fileURLWithPath: world.path)
        process.environment = Windsock.environment.merging([
            "XDG_STATE_HOME": world.directory("state"), "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        ]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: delay)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()

        let finished = (try? world.content().repositories.count) ?? 0
        let outcome = world.run(["audit", "repositories"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("\(finished) as they were") || finished == 0, "\(finished) \(outcome.output)")
        let content = try world.content()
        #expect(content.secrets.count == 13 && content.repositories.count == 12)
        #expect(content.secrets.flatMap(\.sightings).count == 24)
        #expect(content.secrets.flatMap(\.sightings).flatMap(\.occurrences).count == 24)
    }
}
