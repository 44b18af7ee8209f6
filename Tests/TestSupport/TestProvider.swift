import Foundation

/// Servers on the loopback address that answer as providers, proxies and attackers do (`provider.py`), with certificates
/// of an authority that is made for the occasion. They end with the test process.
public final class TestProvider: Sendable {
    /// Host names that the good certificate is for: the first is a provider's main host.
    public static let host = "provider.test"
    /// Another name that its certificate is for.
    public static let otherHost = "codestral.test"

    /// One for all tests of a process: what it answers depends on the request alone.
    public static let shared = TestProvider()

    private let folder = TemporaryDirectory()
    private let ports: [String: Int]
    private let server: PythonServer

    private init() {
        let script = """
            set -e
            openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj "/CN=windsock test CA" \
              -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
            echo subjectAltName=DNS:provider.test,DNS:codestral.test,DNS:refused.test,DNS:who.test,IP:127.0.0.1 > names
            openssl req -newkey rsa:2048 -nodes -keyout key -out request -subj "/CN=provider.test"
            openssl x509 -req -in request -CA ca.pem -CAkey ca.key -set_serial 2 -days 2 -extfile names -out main
            openssl x509 -req -in request -CA ca.pem -CAkey ca.key -set_serial 3 -days -1 -extfile names -out expired
            openssl req -x509 -key key -out selfsigned -days 2 -subj "/CN=provider.test" -addext "$(cat names)"
            for name in main expired selfsigned; do cat $name key > $name.pem; done
            """
        let outcome = Command.run(["sh", "-c", script], in: folder.path)
        precondition(outcome.status == 0, "could not make certificates with openssl: \(outcome.errors)")
        server = PythonServer("provider.py", folder.path)
        ports = (try? JSONDecoder().decode([String: Int].self, from: server.line)) ?? [:]
    }

    /// The port of one of the servers: main, other, expired, selfsigned, http2, plain, proxy, model.
    public func port(_ server: String) -> Int {
        guard let port = ports[server] else { preconditionFailure("there is no server \(server)") }
        return port
    }

    /// The file of the authority that vouches for `main`, `other` and `http2`.
    public var authority: String { folder("ca.pem") }

    /// A request that one of the servers saw.
    public struct Request: Decodable, Sendable {
        /// Seconds of a clock that only goes forward.
        public var time: Double
        /// Which of the servers it came to.
        public var server: String
        /// The version of HTTP.
        public var `protocol`: String?
        /// The request's method.
        public var method: String?
        /// Path and query, as they were sent.
        public var target: String?
        /// By name, lower case.
        public var headers: [String: String]?
        /// What was posted, as text.
        public var body: String?
    }

    /// All requests so far that hold a text in their target or a header.
    public func requests(with text: String) -> [Request] {
        let lines = String(decoding: folder.read("requests.jsonl"), as: UTF8.self).split(separator: "\n")
        return lines.compactMap { line in
            guard line.contains(text) else { return nil }
            return try? JSONDecoder().decode(Request.self, from: Data(line.utf8))
        }
    }
}
