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
    /// What keeps the event from being understood, in words; `nil`: nothing.
    let gap: String?

    /// - Parameter event: The whole event.
    init(_ event: JSONNode, client named: AgentClient) {
        // Cursor runs the hooks of Claude Code, too, and says what it is.
        client = named == .claudeCode && event[name: "cursor_version"] != nil ? .cursor : named
        name = (event[name: "hook_event_name"] ?? event[name: "hookEventName"])?.text ?? ""
        tool = Self.first(["tool_name", "toolName"], in: event)?.text ?? ""
        folder =
            [event[name: "cwd"], event[name: "workspace_roots"]?.elements.first].compactMap { $0?.text }
            .first { !$0.isEmpty }
        outputs = Self.outputNames.compactMap { event[name: $0] }.filter { $0.kind != .null }
        let moment = Self.moment(named: name) ?? Self.moment(by: event, hasOutput: !outputs.isEmpty)
        self.moment = moment
        switch moment {
        case .prompt: text = Self.first(Self.promptNames, in: event)
        case .readyPrompt: text = event[name: "transformedPrompt"]
        case .beforeRead: text = event[name: "content"]
        case .beforeTool, .afterTool, .afterEdit, .other: text = nil
        }
        // Cursor tells what a shell is to do without an object around it.
        let given = Self.first(Self.inputNames, in: event)
        input = given.map(Self.parsed)
        path = Self.path(in: event) ?? input.flatMap(Self.path)
        gap = Self.gap(event, moment, name)
    }

    private static let inputNames = ["tool_input", "toolArgs", "toolInput", "edits", "command"]
    private static let outputNames = [
        "tool_response", "tool_result", "toolResult", "tool_output", "tool_output_text", "result_json", "output",
        "error", "tool_error", "error_message",
    ]
    private static let promptNames = ["prompt", "user_prompt"]

    /// Copilot's command line and Cursor's servers of tools write the arguments as a text of JSON.
    private static func parsed(_ input: JSONNode) -> JSONNode {
        guard let text = input.text, text.utf8.first == .leftBrace else { return input }
        do throws(JSONProblem) {
            return try JSONDocument(Array(text.utf8)).root
        } catch {
            return input
        }
    }

    /// Why an event may hold what is not looked at: it has not the members that events of its kind have.
    private static func gap(_ event: JSONNode, _ moment: Moment, _ name: String) -> String? {
        // What a tool is given and gives may be nothing.
        let isOfTool = moment == .beforeTool || moment == .afterTool
        func missing(_ names: [String]) -> String? {
            let isThere = isOfTool ? names.contains { event[name: $0] != nil } : first(names, in: event) != nil
            return isThere ? nil : "the event has none of \(names.joined(separator: ", "))"
        }
        guard event.kind == .object else { return "the event is no object" }
        switch moment {
        case .prompt: return missing(promptNames)
        case .readyPrompt: return missing(["transformedPrompt"])
        case .beforeTool: return missing(inputNames)
        case .afterTool: return missing(outputNames)
        case .beforeRead: return missing(["content"])
        case .afterEdit: return missing(["edits"])
        case .other: return ofNoInterest.contains(plain(name)) ? nil : "it is an event that this version does not know"
        }
    }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != "-" } }

    /// Known events that bring nothing to the model and are no doing of it.
    private static let ofNoInterest: Set<String> = [
        "stop", "stopfailure", "subagentstop", "subagentstart", "sessionstart", "sessionend", "notification",
        "precompact", "postcompact", "precompress", "setup", "beforemodel", "aftermodel", "beforetoolselection",
        "afteragent", "afteragentresponse", "afteragentthought", "agentstop", "erroroccurred", "configchange",
        "teammateidle", "taskcompleted", "postagentturn", "workspaceopen", "worktreecreate", "worktreeremove",
        "permissiondenied", "instructionsloaded",
    ]

    /// An event that could not be read.
    static func unread(_ client: AgentClient) -> AgentEvent { AgentEvent(client: client) }

    private init(client: AgentClient) {
        self.client = client
        (moment, name, tool, folder, input, outputs, text, path) = (.other, "", "", nil, nil, [], nil, nil)
        gap = nil
    }

    /// What a shell is to run, if the tool is one.
    var commands: [String] {
        guard let input else { return [] }
        return [input, input[name: "command"], input[name: "cmd"], input[name: "script"], input[name: "input"]]
            .compactMap { $0 }
            .compactMap { node in
                if let text = node.text { return text }
                let words = node.elements.compactMap(\.text)
                // Of a list the last is the line that a shell is to read, or a word of the one command.
                return words.isEmpty ? nil : words.map { HookLines.quoted($0) }.joined(separator: " ")
            }
    }

    /// Where the shell is to run it: in the current folder, unless the tool is given another.
    var commandFolder: String {
        let names = ["workdir", "dir_path", "cwd", "directory", "working_directory"]
        return names.lazy.compactMap { input?[name: $0]?.text }.first { !$0.isEmpty } ?? "."
    }

    /// The tool's name in small letters alone.
    var plainTool: String { tool.lowercased().filter { $0 != "_" && $0 != "-" } }

    /// The tool's name where it is one that clients have: of any other it is not known what it holds.
    var knownTool: String { Self.knownTools.contains(plainTool) ? tool : "the tool" }

    private static let knownTools: Set<String> = [
        "bash", "shell", "powershell", "write", "edit", "multiedit", "notebookedit", "read", "applypatch",
        "runshellcommand",
        "writefile", "readfile", "replace", "grep", "glob", "ls", "webfetch", "websearch", "task", "agent",
        "strreplace",
        "searchreplace", "create", "view", "runinterminal", "createfile", "replacestringinfile",
        "multireplacestringinfile",
        "inserteditintofile", "editfile", "editfiles", "delete", "execcommand", "localshell", "strreplaceeditor",
        "strreplacebasededittool", "todowrite", "readmanyfiles", "listdirectory", "searchfilecontent",
        "googlewebsearch",
    ]

    /// A message without what may be a secret in what the event calls things.
    func masked(_ message: String) -> String {
        // Messages name folders and files: of long texts they have nothing.
        let words = ([name, tool, folder ?? "", path ?? "", commandFolder] + commands).filter {
            $0.utf8.count < 1 << 16
        }
        return EchoedArguments.masked(message, EchoedArguments.secrets(in: words) { _ in false })
    }

    /// All files that the tool is given to write or read: of several edits each may name its own.
    var paths: [String] {
        let edits = ["edits", "replacements"].flatMap { input?[name: $0]?.elements ?? [] } + (input?.elements ?? [])
        return [path].compactMap { $0 } + edits.compactMap(Self.path)
    }

    private static func first(_ names: [String], in node: JSONNode) -> JSONNode? {
        for name in names { if let value = node[name: name], value.kind != .null { return value } }
        return nil
    }

    static func path(in node: JSONNode) -> String? {
        first(["file_path", "filePath", "notebook_path", "path", "target_file", "filename", "file"], in: node)?.text
    }

    private static func moment(named name: String) -> Moment? {
        guard !name.isEmpty else { return nil }
        switch plain(name) {
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
        return first(promptNames, in: event) != nil ? .prompt : .other
    }
}
