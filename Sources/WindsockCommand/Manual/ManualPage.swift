/// The manual page, in the language of man(7).
struct ManualPage {
    private var lines: [String] = []

    /// - Throws: `CommandFailure` if the parser describes itself in another way than it did.
    static func text() throws(CommandFailure) -> String {
        let command = try CommandDescription.ofProgram()
        var page = ManualPage()
        page.write(command)
        return page.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write(_ command: CommandDescription) {
        lines.append(".TH WINDSOCK 1 \"\" \"windsock \(Windsock.version)\" \"User Commands\"")
        section("NAME")
        paragraph("windsock - find leaked secrets in source repositories")
        section("SYNOPSIS")
        for subcommand in shown(command) {
            lines += [".B windsock \(subcommand.commandName)", "[\\fIoptions\\fR] …", ".br"]
        }
        section("DESCRIPTION")
        paragraph(command.abstract ?? "")
        paragraph(
            "Nothing that is found is sent anywhere, unless --verify is given. Secrets are redacted in every report, unless --show-secrets is."
        )
        for subcommand in shown(command) { write(subcommand, in: "windsock") }
        for (title, entries) in Self.endings {
            section(title)
            for (name, text) in entries { entry("\\fB\(Self.escaped(name))\\fR", text) }
        }
    }

    private func shown(_ command: CommandDescription) -> [CommandDescription] {
        (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    }

    private mutating func write(_ command: CommandDescription, in parent: String) {
        let name = "\(parent) \(command.commandName)"
        section(name.uppercased())
        if let abstract = command.abstract { paragraph(abstract) }
        if let discussion = command.discussion { paragraph(discussion) }
        var title: String?
        for argument in command.arguments ?? [] where argument.shouldDisplay && !isEverywhere(argument) {
            if let new = argument.sectionTitle, new != title {
                title = new
                lines.append(".SS \(Self.escaped(new))")
            }
            entry(heading(argument), text(argument))
        }
        for subcommand in shown(command) { write(subcommand, in: name) }
    }

    private func isEverywhere(_ argument: CommandDescription.Argument) -> Bool {
        argument.names?.contains { ["version", "help"].contains($0.name) } == true
    }

    private func heading(_ argument: CommandDescription.Argument) -> String {
        let value = argument.valueName.map { "\\fI\(Self.escaped($0))\\fR" } ?? ""
        if argument.kind == "positional" { return value }
        let names = (argument.names ?? []).map { "\\fB\(Self.escaped($0.text))\\fR" }.joined(separator: ", ")
        return argument.kind == "flag" ? names : "\(names) \(value)"
    }

    private func text(_ argument: CommandDescription.Argument) -> String {
        var sentences = [argument.abstract, argument.discussion].compactMap(\.self)
        if let value = argument.defaultValue, argument.kind == "option" { sentences.append("Default: \(value).") }
        return sentences.joined(separator: " ")
    }

    // MARK: man(7)

    private mutating func section(_ title: String) { lines.append(".SH \(Self.escaped(title))") }

    private mutating func paragraph(_ text: String) {
        for part in text.split(separator: "\n") { lines += [".PP", Self.escaped(String(part))] }
    }

    private mutating func entry(_ heading: String, _ text: String) { lines += [".TP", heading, Self.escaped(text)] }

    /// A line that begins with a period or an apostrophe would be a command; a plain hyphen may be broken at, and is no minus.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
    }
}
