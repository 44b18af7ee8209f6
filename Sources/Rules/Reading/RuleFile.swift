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
    /// What does less than its author must believe: for whoever checks rules, not for a scan with them.
    package private(set) var objections: [Warning] = []

    /// Reads TOML text.
    ///
    /// - Parameters:
    ///   - text: The file's content.
    ///   - file: Its name, for messages.
    ///   - shared: What the file's rules may name in `use`, `kind` and `then`; asked for only if one does.
    /// - Throws: `RuleFileError` with the line, for text that is not TOML and for fields of a wrong kind or value.
    public init(
        text: String, file: String, shared: @autoclosure () throws(RuleFileError) -> SharedRules = .none
    ) throws(RuleFileError) {
        var reader = try TableReader(text: text, file: file)
        var rules: [Rule] = []
        var isOwn = Self.isOwn(file)
        let lines = TableHeaders.lines(of: "[[rules]]", in: text)
        for (index, entry) in try reader.tables("rules").enumerated() {
            let line = index < lines.count ? lines[index] : nil
            var ruleReader = TableReader(table: entry, file: file, line: line, name: "rule \(index + 1)")
            isOwn = isOwn || Self.hasOwnField(entry.keys)
            let (rule, objections) = try Self.rule(&ruleReader, shared)
            rules.append(rule)
            self.lines[rule.id] = line
            self.objections += objections.map { Warning(file: file, line: line, message: "rule \(rule.id) \($0)") }
        }
        self.rules = rules
        allowlists = try [Allowlist].read("allowlists", from: &reader) ?? []
        if let old = try Allowlist.read("allowlist", from: &reader) { allowlists.append(old) }
        extends = try Extension.read("extend", from: &reader) ?? Extension()
        reader.ignore(Self.ignoredFields)
        try reader.rejectUnknown()
        if !isOwn { translateFromRE2(file: file) }
        for index in self.rules.indices { self.rules[index].condensePattern() }
        for list in allowlists {
            objections += RuleReview.objections(to: list).map { Warning(file: file, line: nil, message: $0) }
        }
    }

    /// What is to be said of a rule that is complete, its examples among it.
    package func objections(to rule: Rule, file: String) -> [Warning] {
        (RuleReview.objections(to: rule) + PatternReview.objections(to: rule))
            .map { Warning(file: file, line: lines[rule.id], message: "rule \(rule.id) \($0)") }
    }

    /// gitleaks and its wrappers keep a title and their own settings beside the rules; these change no finding.
    static let ignoredFields = ["title", "minVersion", "description"]

    private static func rule(
        _ reader: inout TableReader, _ shared: () throws(RuleFileError) -> SharedRules
    ) throws(RuleFileError) -> (Rule, objections: [String]) {
        guard let id = try reader.string("id"), !id.isEmpty else { throw reader.error("has no id") }
        reader.name = "rule \(id)"
        var draft = RuleDraft()
        for field in RuleDraft.fields { try field.read(&draft, &reader) }
        try reader.rejectUnknown()
        let known = draft.isShort ? try shared() : .none
        let rule = try draft.finished(reader, shared: known)
        return (rule, draft.objections(to: rule, shared: known))
    }
}

extension Rule {
    /// Brings the pattern on one line, and works out what is known of its matches.
    fileprivate mutating func condensePattern() {
        regex = regex.map(ExtendedPattern.condensed)
        shape = regex.map { PatternShape(pattern: $0, keywords: keywords) }
    }
}

extension RuleFile.Extension: TableValue {
    static let fields: [TableField<RuleFile.Extension>] = [
        .init(
            "useDefault", "Use the built-in rules as a base.", isOfGitleaks: true, get: { $0.usesDefault },
            set: { $0.usesDefault = $1 }),
        .init("path", "Another file to use as a base.", isOfGitleaks: true, get: { $0.path }, set: { $0.path = $1 }),
        .init(
            "disabledRules", "Ids of rules of the base to leave out.", isOfGitleaks: true, get: { $0.disabledRules },
            set: { $0.disabledRules = $1 }),
        .init("url", "Not supported.", isOfGitleaks: true, kind: .refused) {
            (_: inout RuleFile.Extension, table: inout TableReader) throws(RuleFileError) in
            table.ignore(["url"])
            guard table.holds("url") else { return }
            throw table.error("extend.url is not supported: download the file and name it with extend.path")
        },
    ]
}
