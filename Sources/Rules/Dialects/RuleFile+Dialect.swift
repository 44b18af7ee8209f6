extension RuleFile {
    /// Something in a file that is read, and does not do quite what its author may expect.
    public struct Warning: Sendable, Hashable, CustomStringConvertible {
        /// The file as the user named it.
        public var file: String
        /// 1-based; `nil` where it has no single line.
        public var line: Int?
        /// One sentence without a full stop.
        public var message: String

        /// File, line and message, as compilers write them.
        public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(message)" }
    }

    /// Fields that no file of gitleaks has: their author writes for windsock, and PCRE2.
    static let ownFields = Set(RuleDraft.fields.map(\.description).filter { !$0.isOfGitleaks }.map(\.name))

    /// Whether a rule has a field that gitleaks has not.
    static func hasOwnField(_ fields: some Sequence<String>) -> Bool {
        fields.contains { ownFields.contains($0) }
    }

    /// Whether a file of this name is windsock's own, whatever fields it has.
    static func isOwn(_ file: String) -> Bool {
        file.split(separator: "/").last?.hasPrefix(".windsock") == true
    }

    /// Whether a file of this name is another program's, so that what it has and we have not is no mistake of its author.
    package static func isOfGitleaks(_ file: String) -> Bool {
        let name = file.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return name.hasSuffix(".toml") && (name.contains("gitleaks") || name.contains("betterleaks"))
    }

    /// Rewrites the patterns of a file of gitleaks, which are RE2's, and notes what cannot be.
    mutating func translateFromRE2(file: String) {
        for index in rules.indices {
            let line = lines[rules[index].id]
            let name = "rule \(rules[index].id)"
            let (regex, path) = (rules[index].regex, rules[index].path)
            rules[index].regex = regex.map { translated($0, name, file, line) }
            rules[index].path = path.map { translated($0, name, file, line) }
            let lists = rules[index].allowlists
            rules[index].allowlists = lists.map { translated($0, "an allow-list of \(name)", file, line) }
        }
        for index in amendments.indices {
            let lists = amendments[index].allowlists
            let name = "an allow-list of rule \(amendments[index].id)"
            amendments[index].allowlists = lists.map { translated($0, name, file, amendments[index].line) }
        }
        let lists = allowlists
        allowlists = lists.map { list in
            let name = list.description.isEmpty ? "an allow-list" : "the allow-list \"\(list.description)\""
            return translated(list, name, file, nil)
        }
    }

    private mutating func translated(_ list: Allowlist, _ name: String, _ file: String, _ line: Int?) -> Allowlist {
        var copy = list
        copy.regexes = list.regexes.map { translated($0, name, file, line) }
        copy.paths = list.paths.map { translated($0, name, file, line) }
        return copy
    }

    private mutating func translated(_ pattern: String, _ name: String, _ file: String, _ line: Int?) -> String {
        let translation = RE2Translation(pattern)
        for difference in translation.differences {
            warnings.append(
                Warning(file: file, line: line, message: "\(name) means something else than in RE2: \(difference)"))
        }
        return translation.pattern
    }
}
