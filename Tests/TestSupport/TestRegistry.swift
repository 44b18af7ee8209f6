import Foundation

/// A registry on the loopback address, whose repositories behave as their names say (`registry.py`). It ends with its last reference.
public final class TestRegistry: Sendable {
    /// `127.0.0.1:PORT`
    public let host: String
    private let input = Pipe()

    /// - Parameter line: What stands in `etc/app.conf` of the one layer.
    public init(line: String) {
        let sources = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", sources.appending(path: "registry.py").path, line]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            preconditionFailure("could not start python3: \(error)")
        }
        var port = Data()
        while port.last != 0x0a {
            let more = output.fileHandleForReading.readData(ofLength: 1)
            precondition(!more.isEmpty, "registry.py ended; is python3 installed?")
            port += more
        }
        host = "127.0.0.1:" + String(decoding: port.dropLast(), as: UTF8.self)
    }

    deinit { input.fileHandleForWriting.closeFile() }

    /// What it was asked: a line a request, with who was asked, the path, and who says that they ask.
    public var seen: [String] {
        let script = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode(), end='')"
        let outcome = Command.run(["python3", "-c", script, "http://\(host)/seen"])
        return outcome.output.split(separator: "\n").map(String.init)
    }
}
