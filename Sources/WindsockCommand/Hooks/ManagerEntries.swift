/// Windsock among the hooks of `.pre-commit-config.yaml`.
struct PreCommitEntry {
    let lines: HookLines

    func added(to text: String) -> String? {
        var outline = YAMLOutline(text)
        guard let repositories = outline.line(of: "repos") else { return nil }
        guard outline.isBlock(repositories), let width = outline.childIndentation(repositories) else {
            return addedToList(text, outline, repositories)
        }
        let indentation = String(repeating: " ", count: width)
        outline.insert(lines.marked(lines(indentation)), at: repositories + 1)
        return outline.text
    }

    // MARK: A list on one line

    /// `repos: []`, or one with entries: in that style no line can be marked, and the entry is found again by how it begins.
    private func addedToList(_ text: String, _ outline: YAMLOutline, _ line: Int) -> String? {
        let start = outline.lines[..<line].reduce(0) { $0 + $1.utf8.count + 1 }
        let from = text.utf8.index(text.startIndex, offsetBy: start)
        guard let colon = text[from...].firstIndex(of: ":") else { return nil }
        let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        guard value.first == "[" else { return nil }
        let isEmpty = value.dropFirst().first { !$0.isWhitespace } == "]"
        return String(text[..<value.startIndex]) + "[" + inlineEntry + (isEmpty ? "" : Self.separator)
            + value.dropFirst()
    }

    private static let separator = ", "
    private var inlineBeginning: String { "{repo: local, hooks: [{id: windsock-\(lines.kind.rawValue), " }
    private static let inlineEnd = "}]}"

    private var inlineEntry: String {
        let members = fields.map { key, value in
            // The command has characters that end a value in this style.
            "\(key): \(key == "entry" ? "\"\(value.replacing("\"", with: "\\\""))\"" : value)"
        }
        return inlineBeginning + members.joined(separator: ", ") + Self.inlineEnd
    }

    /// The text without the entry in a list on one line; `nil` if there is none.
    func removed(from text: String) -> String? {
        guard let start = text.firstRange(of: inlineBeginning),
            let end = text[start.upperBound...].firstRange(of: Self.inlineEnd)
        else { return nil }
        let rest = text[end.upperBound...]
        return String(text[..<start.lowerBound])
            + (rest.hasPrefix(Self.separator) ? rest.dropFirst(Self.separator.count) : rest)
    }

    // MARK: The entry

    /// One entry of the list of repositories.
    func lines(_ indentation: String) -> [String] {
        let hook = ["- id: windsock-\(lines.kind.rawValue)"] + fields.map { "  \($0.key): \($0.value)" }
        return (["- repo: local", "  hooks:"] + hook.map { "  " + $0 }).map { indentation + $0 }
    }

    /// What is said of the hook.
    private var fields: [(key: String, value: String)] {
        // pre-commit hands a message's file over as the one name of a file, and tells of a push in variables.
        let takesName = lines.kind == .commitMessage
        return [
            ("name", "windsock (leaked secrets in \(lines.kind.subject))"), ("language", "system"),
            ("entry", "sh -c '\(lines.guardedCommand(arguments: "\"$@\""))' windsock"),
            ("pass_filenames", "\(takesName)"), ("always_run", "true"), ("stages", "[\(lines.kind.rawValue)]"),
        ]
    }
}

/// Windsock among the commands of `lefthook.yml`.
struct LefthookCommand {
    let lines: HookLines

    func added(to text: String) -> String? {
        var outline = YAMLOutline(text)
        let kind = lines.kind.rawValue
        guard let hook = outline.line(of: kind) else {
            outline.insert(lines.marked(["\(kind):", "  commands:"] + command("    ")), at: outline.lines.count)
            return outline.text
        }
        guard outline.isBlock(hook), let width = outline.childIndentation(hook) else { return nil }
        let indentation = String(repeating: " ", count: width)
        for key in ["commands", "jobs"] {
            guard let group = outline.line(of: key, in: hook) else { continue }
            guard outline.isBlock(group), let width = outline.childIndentation(group) else { return nil }
            let inner = String(repeating: " ", count: width)
            outline.insert(lines.marked(key == "jobs" ? job(inner) : command(inner)), at: group + 1)
            return outline.text
        }
        outline.insert(lines.marked(["\(indentation)commands:"] + command(indentation + "  ")), at: hook + 1)
        return outline.text
    }

    private func command(_ indentation: String) -> [String] {
        ["\(indentation)windsock:"] + run.map { "\(indentation)  \($0)" }
    }

    private func job(_ indentation: String) -> [String] {
        ["\(indentation)- name: windsock"] + run.map { "\(indentation)  \($0)" }
    }

    private var run: [String] {
        // What git says on standard input goes to one command at a time, and each that asks gets it.
        ["run: \(lines.guardedCommand(arguments: "{0}"))"] + (lines.kind.readsLines ? ["use_stdin: true"] : [])
    }
}

/// Windsock among the hooks of `.overcommit.yml`.
struct OvercommitSection {
    let lines: HookLines

    /// What overcommit calls a hook of git; `nil` for one that it does not know.
    static func name(_ kind: HookKind) -> String? {
        switch kind {
        case .preCommit: "PreCommit"
        case .commitMessage: "CommitMsg"
        case .prePush: "PrePush"
        case .preMergeCommit, .preReceive: nil
        }
    }

    func added(to text: String) -> String? {
        guard let name = Self.name(lines.kind) else { return nil }
        var outline = YAMLOutline(text)
        guard let section = outline.line(of: name) else {
            outline.insert(lines.marked(["\(name):"] + hook("  ")), at: outline.lines.count)
            return outline.text
        }
        guard outline.isBlock(section), let width = outline.childIndentation(section) else { return nil }
        outline.insert(lines.marked(hook(String(repeating: " ", count: width))), at: section + 1)
        return outline.text
    }

    private func hook(_ indentation: String) -> [String] {
        [
            "Windsock:", "  enabled: true",
            "  command: ['sh', '-c', '\(lines.guardedCommand(arguments: "\"$@\""))', 'windsock']",
        ].map { indentation + $0 }
    }
}

/// Windsock in a command that package.json, or a JSON file of its own, has for a hook.
struct PackageMember {
    let lines: HookLines
    /// The keys that lead to the object with the commands.
    let path: [String]

    func added(to text: String) -> String? {
        let outline = JSONOutline(text)
        guard let object = outline.object(path) else { return nil }
        let members = object.members
        if let member = members.first(where: { $0.name == lines.kind.rawValue }) {
            guard member.value.kind == .string else { return nil }
            let start = member.value.range.lowerBound + 1
            return outline.replacing(start..<start, with: JSONOutline.escaped(lines.inlined))
        }
        let new = "\"\(lines.kind.rawValue)\": \"\(JSONOutline.escaped(lines.inlined))\""
        guard let first = members.first else {
            return outline.replacing(object.range, with: "{ \(new) }")
        }
        let indentation = outline.indentation(at: first.range.lowerBound)
        let separator = indentation.isEmpty ? ", " : ",\n" + indentation
        return outline.replacing(first.range.lowerBound..<first.range.lowerBound, with: new + separator)
    }

    func removed(from text: String) -> String {
        let outline = JSONOutline(text)
        guard let object = outline.object(path) else { return text }
        let members = object.members
        guard let index = members.firstIndex(where: { $0.name == lines.kind.rawValue }) else { return text }
        let member = members[index]
        guard let rest = lines.withoutInlined(outline.text(member.value), writing: JSONOutline.escaped) else {
            return text
        }
        guard rest == "\"\"" else { return outline.replacing(member.value.range, with: rest) }
        // With the comma and the space behind it, or those ahead of the last one.
        if index + 1 < members.count {
            return outline.replacing(member.range.lowerBound..<members[index + 1].range.lowerBound, with: "")
        }
        if index > 0 {
            return outline.replacing(members[index - 1].range.upperBound..<member.range.upperBound, with: "")
        }
        return outline.replacing(object.range, with: "{}")
    }
}
