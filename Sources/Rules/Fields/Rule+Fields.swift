extension Rule {
    /// What a `[[rules]]` table says in full, texts apart.
    static let fields: [TableField<Rule>] =
        RuleNames.fields.map { $0.lifted(get: { $0.names }, set: { $0.names = $1 }) }
        + RuleContent.fields.map { $0.lifted(get: { $0.content.value }, set: { $0.content.value = $1 }) }
}

/// What a rule is called.
extension RuleNames {
    static let decoders = fields.compactMap(\.decode)
    static let fields: [TableField<RuleNames>] = [
        .init(
            "id", "Unique over all files, kebab-case, the provider first: `acme-api-key`.", isOfGitleaks: true,
            kind: .textLike("[\\s\\S]"),
            get: { $0.id }, set: { $0.id = $1 }),
        .init(
            "formerly",
            "Ids that the rule, or those it has replaced, had before: they stay valid in `--only`, comments, configurations and baselines.",
            get: { $0.formerly }, set: { $0.formerly = $1 }),
        .init(
            "variantOf",
            "The id of the rule that finds another form of the same secret: allow-lists and comments for that rule are for this one, too.",
            get: { $0.variantOf }, set: { $0.variantOf = $1 }),
    ]
}

/// What matching asks of a rule.
extension RuleContent {
    static let fields: [TableField<RuleContent>] = identity + patterns + secrets + surroundings + assignments
    static let decoders = fields.compactMap(\.decode)

    private static let identity: [TableField<RuleContent>] = [
        .init("provider", "The name people know.", get: { $0.provider }, set: { $0.provider = $1 }),
        .init(
            "aliases",
            "What the provider is called besides, in one word, as names of variables, hosts and packages have it: `artifactory`. A secret without a form is probably the provider's where such a name says so.",
            get: { $0.aliases }, set: { $0.aliases = $1 }, normalized: lowercased),
        .init(
            "severity",
            "What the key can do: `critical` controls an organisation's account, money or production data; `high` spends money or reads private data; `medium` is limited or write-only; `low` is public by design. Default `high`.",
            get: { $0.severity }, set: { $0.severity = $1 }),
        .init(
            "confidence", "How sure a match is. Default `medium`.", get: { $0.confidence }, set: { $0.confidence = $1 }),
    ]

    private static let patterns: [TableField<RuleContent>] = [
        .init(
            "regex",
            "PCRE2 in byte mode. After `(?x)` (or `(?xi)`) at its beginning, white space and `# …` mean nothing, so that a long pattern can stand on several lines.",
            isOfGitleaks: true, kind: .pattern, get: { $0.regex }, set: { $0.regex = $1 }),
        .init(
            "secretGroup",
            "The group that holds the secret. Default: the first group that took part, or the whole match if there is none.",
            isOfGitleaks: true, get: { $0.secretGroup }, set: { $0.secretGroup = $1 },
            normalized: { $0 == 0 ? nil : $0 }),
        .init(
            "path", "Only files whose path matches this pattern; without a pattern for the text, every such file.",
            isOfGitleaks: true, kind: .pattern, get: { $0.path }, set: { $0.path = $1 }),
        .init(
            "keywords",
            "Literals, case ignored; one must stand in the text or the pattern is not tried. Default for a `token` with a prefix of three bytes or more, and neither `near` nor `context`: the prefix.",
            isOfGitleaks: true, get: { $0.keywords }, set: { $0.keywords = $1 }, normalized: lowercased),
    ]

    private static let secrets: [TableField<RuleContent>] = [
        .init(
            "entropy", "Shannon bits a byte that the secret must exceed.", isOfGitleaks: true,
            get: { $0.demands.entropy },
            set: { $0.demands.entropy = $1 }),
        .init(
            "minDigits", "How many digits the secret must have; in a `token`: `has`.", get: { $0.demands.digits },
            set: { $0.demands.digits = $1 }),
        .init(
            "minUpper", "How many upper-case letters the secret must have; in a `token`: `has`.",
            get: { $0.demands.uppercase }, set: { $0.demands.uppercase = $1 }),
        .init(
            "minLower", "How many lower-case letters the secret must have; in a `token`: `has`.",
            get: { $0.demands.lowercase }, set: { $0.demands.lowercase = $1 }),
        .init(
            "validator", "What else is checked of the secret: see Validators.", get: { $0.demands.validator },
            set: { $0.demands.validator = $1 }),
    ]

    private static let surroundings: [TableField<RuleContent>] = [
        .init(
            "context",
            "What must stand around a value that has no prefix of its own, in full; `near` is its short form.",
            get: { $0.context }, set: { $0.context = $1 }),
        .init(
            "allowlists", "What is not reported although the rule matches.", isOfGitleaks: true,
            get: { $0.allowlists }, set: { $0.allowlists += $1 }),
        .init(
            "strength",
            "`generic`: a secret of no provider, which gives way to every other rule and needs a name that speaks of one. Default `own`.",
            get: { $0.claim.strength }, set: { $0.claim.strength = $1 }),
        .init(
            "holdsParts",
            "The secret is a credential of several parts: what other rules find within it is not reported beside it.",
            get: { $0.claim.holdsParts }, set: { $0.claim.holdsParts = $1 }),
    ]

    private static let assignments: [TableField<RuleContent>] = [
        .init(
            "judge",
            "In place of `regex`: whatever is assigned to a name that holds one of `keywords`, in any syntax, is judged by what was learned from labelled secrets; the probabilities from which on it is reported.",
            get: { $0.judge }, set: { $0.judge = $1 })
    ]

    private static let lowercased: @Sendable ([String]) -> [String] = { $0.map { $0.lowercased() } }
}

extension Allowlist: TableValue {
    static let decoders = fields.compactMap(\.decode)
    static let fields: [TableField<Allowlist>] = [
        .init(
            "description", "What the list is about.", isOfGitleaks: true, get: { $0.description },
            set: { $0.description = $1 }),
        .init(
            "condition", "Whether one criterion is enough (`OR`, the default) or all that are given must hold (`AND`).",
            isOfGitleaks: true, get: { $0.condition }, set: { $0.condition = $1 }),
        .init(
            "regexTarget", "What `regexes` are matched against: the `secret` (default), the whole `match`, its `line`.",
            isOfGitleaks: true, get: { $0.target }, set: { $0.target = $1 }),
        .init(
            "regexes", "Patterns.", isOfGitleaks: true, kind: .several(.pattern), get: { $0.regexes },
            set: { $0.regexes = $1 }),
        .init(
            "paths", "Patterns for the path.", isOfGitleaks: true, kind: .several(.pattern), get: { $0.paths },
            set: { $0.paths = $1 }),
        .init(
            "commits", "Ids of commits, in full or abbreviated.", isOfGitleaks: true, get: { $0.commits },
            set: { $0.commits = $1 }, normalized: { $0.map { $0.lowercased() } }),
        .init(
            "stopwords", "Words, case ignored, that must not be part of the secret.", isOfGitleaks: true,
            get: { $0.stopwords }, set: { $0.stopwords = $1 }, normalized: { $0.map { $0.lowercased() } }),
        .init(
            "targetRules", "In an allow-list outside of rules: the ids of the rules it is for; none for all.",
            isOfGitleaks: true, get: { $0.targetRules }, set: { $0.targetRules = $1 }),
    ]

    init() { self.init(description: "") }
}

extension Allowlist.Condition: ChoiceValue {
    static var kind: FieldKind { .choice(allCases.map(\.rawValue), .like(#"^([oO][rR]|[aA][nN][dD]|\|\||&&)$"#)) }
    static var fallback: Allowlist.Condition { .any }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Allowlist.Condition? {
        switch try table.string(key)?.uppercased() {
        case nil: nil
        case "OR", "||": .any
        case "AND", "&&": .all
        case .some(let other): throw table.error("\(key) must be \"OR\" or \"AND\", not \"\(other)\"")
        }
    }
    var listed: ListedValue? { self == .any ? nil : .text(rawValue) }
}

extension Allowlist.Target: ChoiceValue {
    static var kind: FieldKind { .choice(allCases.map(\.rawValue), .like("^$")) }
    static var fallback: Allowlist.Target { .secret }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Allowlist.Target? {
        switch try table.string(key) {
        case nil: nil
        case "", "secret": .secret
        case "match": .match
        case "line": .line
        case .some(let other):
            throw table.error("\(key) must be \"secret\", \"match\" or \"line\", not \"\(other)\"")
        }
    }
    var listed: ListedValue? { self == .secret ? nil : .text(rawValue) }
}

extension ContextRequirement: TableValue {
    static let decoders = fields.compactMap(\.decode)
    static let fields: [TableField<ContextRequirement>] = [
        .init(
            "words",
            "One must stand near the value (case ignored, may be part of an identifier); they are keywords, too.",
            get: { $0.words }, set: { $0.words = $1 }, normalized: { $0.map { $0.lowercased() } }),
        .init(
            "lines",
            "How far \"near\" reaches, in lines above and below, up to 50. Default 2; the line itself reaches 512 bytes.",
            kind: .integer(0...50), get: { $0.lines }, set: { $0.lines = $1 }),
        .init(
            "file",
            "Literals that, standing anywhere in the file or its path, are context enough for an assigned value.",
            get: { $0.file }, set: { $0.file = $1 }, normalized: { $0.map { $0.lowercased() } }),
        .init(
            "paths", "Patterns: a file whose path matches one is context enough.", kind: .several(.pattern),
            get: { $0.paths }, set: { $0.paths = $1 }),
        .init(
            "assigned",
            "The value must be assigned to a name (or passed under one) that holds one of these or one of `words`. None: no demand.",
            get: { $0.assigned }, set: { $0.assigned = $1 }, normalized: { $0.map { $0.lowercased() } }),
        .init(
            "nearby", "Confidence where the word is on another line only. Default: one step lower.",
            get: { $0.nearby }, set: { $0.nearby = $1 }),
    ]

    static let demands: [TableDemand] = [.anyElement(["words", "file", "assigned", "paths"])]

    init() { self.init(words: []) }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        if words.isEmpty && file.isEmpty && assigned.isEmpty && paths.isEmpty { throw table.error("names no words") }
        if !(0...50).contains(lines) { throw table.error("lines must lie between 0 and 50") }
    }
}
