import Bytes

/// The hooks of one client as its settings have them.
struct AgentHooks {
    let client: AgentClient
    /// What the client runs.
    let command: String
    /// Whether what cannot be judged is refused.
    let failsClosed: Bool

    /// How long a client waits; an answer takes some milliseconds.
    private static let seconds = 10

    struct Event {
        var name: String
        var entry: SettingsValue
    }

    /// Which events are hooked.
    var events: [Event] {
        eventNames.map { name in
            switch client {
            case .claudeCode, .codex: Event(name: name, entry: group([("timeout", .number(Self.seconds))]))
            // Milliseconds there.
            case .gemini:
                Event(
                    name: name,
                    entry: group([("name", .string("windsock")), ("timeout", .number(Self.seconds * 1000))]))
            case .copilot:
                Event(name: name, entry: .object(typed([("timeout", .number(Self.seconds))])))
            case .cursor:
                Event(
                    name: name,
                    entry: .object(
                        [("command", .string(command)), ("timeout", .number(Self.seconds))]
                            + (failsClosed ? [("failClosed", .flag(true))] : [])))
            case .vibe: Event(name: name, entry: .string(command))
            }
        }
    }

    private func typed(_ more: [(key: String, value: SettingsValue)]) -> [(key: String, value: SettingsValue)] {
        [("type", .string("command")), ("command", .string(command))] + more
    }

    private func group(_ more: [(key: String, value: SettingsValue)]) -> SettingsValue {
        .object([("hooks", .array([.object(typed(more))]))])
    }

    private var eventNames: [String] {
        switch client {
        case .claudeCode, .codex: ["UserPromptSubmit", "PreToolUse", "PostToolUse"]
        case .gemini: ["BeforeAgent", "BeforeTool", "AfterTool"]
        // With a capital the events come in the form that Visual Studio Code has, too. The last is the command line's own: there
        // a prompt cannot be refused, only replaced.
        case .copilot: ["UserPromptSubmit", "PreToolUse", "PostToolUse", "userPromptTransformed"]
        case .cursor: ["beforeSubmitPrompt", "preToolUse", "beforeReadFile", "postToolUse"]
        case .vibe: ["pre_tool", "post_tool"]
        }
    }

    /// What stands under `hooks`.
    var value: SettingsValue { .object(events.map { ($0.name, .array([$0.entry])) }) }

    /// Whether the file says of which version it is.
    var hasVersion: Bool { client == .cursor || client == .copilot }

    /// The whole of a new file.
    var settings: SettingsValue { .object((hasVersion ? [("version", .number(1))] : []) + [("hooks", value)]) }

    /// Whether a command is one that was installed for the client: of that form and no other, for what somebody has put
    /// around it is theirs.
    func isOurs(_ command: String) -> Bool {
        if command == self.command { return true }
        var line = command[...]
        if line.hasPrefix(Self.guarding), line.hasSuffix(Self.guardsEnd) {
            line = line.dropFirst(Self.guarding.count).dropLast(Self.guardsEnd.count)
        }
        guard let range = line.firstRange(of: " agent hook \(client.rawValue)"), isProgram(line[..<range.lowerBound])
        else { return false }
        let options = line[range.upperBound...]
        return options.isEmpty
            || options.first == " "
                && options.dropFirst().split(separator: " ").allSatisfy { HookLines.isPlain(String($0)) }
    }

    /// Whether an event's list of hooks has one of ours that is for all that the event is about.
    func isRun(by list: JSONNode?) -> Bool {
        (list?.elements ?? []).contains { entry in
            let matcher = entry[name: "matcher"]?.text ?? ""
            guard ["", "*", ".*"].contains(matcher) else { return false }
            return ([entry] + (entry[name: "hooks"]?.elements ?? [])).contains { hook in
                hook.members.contains { member in member.value.text.map(isOurs) ?? false }
            }
        }
    }

    private func isProgram(_ word: Substring) -> Bool {
        let isQuoted = word.count > 2 && word.first == "'" && word.last == "'"
        let path = isQuoted ? String(word.dropFirst().dropLast()).replacing("'\\''", with: "'") : String(word)
        guard isQuoted ? HookLines.quoted(path) == word : HookLines.isPlain(path) else { return false }
        // Under another name it is ours while it is this one.
        return path.split(separator: "/").last?.hasPrefix("windsock") == true
            || self.command.hasPrefix("\(word) agent ")
    }

    /// What stands around the command where not everybody has the program.
    static let guarding = "if command -v windsock >/dev/null 2>&1; then "
    static let guardsEnd = "; fi"
}
