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
    }

    private static let text = [".jsonl", ".json", ".md", ".txt", ".log", ".sh", ".toml", ".yaml", ".yml"]

    private static let ofUser: [Place] = [
        Place(owner: "Claude Code", path: ".claude/projects", endings: text),
        Place(owner: "Claude Code", path: ".claude/history.jsonl"),
        Place(owner: "Claude Code", path: ".claude/todos", endings: text),
        Place(owner: "Claude Code", path: ".claude/plans", endings: text),
        Place(owner: "Claude Code", path: ".claude/shell-snapshots", endings: text),
        Place(owner: "Claude Code", path: ".claude/paste-cache", endings: text),
        Place(owner: "Claude Code", path: ".claude/CLAUDE.md"),
        Place(owner: "Claude Code", path: ".claude/settings.json", kind: .setting),
        Place(owner: "Claude Code", path: ".claude.json", kind: .setting),
        Place(owner: "Codex", path: ".codex/sessions", endings: text),
        Place(owner: "Codex", path: ".codex/archived_sessions", endings: text),
        Place(owner: "Codex", path: ".codex/history.jsonl"),
        Place(owner: "Codex", path: ".codex/log", endings: text),
        Place(owner: "Codex", path: ".codex/memories", endings: text),
        Place(owner: "Codex", path: ".codex/AGENTS.md"),
        Place(owner: "Codex", path: ".codex/config.toml", kind: .setting),
        Place(owner: "Cursor", path: ".cursor/projects", endings: text),
        Place(owner: "Cursor", path: ".cursor/mcp.json", kind: .setting),
        Place(owner: "Copilot", path: ".copilot/session-state", endings: text),
        Place(owner: "Copilot", path: ".copilot/history-session-state", endings: text),
        Place(owner: "Copilot", path: ".copilot/logs", endings: text),
        Place(owner: "Copilot", path: ".copilot/command-history-state.json"),
        Place(owner: "Copilot", path: ".copilot/mcp-config.json", kind: .setting),
        Place(owner: "Gemini CLI", path: ".gemini/tmp", endings: text),
        Place(owner: "Gemini CLI", path: ".gemini/GEMINI.md"),
        Place(owner: "Gemini CLI", path: ".gemini/settings.json", kind: .setting),
        Place(owner: "Mistral Vibe", path: ".vibe/logs", endings: text),
        Place(owner: "Mistral Vibe", path: ".vibe/vibehistory"),
        Place(owner: "Mistral Vibe", path: ".vibe/config.toml", kind: .setting),
        Place(owner: "bash", path: ".bash_history"), Place(owner: "zsh", path: ".zsh_history"),
        Place(owner: "fish", path: ".local/share/fish/fish_history"), Place(owner: "Python", path: ".python_history"),
        Place(owner: "Node.js", path: ".node_repl_history"), Place(owner: "psql", path: ".psql_history"),
        Place(owner: "MySQL", path: ".mysql_history"), Place(owner: "Redis", path: ".rediscli_history"),
    ]

    private static let ofRepository: [Place] = [
        Place(owner: "Claude Code", path: ".claude/settings.local.json", kind: .setting),
        Place(owner: "Claude Code", path: ".claude/settings.json", kind: .setting),
        Place(owner: "Claude Code", path: "CLAUDE.local.md"),
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

    /// What there is, in order of paths. What is kept in databases is not among it.
    func files() -> [File] {
        var found = Self.ofUser.flatMap { files($0, below: home) }
        if let repository { found += Self.ofRepository.flatMap { files($0, below: repository) } }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.path).inserted }.sorted { $0.path < $1.path }
    }

    private func files(_ place: Place, below folder: String) -> [File] {
        let path = folder == "/" ? "/\(place.path)" : "\(folder)/\(place.path)"
        var status = stat()
        // A link may lead to somebody else's files, a pipe nowhere.
        guard lstat(path, &status) == 0 else { return [] }
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
            guard place.endings.contains(where: name.hasSuffix) else { continue }
            let file = "\(path)/\(name)"
            if lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
                found.append(File(path: file, owner: place.owner, kind: place.kind))
            }
        }
        return found
    }
}
