import Bytes
import Dispatch
import Pipeline
import Reports
import Synchronization

/// Answers a client of the Model Context Protocol.
///
/// https://modelcontextprotocol.io/specification/2026-07-28, and the revisions before it back to 2024-11-05, which begin with a
/// handshake. What the newer ones want in results the older ones pass over.
final class MCPServer: Sendable {
    /// The newest first.
    static let versions = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    /// The newest that a handshake may end with.
    private static let handshakeVersion = "2025-11-25"
    private static let rootsRequest = "windsock-roots"

    private let tools: MCPTools
    private let connection = RPCConnection(.lines)
    private let roots: Mutex<MCPRoots>
    /// Whether the client has said that it names roots.
    private let asksForRoots = Mutex(false)
    /// What is waited for before files are read: the roots that a client was asked for.
    private let rootsAwaited = DispatchGroup()
    private let awaitedCount = Mutex(0)
    /// The revision that the handshake has ended with.
    private let version = Mutex<String?>(nil)
    private let running = Mutex<[RPCMessage.ID: Interruption]>([:])
    /// Calls are carried out one after the other, each on all processors; the reader goes on meanwhile.
    private let queue = DispatchQueue(label: "windsock.mcp")
    /// What is not answered yet.
    private let calls = DispatchGroup()

    init(_ tools: MCPTools, _ roots: MCPRoots) {
        self.tools = tools
        self.roots = Mutex(roots)
    }

    /// Answers until the client closes its end.
    func run() {
        loop: while true {
            switch connection.receive() {
            case .end: break loop
            case .unreadable(let failure): connection.answer(nil, failure)
            case .message(let node):
                if node.kind == .array { handle(list: node.elements) } else { handle(node) }
            }
        }
        // Whoever has piped calls in waits for their answers; nobody waits for long ones.
        if calls.wait(timeout: .now() + .seconds(10)) == .timedOut {
            running.withLock { for call in $0.values { call.request() } }
            calls.wait()
        }
    }

    /// The one revision that has lists of messages; those after it have taken them back.
    private static let listVersion = "2025-03-26"

    private func handle(list nodes: [JSONNode]) {
        guard version.withLock({ $0 }) == Self.listVersion else {
            let reason = "lists of messages are for revision \(Self.listVersion) alone"
            return connection.answer(nil, RPCFailure(code: RPCFailure.invalidRequest, message: reason))
        }
        guard !nodes.isEmpty else {
            return connection.answer(
                nil, RPCFailure(code: RPCFailure.invalidRequest, message: "the list of messages is empty"))
        }
        var failures: [(id: RPCMessage.ID?, failure: RPCFailure)] = []
        var messages: [RPCMessage] = []
        for node in nodes {
            if let message = RPCMessage(node), message.method != "initialize" {
                messages.append(message)
            } else {
                let reason = "it is no message of JSON-RPC 2.0 that may stand in a list"
                failures.append((RPCMessage(node)?.id, RPCFailure(code: RPCFailure.invalidRequest, message: reason)))
            }
        }
        connection.begin(messages.filter { $0.method != nil }.compactMap(\.id), failures: failures)
        for message in messages { handle(message) }
    }

    private func handle(_ node: JSONNode) {
        guard let message = RPCMessage(node) else {
            return connection.answer(
                nil, RPCFailure(code: RPCFailure.invalidRequest, message: "it is no message of JSON-RPC 2.0"))
        }
        handle(message)
    }

    private func handle(_ message: RPCMessage) {
        guard let method = message.method else { return takeAnswer(message) }
        guard let id = message.id else { return takeNotice(method, message) }
        switch method {
        case "initialize": initialize(id, message)
        case "server/discover": discover(id)
        case "ping": connection.answer(id) { _ in }
        case "tools/list": listTools(id)
        case "tools/call": call(id, message)
        default:
            connection.answer(
                id, RPCFailure(code: RPCFailure.unknownMethod, message: "there is no method of that name"))
        }
    }

    // MARK: The beginning

    private func initialize(_ id: RPCMessage.ID, _ message: RPCMessage) {
        let asked = message.parameter("protocolVersion")?.text ?? ""
        if message.parameter("capabilities", "roots") != nil {
            asksForRoots.withLock { $0 = true }
            roots.withLock { $0.awaitClient() }
        }
        let isKnown = Self.versions.contains(asked) && asked <= Self.handshakeVersion
        let answered = isKnown ? asked : Self.handshakeVersion
        version.withLock { $0 = answered }
        connection.answer(id) { writer in
            writer.field("protocolVersion", answered)
            Self.introduce(&writer)
        }
    }

    private func discover(_ id: RPCMessage.ID) {
        connection.answer(id) { writer in
            writer.field("supportedVersions", Self.versions)
            Self.introduce(&writer)
            Self.finish(&writer)
        }
    }

    private static func introduce(_ writer: inout JSONWriter) {
        writer.field("capabilities", object: { $0.field("tools", object: { $0.field("listChanged", false) }) })
        writer.field(
            "serverInfo",
            object: {
                $0.field("name", "windsock")
                $0.field("version", Windsock.version)
            })
        writer.field(
            "instructions",
            "Finds leaked secrets on this machine. Scan what you write before you commit it (scan_staged), and texts before you hand them on (scan_text). Secrets come back redacted; do not ask for more."
        )
    }

    /// What a result says of itself since 2026: it is whole, and for whom it may be kept how long.
    private static func finish(_ writer: inout JSONWriter, seconds: Int = 3600) {
        writer.field("resultType", "complete")
        writer.field("ttlMs", seconds * 1000)
        writer.field("cacheScope", "private")
    }

    private func takeNotice(_ method: String, _ message: RPCMessage) {
        switch method {
        case "notifications/initialized", "notifications/roots/list_changed":
            guard asksForRoots.withLock({ $0 }) else { return }
            awaitedCount.withLock { $0 += 1 }
            rootsAwaited.enter()
            connection.request(Self.rootsRequest, "roots/list")
        case "notifications/cancelled":
            guard let node = message.parameter("requestId") else { return }
            let id = RPCMessage.ID(source: String(decoding: node.source, as: UTF8.self))
            running.withLock { $0[id]?.request() }
        default: break
        }
    }

    private func takeAnswer(_ message: RPCMessage) {
        guard message.id?.source == JSONDocument.quoted(Self.rootsRequest), isAwaitingRoots() else { return }
        defer { rootsAwaited.leave() }
        guard let result = message.result else { return }
        let addresses = (result[name: "roots"]?.elements ?? []).compactMap { $0[name: "uri"]?.text }
        roots.withLock { $0.take(addresses) }
    }

    /// Whether an answer is one to a question of ours, and not one too many.
    private func isAwaitingRoots() -> Bool {
        awaitedCount.withLock { count in
            guard count > 0 else { return false }
            count -= 1
            return true
        }
    }

    // MARK: Tools

    private func listTools(_ id: RPCMessage.ID) {
        connection.answer(id) { writer in
            writer.field("tools", array: tools.offered) { writer, tool in writer.object { tool.write(&$0) } }
            Self.finish(&writer)
        }
    }

    private func call(_ id: RPCMessage.ID, _ message: RPCMessage) {
        guard let name = message.parameter("name")?.text, let tool = tools.offered.first(where: { $0.rawValue == name })
        else {
            return connection.answer(
                id, RPCFailure(code: RPCFailure.invalidParameters, message: "there is no tool of that name"))
        }
        let interruption = Interruption()
        let isNew = running.withLock { running in
            if running[id] != nil { return false }
            running[id] = interruption
            return true
        }
        guard isNew else {
            return connection.answer(id, RPCFailure(code: RPCFailure.invalidRequest, message: "the id is in use"))
        }
        let token = message.parameter("_meta", "progressToken").map { String(decoding: $0.source, as: UTF8.self) }
        let arguments = message.parameter("arguments")
        queue.async(group: calls) { [self] in
            let progress = Progress()
            let ticker = token.map { ProgressTicker(progress, token: $0, connection) }
            carryOut(id, tool, arguments, progress, interruption) { ticker?.stop() }
            running.withLock { $0[id] = nil }
        }
    }

    private func carryOut(
        _ id: RPCMessage.ID, _ tool: MCPTool, _ arguments: JSONNode?, _ progress: Progress,
        _ interruption: Interruption,
        whenDone: () -> Void
    ) {
        defer { whenDone() }
        // A client that has promised roots and says none is not waited for any longer.
        _ = rootsAwaited.wait(timeout: .now() + .seconds(2))
        // What is taken back gets no answer.
        if interruption.isRequested { return connection.withdraw(id) }
        do {
            let outcome = try tools.call(
                tool, arguments, roots.withLock { $0 }, progress: progress, interruption: interruption)
            whenDone()
            answer(id, text: outcome.text, structure: outcome.structure)
        } catch let failure as RPCFailure {
            if failure.code == RPCFailure.cancelled { connection.withdraw(id) } else { connection.answer(id, failure) }
        } catch {
            // The model is to read it, and to try something else.
            answer(id, text: EchoedArguments.masked("\(error)"), structure: nil)
        }
    }

    private func answer(_ id: RPCMessage.ID, text: String, structure: [UInt8]?) {
        connection.answer(id) { writer in
            writer.field("content", array: [text]) { writer, text in
                writer.object {
                    $0.field("type", "text")
                    $0.field("text", text)
                }
            }
            if let structure { writer.field("structuredContent", raw: Self.onOneLine(structure)) }
            writer.field("isError", structure == nil)
            writer.field("resultType", "complete")
        }
    }

    /// A line's end outside of texts means nothing to JSON, and would end the message.
    private static func onOneLine(_ json: [UInt8]) -> String {
        String(decoding: json.filter { $0 != .lineFeed }, as: UTF8.self)
    }
}

/// Tells a client from time to time how far a call has come.
private final class ProgressTicker: Sendable {
    private let progress: Progress
    /// As it is written.
    private let token: String
    private let connection: RPCConnection
    /// What was told last; `nil`: nothing is told any more.
    private let last = Mutex<Int?>(0)

    init(_ progress: Progress, token: String, _ connection: RPCConnection) {
        (self.progress, self.token, self.connection) = (progress, token, connection)
        wait()
    }

    private func wait() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(250)) { [self] in
            let state = progress.state
            last.withLock { last in
                // It has to grow each time, and nothing may follow the answer.
                guard let told = last, state.done > told else { return }
                last = state.done
                connection.notify("notifications/progress") { writer in
                    writer.field("progressToken", raw: token)
                    writer.field("progress", state.done)
                    writer.field("total", state.all)
                }
            }
            if last.withLock({ $0 != nil }) { wait() }
        }
    }

    func stop() { last.withLock { $0 = nil } }
}
