import FoundationEssentials
import Platform

/// Where a client keeps its hooks.
struct AgentSettings {
    enum Scope: String, CaseIterable {
        /// For everything that the user does.
        case user
        /// For everybody who works in a repository.
        case project
    }

    let client: AgentClient
    let scope: Scope
    /// The file; absolute for a user's.
    let path: String

    /// - Parameter folder: The top of the repository, for its settings.
    init(_ client: AgentClient, _ scope: Scope, folder: String) throws(CommandFailure) {
        self.client = client
        self.scope = scope
        switch scope {
        case .project: path = "\(folder)/\(Self.projectPath(client))"
        case .user: path = try Self.userPath(client)
        }
    }

    private static func projectPath(_ client: AgentClient) -> String {
        switch client {
        case .claudeCode: ".claude/settings.json"
        case .cursor: ".cursor/hooks.json"
        case .codex: ".codex/hooks.json"
        case .copilot: ".github/hooks/windsock.json"
        case .gemini: ".gemini/settings.json"
        case .vibe: ".vibe/hooks.toml"
        }
    }

    private static func userPath(_ client: AgentClient) throws(CommandFailure) -> String {
        let (variable, folder, file): (String?, String, String) =
            switch client {
            case .claudeCode: ("CLAUDE_CONFIG_DIR", ".claude", "settings.json")
            // Whatever it is told, it looks there.
            case .cursor: (nil, ".cursor", "hooks.json")
            case .codex: ("CODEX_HOME", ".codex", "hooks.json")
            case .copilot: ("COPILOT_HOME", ".copilot", "hooks/windsock.json")
            case .gemini: (nil, ".gemini", "settings.json")
            case .vibe: ("VIBE_HOME", ".vibe", "hooks.toml")
            }
        if let own = variable.flatMap(Environment.value), own.hasPrefix("/") { return "\(own)/\(file)" }
        guard let home = Environment.value("HOME"), home.hasPrefix("/") else {
            throw CommandFailure("HOME is not set: where \(client.name) has its settings is not known")
        }
        return "\(home)/\(folder)/\(file)"
    }

    // MARK: Reading and writing

    /// Larger ones are no settings.
    private static let maximumSize = 1 << 20

    /// The text; `nil`: there is no file.
    func read() throws(CommandFailure) -> String? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unchanged(errorText(errno))
        }
        guard stat(path, &status) == 0 else { throw unchanged("it is a link that leads nowhere") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unchanged("it is no regular file") }
        guard status.st_size <= Self.maximumSize else { throw unchanged("it is larger than 1 MiB") }
        guard let content = FileManager.default.contents(atPath: path) else { throw unchanged(errorText(errno)) }
        guard let text = String(validating: content, as: UTF8.self) else { throw unchanged("it is no UTF-8 text") }
        return text
    }

    /// Changes the file; of two at once one waits for the other.
    ///
    /// - Parameter change: From the text to what is to stand there; `.untouched` where it is right already.
    /// - Returns: Whether anything was written.
    func change(
        _ change: (String?) throws(SettingsEditor.Refusal) -> SettingsEditor.Rest
    ) throws(CommandFailure) -> Bool {
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        try makeFolder(folder)
        let lock = open(folder, O_RDONLY | O_CLOEXEC)
        if lock >= 0 { _ = flock(lock, LOCK_EX) }
        defer { if lock >= 0 { close(lock) } }
        let before = try read()
        let after: SettingsEditor.Rest
        do throws(SettingsEditor.Refusal) {
            after = try change(before)
        } catch {
            throw unchanged("it \(error.reason)")
        }
        switch after {
        case .untouched: return false
        case .nothing where HookText.isLink(path):
            // Somebody has put the file elsewhere since: the link is theirs.
            try checkWritable()
            try HookText.write(client == .vibe ? "" : "{}\n", path, executable: false)
        case .nothing: try HookText.remove(path)
        case .text(let text):
            if text == before { return false }
            try checkWritable()
            try HookText.write(text, path, executable: false)
        }
        return true
    }

    private func makeFolder(_ folder: String) throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("could not make the folder \(folder): \(HookText.reason(error))")
        }
    }

    /// A file is replaced by another, which a read-only one does not hinder: whoever has made it so means it.
    private func checkWritable() throws(CommandFailure) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IWUSR == 0 { throw unchanged("it is read-only") }
    }

    private func unchanged(_ reason: String) -> CommandFailure {
        CommandFailure("\(path) was not changed: \(reason)", code: .incomplete)
    }
}
