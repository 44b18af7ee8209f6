import FoundationEssentials
import Platform

/// What clients, and shells, keep of what went through them: where secrets lie that were given away.
///
/// Where each keeps what was looked up on 2026-12-01 in its documentation and, where that says nothing, in its source.
struct AgentMemory {
    /// A file that may hold secrets.
    struct File: Hashable {
        var path: String
        var owner: String
        var kind: Kind
    }

    enum Kind: Hashable {
        /// What was said: nothing depends on it.
        case record
        /// What the client is set up with: a key there may be in use.
        case setting
    }

    /// A place below the home folder, or below a repository.
    private struct Place {
        var owner: String
        var path: String
        var kind = Kind.record
        /// Of a folder: how names end of what is looked at in it.
        var endings: [String] = []
        /// Of a folder with much else: what is looked at lies in folders of this name in it.
        var inside: String?
    }

    /// Also of what was backed up, and not of logs: those are read with their database.
    private static let databases = [".vscdb", ".vscdb.backup", ".db", ".sqlite", ".sqlite3"]
    private static let text = [".jsonl", ".json", ".md", ".txt", ".log", ".sh", ".toml", ".yaml", ".yml"]

    private static let ofUser: [Place] = [
        Place(owner: "Claude Code", path: ".claude/projects", endings: text),
        Place(owner: "Claude Code", path: ".claude/history.jsonl"),
        Place(owner: "Claude Code", path: ".claude/todos", endings: text),
        Place(owner: "Claude Code", path: ".claude/plans", endings: text),
        Place(owner: "Claude Code", path: ".claude/shell-snapshots", endings: text),
        Place(owner: "Claude Code", path: ".claude/paste-cache", endings: text),
        Place(owner: "Claude Code", path: ".claude/debug", endings: text),
        // Names there end in a version: `@v1`, `.backup.1764547200`.
        Place(owner: "Claude Code", path: ".claude/file-history", endings: [""]),
        Place(owner: "Claude Code", path: ".claude/backups", endings: [""]),
        Place(owner: "Claude Code", path: ".claude/CLAUDE.md"),
        Place(owner: "Claude Code", path: ".claude/settings.local.json", kind: .setting),
        Place(owner: "Claude Code", path: ".claude/settings.json", kind: .setting),
        Place(owner: "Claude Code", path: ".claude.json", kind: .setting),
        Place(owner: "Codex", path: ".codex/sessions", endings: text),
        Place(owner: "Codex", path: ".codex/archived_sessions", endings: text),
        Place(owner: "Codex", path: ".codex/history.jsonl"),
        Place(owner: "Codex", path: ".codex/log", endings: text),
        Place(owner: "Codex", path: ".codex/memories", endings: text),
        Place(owner: "Codex", path: ".codex/AGENTS.md"),
        Place(owner: "Codex", path: ".codex", endings: databases),
        Place(owner: "Codex", path: ".codex/config.toml", kind: .setting),
        Place(owner: "Cursor", path: ".cursor/projects", endings: text),
        Place(owner: "Cursor", path: ".cursor/chats", endings: databases),
        Place(owner: "Cursor", path: ".cursor/mcp.json", kind: .setting),
        Place(owner: "Copilot", path: ".copilot/session-state", endings: text),
        Place(owner: "Copilot", path: ".copilot/history-session-state", endings: text),
        Place(owner: "Copilot", path: ".copilot/logs", endings: text),
        Place(owner: "Copilot", path: ".copilot", endings: databases),
        Place(owner: "Copilot", path: ".copilot/command-history-state.json"),
        Place(owner: "Copilot", path: ".copilot/mcp-config.json", kind: .setting),
        Place(owner: "Gemini CLI", path: ".gemini/.env", kind: .setting),
        Place(owner: "Gemini CLI", path: ".gemini/tmp", endings: text),
        Place(owner: "Gemini CLI", path: ".gemini/GEMINI.md"),
        Place(owner: "Gemini CLI", path: ".gemini/settings.json", kind: .setting),
        Place(owner: "Mistral Vibe", path: ".vibe/logs", endings: text),
        Place(owner: "Mistral Vibe", path: ".vibe/vibehistory"),
        Place(owner: "Mistral Vibe", path: ".vibe/config.toml", kind: .setting),
        Place(owner: "Mistral Vibe", path: ".vibe/.env", kind: .setting),
        Place(owner: "bash", path: ".bash_history"), Place(owner: "zsh", path: ".zsh_history"),
        Place(owner: "IPython", path: ".ipython/profile_default/history.sqlite"),
        Place(owner: "Atuin", path: ".local/share/atuin/history.db"),
        Place(owner: "fish", path: ".local/share/fish/fish_history"), Place(owner: "Python", path: ".python_history"),
        Place(owner: "Node.js", path: ".node_repl_history"), Place(owner: "psql", path: ".psql_history"),
        Place(owner: "MySQL", path: ".mysql_history"), Place(owner: "Redis", path: ".rediscli_history"),
    ]

    /// Where VS Code keeps what is a user's, on Linux and on macOS; sessions of chats by its source, `chatSessionStore.ts`.
    private static let ofEditor: [Place] = [".config", "Library/Application Support"].flatMap { folder in
        ["Code", "Code - Insiders"].flatMap { name in
            [
                Place(
                    owner: "Copilot", path: "\(folder)/\(name)/User/workspaceStorage", endings: text,
                    inside: "chatSessions"),
                Place(
                    owner: "Copilot", path: "\(folder)/\(name)/User/globalStorage/emptyWindowChatSessions",
                    endings: text
                ),
                Place(owner: "Copilot", path: "\(folder)/\(name)/User/mcp.json", kind: .setting),
            ]
        }
    }

    /// What editors of the same kind keep in databases: of each folder, and of none. Settings that are secret are not in the same.
    private static let ofEditorStates: [Place] = [".config", "Library/Application Support"].flatMap { folder in
        [("Code", "Copilot"), ("Code - Insiders", "Copilot"), ("Cursor", "Cursor")].flatMap { name, owner in
            ["workspaceStorage", "globalStorage"].map {
                Place(owner: owner, path: "\(folder)/\(name)/User/\($0)", endings: databases)
            }
        }
    }

    private static let ofRepository: [Place] = [
        Place(owner: "Claude Code", path: ".claude/settings.local.json", kind: .setting),
        Place(owner: "Claude Code", path: ".claude/settings.json", kind: .setting),
        Place(owner: "Claude Code", path: "CLAUDE.local.md"),
        // What is committed is for people to change.
        Place(owner: "Claude Code", path: "CLAUDE.md", kind: .setting),
        Place(owner: "Codex", path: "AGENTS.md", kind: .setting),
        Place(owner: "Codex", path: ".codex/config.toml", kind: .setting),
        Place(owner: "Cursor", path: ".cursor/rules", kind: .setting, endings: text + [".mdc"]),
        Place(owner: "Copilot", path: ".github/copilot-instructions.md", kind: .setting),
        Place(owner: "Gemini CLI", path: "GEMINI.md", kind: .setting),
        Place(owner: "Claude Code", path: ".mcp.json", kind: .setting),
        Place(owner: "Cursor", path: ".cursor/mcp.json", kind: .setting),
        Place(owner: "Copilot", path: ".vscode/mcp.json", kind: .setting),
        Place(owner: "Gemini CLI", path: ".gemini/settings.json", kind: .setting),
        Place(owner: "Mistral Vibe", path: ".vibe/config.toml", kind: .setting),
    ]

    /// Absolute.
    let home: String
    /// The top of a repository whose files are looked at, too.
    let repository: String?

    /// What there is, in order of paths.
    func files() -> [File] {
        var found = (Self.ofUser + Self.ofEditor + Self.ofEditorStates).flatMap { files($0, below: home) } + elsewhere()
        if let repository { found += Self.ofRepository.flatMap { files($0, below: repository) } }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.path).inserted }.sorted { $0.path < $1.path }
    }

    /// What variables have put in another place than the usual one.
    private func elsewhere() -> [File] {
        var found: [File] = []
        for (variable, usual) in [
            ("CLAUDE_CONFIG_DIR", ".claude"), ("CODEX_HOME", ".codex"), ("COPILOT_HOME", ".copilot"),
            ("VIBE_HOME", ".vibe"),
        ] {
            guard let folder = Environment.value(variable), folder.hasPrefix("/"), folder != "\(home)/\(usual)" else {
                continue
            }
            for var place in Self.ofUser where place.path.hasPrefix("\(usual)/") || place.path == "\(usual).json" {
                // Of Claude Code that file lies beside the folder, or in it.
                place.path = place.path == "\(usual).json" ? place.path : String(place.path.dropFirst(usual.count + 1))
                found += files(place, below: folder)
            }
        }
        if let history = Environment.value("HISTFILE"), let slash = history.lastIndex(of: "/"), history.hasPrefix("/") {
            let name = String(history[history.index(after: slash)...])
            found += files(Place(owner: "shell", path: name), below: String(history[..<slash]))
        }
        return found
    }

    private func files(_ place: Place, below folder: String) -> [File] {
        let path = folder == "/" ? "/\(place.path)" : "\(folder)/\(place.path)"
        var status = stat()
        // A link may lead to somebody else's files, a pipe nowhere.
        guard lstat(path, &status) == 0 else { return [] }
        if status.st_mode & S_IFMT == S_IFLNK {
            StandardError.write("windsock: \(path) is a link, and was not looked at\n")
            return []
        }
        if place.endings.isEmpty {
            return status.st_mode & S_IFMT == S_IFREG ? [File(path: path, owner: place.owner, kind: place.kind)] : []
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: path)
        } catch {
            StandardError.write("windsock: could not list \(path): \(errorText(errno))\n")
            return []
        }
        var found: [File] = []
        for name in names {
            guard place.endings.contains(where: name.hasSuffix),
                place.inside.map({ name.contains("/\($0)/") }) ?? true
            else { continue }
            let file = "\(path)/\(name)"
            if lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
                found.append(File(path: file, owner: place.owner, kind: place.kind))
            }
        }
        return found
    }
}
