import Bytes
import FoundationEssentials
import Platform

/// Puts the hooks of a client where it looks for them, and takes them away again.
struct AgentInstallation {
    let settings: AgentSettings
    /// Options of `windsock agent hook` that the hooks have.
    var options: [String] = []

    private var client: AgentClient { settings.client }

    private var hooks: AgentHooks {
        AgentHooks(client: client, command: command, failsClosed: options.contains("--fail-closed"))
    }

    /// What the client runs, as a shell reads it.
    ///
    /// What everybody has who has the repository names no path of one machine, and does nothing where there is no windsock.
    private var command: String {
        let arguments = (["agent hook \(client.rawValue)"] + options).joined(separator: " ")
        guard settings.scope == .user else {
            return "\(AgentHooks.guarding)windsock \(arguments)\(AgentHooks.guardsEnd)"
        }
        let program = Self.program
        return "\(HookLines.isPlain(program) ? program : HookLines.quoted(program)) \(arguments)"
    }

    /// The path that the program was started by: where links lead changes with its version.
    private static var program: String {
        let real = CurrentProcess.programPath
        let word = CommandLine.arguments.first ?? "windsock"
        let folders = (Environment.value("PATH") ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        let paths = word.hasPrefix("/") ? [word] : word.contains("/") ? [] : folders.map { "\($0)/\(word)" }
        let started = paths.first { path in
            real != nil && URL(fileURLWithPath: path).resolvingSymlinksInPath().path == real
        }
        return started ?? real ?? word
    }

    /// - Returns: Whether anything was changed.
    func install() throws(CommandFailure) -> Bool {
        let record = SettingsRecord(settings.path)
        let wasWritten = record?.exists == true
        do throws(CommandFailure) {
            return try settings.change { (text) throws(SettingsEditor.Refusal) in
                .text(try installed(in: text, record))
            }
        } catch {
            // What was not changed need not be put back.
            if !wasWritten { try record?.remove() }
            throw error
        }
    }

    private func installed(
        in text: String?, _ record: SettingsRecord?
    ) throws(SettingsEditor.Refusal) -> String {
        let known = record?.before(text)
        // What an earlier installation has put there goes first; what was there before any comes back in the end.
        let base = try without(known.map(\.text) ?? text)
        let after =
            client == .vibe
            ? try SettingsLines(hooks: hooks).installed(in: base)
            : try SettingsEditor(hooks: hooks).installed(in: base)
        // Where somebody has changed it since, it is told from the text what was there before.
        let before = known.map(\.text) ?? (record?.exists == true ? base : text)
        record?.write(before: before, after: after)
        return after
    }

    private func without(_ text: String?) throws(SettingsEditor.Refusal) -> String? {
        switch try removed(from: text) {
        case .untouched: text
        case .nothing: nil
        case .text(let rest): rest
        }
    }

    /// What uninstalling has come to.
    enum Removal {
        /// There was nothing of windsock's.
        case untouched
        case done
        /// The settings are what they were, and they had windsock run before.
        case restored
    }

    func uninstall() throws(CommandFailure) -> Removal {
        guard try settings.read() != nil else { return .untouched }
        let record = SettingsRecord(settings.path)
        var isRestored = false
        let isChanged = try settings.change { (text) throws(SettingsEditor.Refusal) in
            if let before = record?.before(text) {
                isRestored = true
                return before
            }
            return try removed(from: text)
        }
        try record?.remove()
        if isRestored, try installedCommand() != nil { return .restored }
        return isChanged || isRestored ? .done : .untouched
    }

    /// The file without the hooks, with whichever options they were put there.
    private func removed(from text: String?) throws(SettingsEditor.Refusal) -> SettingsEditor.Rest {
        guard let text, !text.isEmpty, let command = installedCommand(in: text) else { return .untouched }
        let hooks = AgentHooks(client: client, command: command, failsClosed: command.contains(" --fail-closed"))
        return client == .vibe
            ? try SettingsLines(hooks: hooks).removed(from: text)
            : try SettingsEditor(hooks: hooks).removed(from: text)
    }

    /// What the settings run; `nil`: nothing of windsock's.
    func installedCommand() throws(CommandFailure) -> String? { try settings.read().flatMap(installedCommand) }

    private func installedCommand(in text: String) -> String? {
        if let command = SettingsCommands.commands(in: text, of: client).first(where: { hooks.isOurs($0) }) {
            return command
        }
        // What cannot be read is not taken for what has nothing of ours.
        guard !SettingsCommands.isReadable(text, of: client) else { return nil }
        return text.contains("windsock") && text.contains(" agent hook \(client.rawValue)") ? text : nil
    }

    /// - Throws: Why the client would not run for each event what its settings have.
    func check() throws(CommandFailure) {
        guard client != .vibe, let text = try settings.read(), let command = installedCommand(in: text) else { return }
        let own = AgentHooks(client: client, command: command, failsClosed: false)
        let root: JSONNode
        do throws(JSONProblem) {
            root = try JSONDocument(Array(text.utf8), dialect: .commented).root
        } catch {
            throw CommandFailure("\(settings.path) is no JSON: \(error)")
        }
        if root[name: "disableAllHooks"]?.flag == true {
            throw CommandFailure("\(settings.path) has disableAllHooks, so that no hook is run")
        }
        for event in own.events.map(\.name) where !own.isRun(by: root[name: "hooks"]?[name: event]) {
            throw CommandFailure("\(settings.path) does not run windsock for every \(event)")
        }
    }

    /// What the client needs besides.
    var hint: String? {
        switch client {
        case .codex: "Codex runs hooks only once they are trusted: start it and say /hooks"
        case .vibe where settings.scope == .project: "Mistral Vibe reads them only in folders that are trusted"
        case .vibe: "Mistral Vibe has no hook for prompts: what you paste there goes to the model"
        case .copilot:
            "Copilot's command line cannot refuse a prompt: what it holds is taken out of what the model gets"
        case .cursor:
            "Cursor lets nobody replace what its own tools give: secrets in it are named to the model, and not withheld"
        case .claudeCode, .gemini: nil
        }
    }
}

extension SettingsEditor.Rest {
    /// `nil` where there is no file.
    fileprivate var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
