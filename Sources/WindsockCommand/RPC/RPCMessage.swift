import Bytes
import Reports

/// A message of JSON-RPC 2.0 (https://www.jsonrpc.org/specification): what MCP and LSP speak.
struct RPCMessage {
    /// What a request and its answer are told by, as it is written: `1`, `"a"`.
    struct ID: Hashable {
        let source: String
    }

    /// `nil`: a notification.
    let id: ID?
    /// `nil`: an answer.
    let method: String?
    let parameters: JSONNode?
    /// Of an answer.
    let result: JSONNode?

    /// - Returns: `nil` for what is no message.
    init?(_ node: JSONNode) {
        guard node.kind == .object, node[name: "jsonrpc"]?.text == "2.0" else { return nil }
        method = node[name: "method"]?.text
        parameters = node[name: "params"]
        result = node[name: "result"]
        id = node[name: "id"].flatMap { id in
            [.number, .string].contains(id.kind) ? ID(source: String(decoding: id.source, as: UTF8.self)) : nil
        }
        // A request that could not be answered is none, and no notification either.
        guard id != nil || method != nil && node[name: "id"] == nil else { return nil }
    }

    /// A member of the parameters, or of an object in them.
    func parameter(_ path: String...) -> JSONNode? {
        var node = parameters
        for name in path { node = node?[name: name] }
        return node
    }
}

/// Why a request gets no result.
struct RPCFailure: Error {
    var code: Int
    var message: String

    static let parseError = -32700
    static let invalidRequest = -32600
    static let unknownMethod = -32601
    static let invalidParameters = -32602
    static let internalError = -32603
    /// LSP: the server was not told yet who talks to it.
    static let notInitialized = -32002
    /// LSP: the client has taken the request back.
    static let cancelled = -32800
}
