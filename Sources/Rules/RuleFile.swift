internal import TOMLKit

/// The content of one rule file: ours, or a `.gitleaks.toml` as it is.
public struct RuleFile: Sendable {
    /// What gitleaks' `[extend]` asks for.
    public struct Extension: Sendable, Hashable {
        /// Use the built-in rules as a base.
        public var usesDefault = false
        /// Another file to use as a base, as written; relative to the working directory as in gitleaks.
        public var path: String?
        /// Rules of the base to leave out.
        public var disabledRules: [String] = []
    }

    /// In the order of the file.
    public var rules: [Rule]
    /// Allow-lists that hold for all rules, or for their `targetRules`.
    public var allowlists: [Allowlist]
    /// What the file builds upon.
    public var extends: Extension
    /// Where each rule begins, by id: 1-based numbers of lines.
    public private(set) var lines: [String: Int] = [:]
    /// Patterns that mean something else here than their author may expect.
    public internal(set) var warnings: [Warning] = []

    /// Reads TOML text.
    ///
    /// - Parameters:
    ///   - text: The file's content.
    ///   - file: Its name, for messages.
    /// - Throws: `RuleFileError` with the line, for text that is not TOML and for fields of a wrong kind or value.
    public init(text: String, file: String) throws(RuleFileError) {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw RuleFileError(
                file: file, line: error.source.begin.line, reason: "not valid TOML: \(error.description)")
        } catch {
            throw RuleFileError(file: file, reason: "not valid TOML: \(error)")
        }
        var reader = TableReader(table: table, file: file, line: nil, name: "the file")
        var rules: [Rule] = []
        var isOwn = Self.isOwn(file)
        let lines = TableHeaders.lines(of: "[[rules]]", in: text)
        for (index, entry) in try reader.tables("rules").enumerated() {
            let line = index < lines.count ? lines[index] : nil
            var ruleReader = TableReader(table: entry, file: file, line: line, name: "rule \(index + 1)")
            isOwn = isOwn || Self.hasOwnField(entry.keys)
            let rule = try Self.rule(&ruleReader)
            rules.append(rule)
            self.lines[rule.id] = line
        }
        self.rules = rules
        allowlists = try Self.allowlists(&reader, single: "allowlist", several: "allowlists")
        extends = try Self.extends(&reader)
        // gitleaks and its wrappers keep a title and their own settings beside the rules; these change no finding.
        reader.ignore(["title", "minVersion", "description"])
        try reader.rejectUnknown()
        if !isOwn { translateFromRE2(file: file) }
    }

    private static func extends(_ reader: inout TableReader) throws(RuleFileError) -> Extension {
        guard var table = try reader.table("extend") else { return Extension() }
        var result = Extension()
        result.usesDefault = try table.bool("useDefault") ?? false
        result.path = try table.string("path")
        result.disabledRules = try table.strings("disabledRules") ?? []
        if try table.string("url") != nil {
            throw table.error("extend.url is not supported: download the file and name it with extend.path")
        }
        try table.rejectUnknown()
        return result
    }

    private static func rule(_ reader: inout TableReader) throws(RuleFileError) -> Rule {
        guard let id = try reader.string("id"), !id.isEmpty else { throw reader.error("has no id") }
        reader.name = "rule \(id)"
        var rule = Rule(id: id)
        rule.description = try reader.string("description") ?? ""
        rule.provider = try reader.string("provider") ?? ""
        rule.severity = try reader.choice("severity") ?? .high
        rule.confidence = try reader.choice("confidence") ?? .medium
        rule.regex = try reader.string("regex")
        rule.secretGroup = try reader.integer("secretGroup").flatMap { $0 == 0 ? nil : $0 }
        rule.entropy = try reader.number("entropy")
        rule.minimumDigits = try reader.integer("minDigits") ?? 0
        rule.minimumUppercase = try reader.integer("minUpper") ?? 0
        rule.minimumLowercase = try reader.integer("minLower") ?? 0
        rule.keywords = (try reader.strings("keywords") ?? []).map { $0.lowercased() }
        rule.path = try reader.string("path")
        rule.tags = try reader.strings("tags") ?? []
        rule.remediation = try reader.strings("remediation") ?? []
        rule.references = try reader.strings("references") ?? []
        rule.allowlists = try allowlists(&reader, single: "allowlist", several: "allowlists")
        rule.context = try context(&reader)
        rule.validator = try reader.choice("validator")
        for var example in try reader.readers("examples") {
            guard let text = try example.string("text") else { throw example.error("has no text") }
            rule.examples.append(
                Rule.Example(
                    text: text, path: try example.string("path"), secret: try example.string("secret"),
                    isNegative: try example.bool("negative") ?? false))
            try example.rejectUnknown()
        }
        rule.verification = try VerificationSpec(&reader)
        reader.ignore(["skipReport", "required"])
        try reader.rejectUnknown()
        rule.shape = rule.regex.map { PatternShape(pattern: $0, keywords: rule.keywords) }
        if rule.regex == nil && rule.path == nil { throw reader.error("has neither a regex nor a path") }
        return rule
    }

    private static func context(_ reader: inout TableReader) throws(RuleFileError) -> ContextRequirement? {
        guard var table = try reader.table("context") else { return nil }
        var context = ContextRequirement(words: (try table.strings("words") ?? []).map { $0.lowercased() })
        context.lines = try table.integer("lines") ?? 2
        context.file = (try table.strings("file") ?? []).map { $0.lowercased() }
        context.paths = try table.strings("paths") ?? []
        context.assigned = (try table.strings("assigned") ?? []).map { $0.lowercased() }
        context.nearby = try table.choice("nearby")
        try table.rejectUnknown()
        if context.words.isEmpty && context.file.isEmpty && context.assigned.isEmpty && context.paths.isEmpty {
            throw table.error("names no words")
        }
        if !(0...50).contains(context.lines) { throw table.error("lines must lie between 0 and 50") }
        return context
    }

    private static func allowlists(
        _ reader: inout TableReader, single: String, several: String
    ) throws(RuleFileError) -> [Allowlist] {
        var readers = try reader.readers(several)
        if let old = try reader.table(single) { readers.append(old) }
        var result: [Allowlist] = []
        for var table in readers {
            var list = Allowlist(description: try table.string("description") ?? "")
            list.condition = try condition(&table)
            list.target = try target(&table)
            list.regexes = try table.strings("regexes") ?? []
            list.paths = try table.strings("paths") ?? []
            list.commits = (try table.strings("commits") ?? []).map { $0.lowercased() }
            list.stopwords = (try table.strings("stopwords") ?? []).map { $0.lowercased() }
            list.targetRules = try table.strings("targetRules") ?? []
            try table.rejectUnknown()
            result.append(list)
        }
        return result
    }

    private static func condition(_ table: inout TableReader) throws(RuleFileError) -> Allowlist.Condition {
        switch try table.string("condition")?.uppercased() {
        case nil, "OR", "||": .any
        case "AND", "&&": .all
        case .some(let other): throw table.error("condition must be \"OR\" or \"AND\", not \"\(other)\"")
        }
    }

    private static func target(_ table: inout TableReader) throws(RuleFileError) -> Allowlist.Target {
        switch try table.string("regexTarget") {
        case nil, "", "secret": .secret
        case "match": .match
        case "line": .line
        case .some(let other):
            throw table.error("regexTarget must be \"secret\", \"match\" or \"line\", not \"\(other)\"")
        }
    }
}
