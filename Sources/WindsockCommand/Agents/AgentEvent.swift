import Bytes

/// What a client is about to do, or has done, as it tells a hook.
///
/// Names differ from client to client and from version to version, and some events come without any: what is there decides.
struct AgentEvent {
    enum Moment {
        /// Somebody has written something to the model.
        case prompt
        /// The client has made a prompt ready for the model, and lets it be replaced.
        case readyPrompt
        /// A tool is about to run.
        case beforeTool
        /// A tool has run, and the model is about to see what came of it.
        case afterTool
        /// A file is about to be read for the model.
        case beforeRead
        /// A file was changed; nothing can be stopped any more.
        case afterEdit
        /// Nothing that holds a text of interest.
        case other
    }

    let client: AgentClient
    let moment: Moment
    /// As the client calls the event; empty where it does not say.
    let name: String
    /// As the client calls the tool; empty where there is none.
    let tool: String
    /// Where the client works.
    let folder: String?
    /// What the tool is given.
    let input: JSONNode?
    /// What came of the tool: some clients tell it in two forms.
    let outputs: [JSONNode]
    /// The prompt, or the content of a file.
    let text: JSONNode?
    /// The file that is written or read.
    let path: String?

    /// - Parameter event: The whole event.
    init(_ event: JSONNode, client named: AgentClient) {
        // Cursor runs the hooks of Claude Code, too, and says what it is.
        client = named == .claudeCode && event[name: "cursor_version"] != nil ? .cursor : named
        name = (event[name: "hook_event_name"] ?? event[name: "hookEventName"])?.text ?? ""
        tool = Self.first(["tool_name", "toolName"], in: event)?.text ?? ""
        folder =
            event[name: "cwd"]?.text ?? event[name: "workspace_roots"]?.elements.first?.text
        outputs = [
            "tool_response", "tool_result", "toolResult", "tool_output", "tool_output_text", "result_json", "output",
            "error", "tool_error", "error_message",
        ].compactMap { event[name: $0] }.filter { $0.kind != .null }
        let moment = Self.moment(named: name) ?? Self.moment(by: event, hasOutput: !outputs.isEmpty)
        self.moment = moment
        switch moment {
        case .prompt: text = Self.first(["prompt", "user_prompt"], in: event)
        case .readyPrompt: text = event[name: "transformedPrompt"]
        case .beforeRead: text = event[name: "content"]
        case .beforeTool, .afterTool, .afterEdit, .other: text = nil
        }
        // Cursor tells what a shell is to do without an object around it.
        input = Self.first(["tool_input", "toolArgs", "toolInput", "edits", "command"], in: event)
        path = Self.path(in: event) ?? input.flatMap(Self.path)
    }

    /// An event that could not be read.
    static func unread(_ client: AgentClient) -> AgentEvent { AgentEvent(client: client) }

    private init(client: AgentClient) {
        self.client = client
        (moment, name, tool, folder, input, outputs, text, path) = (.other, "", "", nil, nil, [], nil, nil)
    }

    private static func first(_ names: [String], in node: JSONNode) -> JSONNode? {
        for name in names { if let value = node[name: name], value.kind != .null { return value } }
        return nil
    }

    private static func path(in node: JSONNode) -> String? {
        first(["file_path", "filePath", "notebook_path", "path", "target_file", "filename", "file"], in: node)?.text
    }

    private static func moment(named name: String) -> Moment? {
        guard !name.isEmpty else { return nil }
        switch name.lowercased().filter({ $0 != "_" && $0 != "-" }) {
        case "userpromptsubmit", "userpromptsubmitted", "beforesubmitprompt", "beforeagent": return .prompt
        case "userprompttransformed": return .readyPrompt
        case "pretooluse", "pretool", "beforetool", "beforeshellexecution", "beforemcpexecution", "permissionrequest":
            return .beforeTool
        case "posttooluse", "posttool", "aftertool", "posttoolusefailure", "aftershellexecution", "aftermcpexecution":
            return .afterTool
        case "beforereadfile", "beforetabfileread": return .beforeRead
        case "afterfileedit", "aftertabfileedit": return .afterEdit
        default: return .other
        }
    }

    private static func moment(by event: JSONNode, hasOutput: Bool) -> Moment {
        if event[name: "transformedPrompt"] != nil { return .readyPrompt }
        if first(["tool_name", "toolName"], in: event) != nil { return hasOutput ? .afterTool : .beforeTool }
        return first(["prompt", "user_prompt"], in: event) != nil ? .prompt : .other
    }
}
