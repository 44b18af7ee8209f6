import Foundation

/// A registry on the loopback address, whose repositories behave as their names say (`registry.py`). It ends with its last reference.
public final class TestRegistry: Sendable {
    /// `127.0.0.1:PORT`
    public let host: String
    private let server: PythonServer

    /// - Parameter line: What stands in `etc/app.conf` of the one layer.
    public init(line: String) {
        server = PythonServer("registry.py", line)
        host = "127.0.0.1:" + String(decoding: server.line, as: UTF8.self)
    }

    /// What it was asked: a line a request, with who was asked, the path, and who says that they ask.
    public var seen: [String] {
        let script = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode(), end='')"
        let outcome = Command.run(["python3", "-c", script, "http://\(host)/seen"])
        return outcome.output.split(separator: "\n").map(String.init)
    }
}
