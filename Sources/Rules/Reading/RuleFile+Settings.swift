extension RuleFile {
    /// How a scan is to be done, as a configuration says it: the values of options, for all who scan the same.
    public struct Settings: Sendable, Hashable {
        /// Baselines beside the one at the top of the repository, as seen from the file's folder.
        public var baseline: [String] = []
        /// Patterns for paths that are left out, as git's ignore files have them.
        public var exclude: [String] = []
        /// The least severity that is reported.
        public var minSeverity: Severity?
        /// The least confidence that is reported.
        public var minConfidence: Confidence?
        /// The largest file that is read: bytes, or with k, M, G.
        public var maxFileSize: String?
        /// The format of the report on standard output.
        public var format: String?
        /// What names of secrets hold besides what everybody's hold.
        public var secretNames: [String] = []

        /// Nothing.
        public init() {}
    }

    /// What a file says of a rule that is there already, and that it does not write anew.
    public struct Amendment: Sendable, Hashable {
        /// The rule's id.
        public var id: String
        /// What is not reported although the rule matches.
        public var allowlists: [Allowlist]
        /// How much harm its holder can do; `nil`: as the rule has it.
        public var severity: Severity?
        /// How sure a match is; `nil`: as the rule has it.
        public var confidence: Confidence?
        /// Where it begins: a 1-based number of a line.
        public var line: Int?
    }
}

extension RuleFile.Settings {
    static let fields: [TableField<RuleFile.Settings>] = [
        .init(
            "baseline", "Baselines beside `.windsock-baseline` at the top of the repository, from the file's folder.",
            kind: .either(.text, .several(.text))
        ) { (settings: inout RuleFile.Settings, table: inout TableReader) throws(RuleFileError) in
            settings.baseline = try table.oneOrSeveral("baseline")
        },
        .init(
            "exclude",
            "Paths that are left out, as git's ignore files write them: `vendor/`, `*.min.js`, `docs/**/samples`.",
            get: { $0.exclude }, set: { $0.exclude = $1 }),
        .init(
            "minSeverity", "The least severity that is reported.", get: { $0.minSeverity },
            set: { $0.minSeverity = $1 }),
        .init(
            "minConfidence", "The least confidence that is reported.", get: { $0.minConfidence },
            set: { $0.minConfidence = $1 }),
        .init(
            "maxFileSize", "The largest file that is read: bytes, or with `k`, `M`, `G`.", get: { $0.maxFileSize },
            set: { $0.maxFileSize = $1 }),
        .init("format", "The format of the report on standard output.", get: { $0.format }, set: { $0.format = $1 }),
        .init(
            "secretNames",
            "What the names of your secrets hold besides what everybody's do: `losung`. What is assigned to such a name is judged as a password is.",
            kind: .several(.text)
        ) { (settings: inout RuleFile.Settings, table: inout TableReader) throws(RuleFileError) in
            settings.secretNames = try [String].read("secretNames", from: &table) ?? []
            for name in settings.secretNames where !isPartOfName(name) {
                throw table.error(
                    "has \"\(name)\" among secretNames, which is no part of a name: write three letters or more, without blanks, quotes, = and :"
                )
            }
        },
    ]

    /// Fewer letters stand in nearly every name, and all that is assigned would be looked at.
    private static func isPartOfName(_ text: String) -> Bool {
        (3...255).contains(text.utf8.count) && !text.contains { $0.isWhitespace || "\"'`=:;,(){}[]<>".contains($0) }
    }
}

extension TableReader {
    /// A text, or a list of texts.
    mutating func oneOrSeveral(_ key: String) throws(RuleFileError) -> [String] {
        if let one = textIfItIsOne(key) { return [one] }
        return try strings(key) ?? []
    }
}

/// A rule that another must stand near, as gitleaks' composite rules have it.
public struct RequiredRule: Sendable, Hashable {
    /// The other rule's id.
    public var id: String
    /// How many lines may lie between them; `nil`: any.
    public var withinLines: Int?
    /// How many columns may lie between them; `nil`: any.
    public var withinColumns: Int?

    /// A demand that stands for the whole file unless it says otherwise.
    public init(id: String, withinLines: Int? = nil, withinColumns: Int? = nil) {
        self.id = id
        self.withinLines = withinLines
        self.withinColumns = withinColumns
    }
}

/// How a rule's matches depend on those of others.
public struct RuleComposition: Sendable, Hashable {
    /// Rules of which each must match near.
    public var required: [RequiredRule] = []
    /// Whether its own matches are no findings: it is there for others.
    public var skipsReport = false

    /// A rule that stands for itself.
    public init() {}
}
