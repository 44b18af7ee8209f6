import Foundation

/// A server in Python that stands beside the tests: it says in one line that it is ready, and ends when its input does.
final class PythonServer: Sendable {
    /// The line, without its end.
    let line: Data
    /// Open as long as the server shall run.
    private let input = Pipe()

    /// - Parameter script: A file of this folder.
    init(_ script: String, _ argument: String) {
        // A build of a copy may reach the sources by a link.
        let sources = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", sources.appending(path: script).path, argument]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            preconditionFailure("could not start python3: \(error)")
        }
        var line = Data()
        while line.last != 0x0a {
            let more = output.fileHandleForReading.readData(ofLength: 1)
            precondition(!more.isEmpty, "\(script) ended; is python3 installed?")
            line += more
        }
        self.line = line.dropLast()
    }

    deinit { input.fileHandleForWriting.closeFile() }
}
