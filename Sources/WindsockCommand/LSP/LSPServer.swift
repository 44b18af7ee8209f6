import Bytes
import Dispatch
import Findings
import Reports
import Synchronization

/// Answers an editor.
///
/// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
final class LSPServer {
    static let acceptCommand = "windsock.addToBaseline"
    private static let watchRequest = "windsock-watch"
    /// What settings and baselines are called, wherever they stand.
    private static let watched = ConfigurationFinder.names + [BaselineFile.name]

    private let connection = RPCConnection(.headers)
    private let scanner: LSPScanner
    private var documents: [String: LSPDocument] = [:]
    /// What was told of each document last.
    private var marks: [String: [LSPMark]] = [:]
    private var isInitialized = false
    private var canWatch = false
    private var isShutDown = false

    init(_ rules: RuleOptions, _ thresholds: ThresholdOptions) { scanner = LSPScanner(rules, thresholds) }

    /// Answers until the editor says that it is enough, or closes its end.
    ///
    /// - Returns: Whether it has said so in the order that the protocol has for it.
    func run() -> Bool {
        while true {
            switch connection.receive() {
            case .end: return true
            case .unreadable(let failure): connection.answer(nil, failure)
            case .message(let node):
                guard let message = RPCMessage(node) else {
                    connection.answer(
                        nil, RPCFailure(code: RPCFailure.invalidRequest, message: "it is no message of JSON-RPC 2.0"))
                    continue
                }
                if message.method == "exit" { return isShutDown }
                handle(message)
            }
        }
    }

    private func handle(_ message: RPCMessage) {
        guard let method = message.method else { return }
        guard let id = message.id else {
            if isInitialized { takeNotice(method, message) }
            return
        }
        if method == "initialize" { return initialize(id, message) }
        guard isInitialized, !isShutDown else {
            let code = isShutDown ? RPCFailure.invalidRequest : RPCFailure.notInitialized
            return connection.answer(
                id, RPCFailure(code: code, message: "initialize comes first, and nothing after shutdown"))
        }
        switch method {
        case "shutdown":
            isShutDown = true
            connection.send { writer in
                writer.field("id", raw: id.source)
                writer.null("result")
            }
        case "textDocument/hover": hover(id, message)
        case "textDocument/codeAction": offerActions(id, message)
        case "workspace/executeCommand": carryOut(id, message)
        default:
            connection.answer(
                id, RPCFailure(code: RPCFailure.unknownMethod, message: "there is no method of that name"))
        }
    }

    // MARK: The beginning

    private func initialize(_ id: RPCMessage.ID, _ message: RPCMessage) {
        isInitialized = true
        canWatch =
            message.parameter("capabilities", "workspace", "didChangeWatchedFiles", "dynamicRegistration")?.flag == true
        connection.answer(id) { writer in
            writer.field(
                "capabilities",
                object: { writer in
                    writer.field("positionEncoding", "utf-16")
                    writer.field(
                        "textDocumentSync",
                        object: {
                            $0.field("openClose", true)
                            // 2: only what has changed is sent.
                            $0.field("change", 2)
                            $0.field("save", true)
                        })
                    writer.field("hoverProvider", true)
                    writer.field("codeActionProvider", object: { $0.field("codeActionKinds", ["quickfix"]) })
                    writer.field("executeCommandProvider", object: { $0.field("commands", [Self.acceptCommand]) })
                })
            writer.field(
                "serverInfo",
                object: {
                    $0.field("name", "windsock")
                    $0.field("version", Windsock.version)
                })
        }
    }

    private func watchSettings() {
        guard canWatch else { return }
        connection.request(Self.watchRequest, "client/registerCapability") { writer in
            writer.field("registrations", array: [Self.watchRequest]) { writer, id in
                writer.object { writer in
                    writer.field("id", id)
                    writer.field("method", "workspace/didChangeWatchedFiles")
                    writer.field(
                        "registerOptions",
                        object: {
                            $0.field("watchers", array: Self.watched) { writer, name in
                                writer.object { $0.field("globPattern", "**/\(name)") }
                            }
                        })
                }
            }
        }
    }

    // MARK: What changes

    private func takeNotice(_ method: String, _ message: RPCMessage) {
        let address = message.parameter("textDocument", "uri")?.text ?? ""
        switch method {
        case "initialized": watchSettings()
        case "textDocument/didOpen":
            guard let text = message.parameter("textDocument", "text")?.text else { return }
            documents[address] = LSPDocument(
                address: address, language: message.parameter("textDocument", "languageId")?.text ?? "",
                version: message.parameter("textDocument", "version")?.integer ?? 0, text: text)
            tell(address)
        case "textDocument/didChange":
            let version = message.parameter("textDocument", "version")?.integer ?? 0
            documents[address]?.apply(message.parameter("contentChanges")?.elements ?? [], version: version)
            tell(address)
        case "textDocument/didSave":
            // Editors that watch no files save settings all the same.
            if Self.watched.contains(where: { address.hasSuffix("/" + $0) }) { forgetSettings() }
        case "textDocument/didClose":
            documents[address] = nil
            marks[address] = nil
            publish(address, version: nil, [])
        case "workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration": forgetSettings()
        default: break
        }
    }

    private func forgetSettings() {
        scanner.forgetSettings()
        for address in documents.keys.sorted() { tell(address) }
    }

    /// Looks at a document, and says what is found in it.
    private func tell(_ address: String) {
        guard let document = documents[address] else { return }
        do throws(CommandFailure) {
            let findings = try scanner.findings(in: document.text, path: FileAddress.path(of: address))
            marks[address] = LSPMark.all(findings)
        } catch {
            marks[address] = []
            let text = EchoedArguments.masked("windsock: \(error)")
            connection.notify("window/showMessage") { writer in
                writer.field("type", 1)
                writer.field("message", text)
            }
        }
        publish(address, version: document.version, marks[address] ?? [])
    }

    private func publish(_ address: String, version: Int?, _ marks: [LSPMark]) {
        connection.notify("textDocument/publishDiagnostics") { writer in
            writer.field("uri", address)
            if let version { writer.field("version", version) }
            writer.field("diagnostics", array: marks) { writer, mark in
                writer.object { mark.writeDiagnostic(&$0) }
            }
        }
    }

    // MARK: What is asked

    private func hover(_ id: RPCMessage.ID, _ message: RPCMessage) {
        let address = message.parameter("textDocument", "uri")?.text ?? ""
        guard let position = LSPDocument.Position(message.parameter("position")),
            let mark = marks[address]?.first(where: { $0.touches(position, position) })
        else {
            return connection.send { writer in
                writer.field("id", raw: id.source)
                writer.null("result")
            }
        }
        connection.answer(id) { writer in
            writer.field(
                "contents",
                object: {
                    $0.field("kind", "markdown")
                    $0.field("value", mark.explanation)
                })
            mark.writeRange(&writer)
        }
    }

    private func offerActions(_ id: RPCMessage.ID, _ message: RPCMessage) {
        let address = message.parameter("textDocument", "uri")?.text ?? ""
        let first = LSPDocument.Position(message.parameter("range", "start"))
        let last = LSPDocument.Position(message.parameter("range", "end"))
        var found: [LSPMark] = []
        if let first, let last { found = (marks[address] ?? []).filter { $0.touches(first, last) } }
        let document = documents[address]
        connection.send { writer in
            writer.field("id", raw: id.source)
            writer.field("result", array: found.flatMap { LSPAction.all(for: $0, in: document) }) { writer, action in
                writer.object { action.write(&$0) }
            }
        }
    }

    private func carryOut(_ id: RPCMessage.ID, _ message: RPCMessage) {
        let arguments = message.parameter("arguments")?.elements ?? []
        guard message.parameter("command")?.text == Self.acceptCommand, arguments.count == 2,
            let address = arguments[0].text, let fingerprint = arguments[1].text,
            let mark = marks[address]?.first(where: { $0.finding.fingerprint.description == fingerprint })
        else {
            return connection.answer(
                id,
                RPCFailure(code: RPCFailure.invalidParameters, message: "there is no such command, or no such secret"))
        }
        do throws(CommandFailure) {
            _ = try scanner.accept(mark.finding, path: FileAddress.path(of: address))
        } catch {
            return connection.answer(id, RPCFailure(code: RPCFailure.internalError, message: "\(error)"))
        }
        connection.send { writer in
            writer.field("id", raw: id.source)
            writer.null("result")
        }
        forgetSettings()
    }
}
