import Bytes
import Rules

/// Puts hooks into the file of hooks that Mistral Vibe has, in TOML, and takes them out again: lines of their own at its end.
struct SettingsLines {
    let hooks: AgentHooks

    static let beginning =
        "# windsock: begin (from `windsock agent install`; `windsock agent uninstall` takes it away)"
    static let end = "# windsock: end"

    /// The file with the hooks in it.
    ///
    /// - Parameter text: The file; `nil`: there is none.
    func installed(in text: String?) throws(SettingsEditor.Refusal) -> String {
        guard let text, !text.isEmpty else { return block + (text == nil ? "\n" : "") }
        try check(text)
        let after = text + (text.hasSuffix("\n") ? "\n" : "\n\n") + block + (text.hasSuffix("\n") ? "\n" : "")
        if TOMLText.problem(in: after) != nil {
            throw SettingsEditor.Refusal(reason: "has something else than tables in hooks")
        }
        return after
    }

    /// The file without the hooks, as it was before; what somebody has written between them stays.
    func removed(from text: String) throws(SettingsEditor.Refusal) -> SettingsEditor.Rest {
        var lines = HookText.lines(text)
        var isFound = false
        while let block = Self.block(in: lines) {
            isFound = true
            let own = others(in: Array(lines[block].dropFirst().dropLast()))
            var ahead = lines[..<block.lowerBound]
            let behind = lines[block.upperBound...]
            if ahead.isEmpty, own.isEmpty, behind.allSatisfy(\.isEmpty), behind.count < 2 {
                return behind.isEmpty ? .text("") : .nothing
            }
            // The empty line that came with it.
            if let last = ahead.last, last.isEmpty || last == "\r" { ahead.removeLast() }
            lines = ahead + own + (behind.isEmpty && !own.isEmpty ? [""] : behind)
        }
        return isFound ? .text(lines.joined(separator: "\n")) : .untouched
    }

    /// The lines from the first mark to the one that ends it. In a text of several lines they are no marks.
    private static func block(in lines: [Substring]) -> Range<Int>? {
        func isMark(_ number: Int, _ mark: String) -> Bool {
            guard lines[number] == mark || lines[number] == mark + "\r" else { return false }
            return TOMLText.problem(in: lines[..<number].joined(separator: "\n") + "\n") == nil
        }
        guard let start = lines.indices.first(where: { isMark($0, beginning) }) else { return nil }
        guard let end = lines[(start + 1)...].indices.first(where: { isMark($0, end) }) else { return nil }
        return start..<end + 1
    }

    /// What is not of our tables.
    private func others(in lines: [Substring]) -> [Substring] {
        var result: [Substring] = []
        var rest = lines[...]
        while !rest.isEmpty {
            let next = rest.dropFirst().firstIndex { $0.hasPrefix("[") } ?? rest.endIndex
            let table = rest[..<next]
            rest = rest[next...]
            let isOurs = SettingsCommands.commands(in: table.joined(separator: "\n"), of: .vibe).contains(
                where: hooks.isOurs)
            result += isOurs ? table.filter { $0.hasPrefix("#") } : table
        }
        return result
    }

    private func check(_ text: String) throws(SettingsEditor.Refusal) {
        guard let problem = TOMLText.problem(in: text) else { return }
        throw SettingsEditor.Refusal(reason: "is no TOML (\(problem))")
    }

    private var block: String {
        let tables = hooks.events.map { event in
            [
                "[[hooks]]", "name = \"windsock-\(event.name.replacing("_", with: "-"))\"", "type = \"\(event.name)\"",
                // TOML's texts have the escapes of JSON's.
                "match = \"*\"", "command = \(JSONDocument.quoted(hooks.command))", "timeout = 10.0",
                "strict = \(hooks.failsClosed)", "description = \"Keeps secrets from the model and out of files\"",
            ].joined(separator: "\n")
        }
        return ([Self.beginning] + tables + [Self.end]).joined(separator: "\n")
    }
}
