/// Keeps what windsock goes by for people: an agent that may accept what it was refused needs no windsock.
///
/// It is a door and no wall: whoever is set on it finds another way to write a file.
struct AgentGuard {
    let event: AgentEvent

    /// Why a call is for a person to allow; `nil`: it touches nothing of the kind.
    var reason: String? {
        guard event.moment == .beforeTool, let subject else { return nil }
        return
            "windsock: \(tool) would change \(subject), by which windsock judges what agents do. Only its user can want that: let them do it in a terminal or an editor of their own."
    }

    private var tool: String { event.tool.isEmpty ? "the tool" : event.tool.visible }

    private var subject: String? {
        let name = event.tool.lowercased().filter { $0 != "_" && $0 != "-" }
        if Self.readers.contains(name) { return nil }
        if let path = event.path, let subject = Self.subject(ofPath: path) { return subject }
        for text in event.commands {
            if let subject = Self.subject(ofPatch: text) ?? Self.subject(ofLine: text) { return subject }
        }
        return nil
    }

    /// Tools that change nothing, in small letters alone.
    private static let readers: Set<String> = [
        "read", "readfile", "view", "viewfile", "grep", "glob", "ls", "listdirectory", "readmanyfiles",
        "searchfilecontent", "viewimage", "fetch", "webfetch",
    ]

    private static let files = [".windsock.toml", ".windsock-baseline"]
    private static let settings = [
        ".claude/settings.json", ".claude/settings.local.json", ".cursor/hooks.json", ".codex/hooks.json",
        ".github/hooks/windsock.json", ".copilot/hooks/windsock.json", ".gemini/settings.json", ".vibe/hooks.toml",
    ]

    private static func subject(ofPath path: String) -> String? {
        if let file = files.first(where: { path == $0 || path.hasSuffix("/\($0)") }) { return file }
        return settings.first { path == $0 || path.hasSuffix("/\($0)") }
    }

    private static func subject(ofPatch text: String) -> String? {
        guard text.hasPrefix("*** Begin Patch") else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix("*** ") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            if let subject = subject(ofPath: String(line[colon.upperBound...])) { return subject }
        }
        return nil
    }

    /// Programs that write files that they are named.
    private static let writers: Set<String> = [
        "tee", "sed", "cp", "mv", "rm", "ln", "touch", "perl", "python", "python3", "node", "ruby", "dd", "truncate",
        "install", "ed", "ex", "awk", "patch", "unlink", "jq",
    ]

    private static let commands: [[String]] = [
        ["baseline", "add"], ["baseline", "create"], ["baseline", "update"], ["baseline", "import"],
        ["agent", "install"], ["agent", "uninstall"], ["hook", "uninstall"],
    ]

    private static func subject(ofLine text: String) -> String? {
        for words in ShellLine(text).commands {
            for index in words.indices where words[index] == "windsock" || words[index].hasSuffix("/windsock") {
                let rest = Array(words[(index + 1)...].prefix(2))
                // Its help changes nothing.
                if commands.contains(rest), !words.contains("--help") {
                    return rest[0] == "baseline" ? "the baseline" : "the hooks"
                }
            }
            let isWriting = words.contains { word in
                word.contains(">") || writers.contains(String(word.split(separator: "/").last ?? ""))
            }
            guard isWriting else { continue }
            if let file = (files + settings).first(where: { file in words.contains { $0.contains(file) } }) {
                return file
            }
        }
        return nil
    }
}
