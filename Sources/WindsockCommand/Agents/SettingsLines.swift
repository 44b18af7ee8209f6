import Bytes
import Rules

/// Puts hooks into the file of hooks that Mistral Vibe has, in TOML, and takes them out again: lines of their own at its end.
struct SettingsLines {
    let hooks: AgentHooks

    private static let beginning =
        "# windsock: begin (from `windsock agent install`; `windsock agent uninstall` takes it away)"
    private static let end = "# windsock: end"

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

    /// The file without the hooks, as it was before.
    func removed(from text: String) throws(SettingsEditor.Refusal) -> SettingsEditor.Rest {
        guard let start = text.firstRange(of: Self.beginning)?.lowerBound,
            let end = text[start...].firstRange(of: Self.end)?.upperBound
        else { return .untouched }
        let ahead = text[..<start]
        if ahead.isEmpty, text[end...].isEmpty { return .text("") }
        if ahead.isEmpty, text[end...] == "\n" { return .nothing }
        // The empty line that came with it, and the end of a line that had none.
        let behind = text[end...].drop { $0 == "\n" }
        let hadEnd = text[end...].hasPrefix("\n")
        return .text(String(ahead.dropLast(hadEnd ? 1 : 2)) + String(behind))
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
