import Rules
import TestSupport
import Testing

@testable import Verification

/// Requests that are no rule's: http to this machine, and answers that are read as they come.
struct TransportTests {
    private let provider = TestProvider.shared

    private func send(
        _ url: String, isPlain: Bool, resolutions: [String] = [], json: [UInt8]? = nil,
        receive: @escaping (UnsafeRawBufferPointer) -> Bool = { _ in true }
    ) throws -> Response {
        // A proxy is never asked about this machine.
        var network = NetworkSettings { ["HTTPS_PROXY": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1"][$0] }
        network.resolutions = resolutions
        network.timeout = 5
        let request = try RenderedRequest(
            json == nil ? .get : .post, HTTPSAddress(url), isPlain: isPlain, bearer: SecretBuffer("key".utf8),
            json: json)
        return try Transport(network).send(
            request, patience: 0, receive: receive, maySend: { true }, mayGoOn: { true })
    }

    @Test func httpGoesToThisMachine() throws {
        let port = provider.port("model")
        #expect(try send("https://127.0.0.1:\(port)/v1/models", isPlain: true).status == 200)
        #expect(
            try send("https://localhost:\(port)/v1/models", isPlain: true, resolutions: ["localhost:\(port):127.0.0.1"])
                .status == 200)
    }

    /// Whatever a name service says of a name that should be this machine's.
    @Test(arguments: ["10.0.0.1", "192.168.1.1", "203.0.113.1", "1.1.1.1"])
    func httpGoesNowhereElse(address: String) throws {
        let port = provider.port("model")
        #expect {
            try send(
                "https://localhost:\(port)/v1/models", isPlain: true, resolutions: ["localhost:\(port):\(address)"])
        } throws: { error in
            (error as? TransportFailure)?.reason.contains("not of this machine") == true
        }
    }

    @Test func anAnswerIsReadAsItComes() throws {
        let port = provider.port("model")
        let text = "0123456789abcdefghij"
        let hex = text.utf8.map { String($0, radix: 16) }.joined()
        var pieces: [Int] = []
        let response = try send(
            "https://127.0.0.1:\(port)/say/\(hex)/v1/chat/completions", isPlain: true, json: Array("{}".utf8)
        ) {
            pieces.append($0.count)
            return true
        }
        #expect(response.status == 200 && !pieces.isEmpty)
        #expect(pieces.reduce(0, +) == response.body.count)
        #expect(throws: TransportFailure.self) {
            try send("https://127.0.0.1:\(port)/say/\(hex)/v1/chat/completions", isPlain: true, json: Array("{}".utf8))
            { _ in false }
        }
    }

    @Test func whatIsNoAnswerIsNotReadOut() throws {
        var pieces = 0
        let response = try send(
            "https://127.0.0.1:\(provider.port("model"))/status/500/v1/chat/completions", isPlain: true,
            json: Array("{}".utf8)
        ) { _ in
            pieces += 1
            return true
        }
        #expect(response.status == 500 && pieces == 0)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("::ffff:127.0.0.1", true), ("128.0.0.1", false),
        ("::2", false), ("10.0.0.1", false), ("0.0.0.0", false), ("::", false), ("1::1", false),
    ])
    func thisMachineIsKnown(text: String, isLoopback: Bool) throws {
        #expect(try #require(IPAddress(text)).isLoopback == isLoopback)
    }
}
