/// Keeps what windsock goes by for people: an agent that may accept what it was refused needs no windsock.
///
/// It is a door and no wall: whoever is set on it finds another way to write a file.
struct AgentGuard {
    let event: AgentEvent

    /// Why a call is for a person to allow; `nil`: it touches nothing of the kind.
    var reason: String? {
        guard event.moment == .beforeTool, let subject else { return nil }
        return
            "windsock: \(event.knownTool) would change \(subject), by which windsock judges what agents do. Only its user can want that: let them do it in a terminal or an editor of their own."
    }

    private var subject: String? {
        if Self.readers.contains(event.plainTool) { return nil }
        for path in event.paths { if let subject = GuardedFile.subject(ofPath: path) { return subject } }
        for text in event.commands {
            if let subject = Self.subject(ofPatch: text) { return subject }
            for call in ShellWalk.calls(text, in: event.commandFolder) {
                if let subject = Self.subject(of: call) { return subject }
            }
        }
        return nil
    }

    /// Tools that change nothing, in small letters alone.
    private static let readers: Set<String> = [
        "read", "readfile", "view", "viewfile", "grep", "glob", "ls", "listdirectory", "readmanyfiles",
        "searchfilecontent", "viewimage", "fetch", "webfetch",
    ]

    private static func subject(ofPatch text: String) -> String? {
        guard text.contains("*** Begin Patch") else { return nil }
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("*** ") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            if let subject = GuardedFile.subject(ofPath: String(line[colon.upperBound...])) { return subject }
        }
        return nil
    }

    // MARK: Shells

    private static let commands: [[String]] = [
        ["baseline", "add"], ["baseline", "create"], ["baseline", "update"], ["baseline", "import"],
        ["agent", "install"], ["agent", "uninstall"], ["hook", "uninstall"],
    ]

    private static func subject(of call: ShellCall) -> String? {
        if let subject = call.redirections.lazy.filter(\.writes).compactMap({ subject(ofWord: $0.target, call) }).first
        {
            return subject
        }
        let words = call.arguments.map(\.text)
        if call.program == "windsock" {
            let names = words.filter { !$0.hasPrefix("-") }.prefix(2)
            // Its help changes nothing.
            guard commands.contains(Array(names)), !words.contains("--help") else { return nil }
            return names[0] == "baseline" ? "the baseline" : "the hooks"
        }
        if let written = GuardedFile.written(by: call) {
            return written.lazy.compactMap { subject(ofWord: $0, call) }.first
        }
        return GuardedFile.subject(ofCode: call)
    }

    private static func subject(ofWord word: ShellCall.Text, _ call: ShellCall) -> String? {
        let folders = [call.place.folder] + call.place.others
        for text in [word.text] + word.others {
            for folder in folders {
                let place = ShellCall.Place(folder: folder)
                if let subject = GuardedFile.subject(ofPath: place.path(text, home: Environment.value("HOME"))) {
                    return subject
                }
            }
        }
        return nil
    }
}
