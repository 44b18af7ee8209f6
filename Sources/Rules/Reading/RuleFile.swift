internal import Bytes

/// The content of one rule file: ours, or a `.gitleaks.toml` as it is.
public struct RuleFile: Sendable {
    /// What gitleaks' `[extend]` asks for.
    public struct Extension: Sendable, Hashable {
        /// Use the built-in rules as a base.
        public var usesDefault = false
        /// Other files to use as a base, as written: from the file's folder, or, as in gitleaks, from the working directory.
        public var paths: [String] = []
        /// The first of them.
        public var path: String? { paths.first }
        /// Files at addresses to use as a base.
        public var addresses: [Address] = []
        /// Rules of the base to leave out.
        public var disabledRules: [String] = []

        /// A file elsewhere, and what it must be.
        public struct Address: Sendable, Hashable {
            /// Begins with `https://`.
            public var url: String
            /// 64 hex digits.
            public var sha256: String
        }
    }

    /// For messages.
    private let name: String
    /// In the order of the file.
    public var rules: [Rule]
    /// Allow-lists that hold for all rules, or for their `targetRules`.
    public var allowlists: [Allowlist]
    /// What it says of rules that are there already.
    public internal(set) var amendments: [Amendment] = []
    /// How a scan with it is to be done.
    public var settings = Settings()
    /// How hooks scan.
    public var hook = HookSettings()
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
        name = file
        let unknown = Self.isOfGitleaks(file) ? UnknownFields() : nil
        var reader = try TableReader(text: text, file: file, passingOver: unknown)
        var rules: [Rule] = []
        var isOwn = Self.isOwn(file)
        for (index, entry) in try reader.tables("rules").enumerated() {
            var ruleReader = TableReader(
                table: entry, file: file, line: entry.line, name: "rule \(index + 1)", passingOver: unknown)
            if let amendment = try Self.amendment(&ruleReader, shared) {
                amendments.append(amendment)
                continue
            }
            isOwn = isOwn || Self.hasOwnField(entry.values.keys)
            let (rule, objections) = try Self.rule(&ruleReader, shared)
            rules.append(rule)
            lines[rule.id] = entry.line
            self.objections += objections.map {
                Warning(file: file, line: entry.line, message: "rule \(rule.id) \($0)")
            }
        }
        self.rules = rules
        allowlists = try [Allowlist].read("allowlists", from: &reader) ?? []
        if let old = try Allowlist.read("allowlist", from: &reader) { allowlists.append(old) }
        extends = try Extension.read("extend", from: &reader) ?? Extension()
        for field in Settings.fields where reader.holds(field.name) {
            isOwn = true
            try field.read(&settings, &reader)
        }
        if let hook = try HookSettings.read("hook", from: &reader) {
            isOwn = true
            self.hook = hook
        }
        // What is misspelt may be one of them.
        reader.ignore(Self.ignoredFields + Settings.fields.map(\.name))
        try reader.rejectUnknown()
        warnings += (unknown?.names ?? []).map {
            Warning(file: file, line: nil, message: "\($0), which is not known here and does nothing")
        }
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

    /// What is to be said of allow-lists to whoever scans with them, too: that they allow nothing, or everything.
    package var allowlistObjections: [Warning] {
        let owned =
            rules.map { ($0.id, $0.allowlists, lines[$0.id]) } + amendments.map { ($0.id, $0.allowlists, $0.line) }
        return allowlists.flatMap(RuleReview.objections).map { Warning(file: name, line: nil, message: $0) }
            + owned.flatMap { id, lists, line in
                lists.flatMap { RuleReview.objections(to: $0, of: id) }
                    .map { Warning(file: name, line: line, message: "rule \(id) \($0)") }
            }
    }

    /// gitleaks and its wrappers keep a title and their own settings beside the rules; these change no finding.
    static let ignoredFields = ["title", "minVersion", "description"]

    /// What a table says of a rule that is there already: it has no form of its own.
    private static func amendment(
        _ reader: inout TableReader, _ shared: () throws(RuleFileError) -> SharedRules
    ) throws(RuleFileError) -> Amendment? {
        let forms = ["regex", "path", "token", "judge"]
        // gitleaks puts every field of such a table over the rule's own.
        guard !forms.contains(where: reader.holds),
            isOfGitleaks(reader.file) || ["allowlists", "allowlist"].contains(where: reader.holds),
            let id = try reader.string("id"), !id.isEmpty
        else { return nil }
        let rule = try Self.rule(&reader, shared, amends: true).0
        return Amendment(
            id: id, allowlists: rule.allowlists, severity: reader.holds("severity") ? rule.severity : nil,
            confidence: reader.holds("confidence") ? rule.confidence : nil, line: reader.line)
    }

    private static func rule(
        _ reader: inout TableReader, _ shared: () throws(RuleFileError) -> SharedRules, amends: Bool = false
    ) throws(RuleFileError) -> (Rule, objections: [String]) {
        guard let id = try reader.string("id"), !id.isEmpty else { throw reader.error("has no id") }
        reader.name = "rule \(id)"
        var draft = RuleDraft()
        draft.amends = amends
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
        .init(
            "path",
            "Another file to use as a base, or a list of them: from the file's folder, or of your home with `~/`.",
            isOfGitleaks: true, kind: .either(.text, .several(.text))
        ) { (extends: inout RuleFile.Extension, table: inout TableReader) throws(RuleFileError) in
            extends.paths = try table.oneOrSeveral("path")
        },
        .init(
            "disabledRules", "Ids of rules of the base to leave out.", isOfGitleaks: true, get: { $0.disabledRules },
            set: { $0.disabledRules = $1 }),
        .init(
            "url",
            "The https address of a file to use as a base, or a list of them; in your own configuration and in files that are named alone.",
            isOfGitleaks: true, kind: .either(.textLike("^https://"), .several(.textLike("^https://")))
        ) { (extends: inout RuleFile.Extension, table: inout TableReader) throws(RuleFileError) in
            try extends.readAddresses(&table)
        },
        .init(
            "sha256", "Of what stands behind `url`: 64 hex digits; of several in their order.",
            kind: .either(.textLike(digestForm), .several(.textLike(digestForm)))
        ) { (_: inout RuleFile.Extension, table: inout TableReader) throws(RuleFileError) in
            table.ignore(["sha256"])
        },
    ]

    private static let digestForm = "^[0-9a-fA-F]{64}$"

    static let demands: [TableDemand] = [.beside("url", ["sha256"]), .beside("sha256", ["url"])]

    private mutating func readAddresses(_ table: inout TableReader) throws(RuleFileError) {
        guard table.holds("url") == table.holds("sha256") else {
            throw table.error(
                "needs \"sha256\" beside \"url\": what stands at an address may change; `curl -s URL | sha256sum` tells it"
            )
        }
        let urls = try table.oneOrSeveral("url")
        let digests = try table.oneOrSeveral("sha256")
        guard urls.count == digests.count else { throw table.error("does not have one sha256 for each url") }
        guard digests.allSatisfy({ $0.utf8.count == 64 && $0.utf8.allSatisfy(\.isHexDigit) }) else {
            throw table.error("has a sha256 that is not 64 hex digits")
        }
        for (url, digest) in zip(urls, digests) {
            guard url.hasPrefix("https://") else { throw table.error("has a url that does not begin with https://") }
            addresses.append(Address(url: url, sha256: digest.lowercased()))
        }
    }
}
