/// A rule while it is read: what a file says in short forms, until it is known how all of it goes together.
struct RuleDraft: Sendable {
    /// What the names of secrets hold, where `near` stands without `assigned`.
    static let secretNames = ["key", "token", "secret", "auth", "credential", "bearer"]

    var rule = Rule(id: "")
    var texts = RuleTexts()
    var token: TokenForm?
    var bounds = TokenBounds()
    var near: [String] = []
    var assigned: [String]?
    var used: [String] = []
    var kind: String?
    var revoke: String?
    var then: [String]?
    /// Whether it says something of a rule that is there already, and so has no form of its own.
    var amends = false

    /// Whether it names what a folder's rules share.
    var isShort: Bool { !used.isEmpty || kind != nil || then != nil }

    /// Puts the short forms into what they stand for.
    mutating func finished(_ table: TableReader, shared: SharedRules) throws(RuleFileError) -> Rule {
        try finishPattern(table)
        try finishContext(table)
        var lists: [Allowlist] = []
        for name in used { lists.append(try shared.list(name, for: table)) }
        rule.allowlists = lists + rule.allowlists
        try finishRemediation(table, shared)
        rule.content.value.texts = Deferred(texts)
        finishTags(table)
        return rule
    }

    /// Files from before there were `strength` and `holdsParts` say the same with tags.
    private mutating func finishTags(_ table: TableReader) {
        if !table.holds("strength"), rule.tags.contains("generic") { rule.strength = .generic }
        if !table.holds("holdsParts"), rule.tags.contains("multi-part") { rule.holdsParts = true }
    }

    private mutating func finishPattern(_ table: TableReader) throws(RuleFileError) {
        let isBound = Self.boundFields.contains(where: table.holds)
        guard let token else {
            if isBound {
                guard let regex = rule.regex else { throw table.error("has bounds without a regex") }
                rule.regex = bounds.around(ExtendedPattern.condensed(regex))
            }
            if rule.judge != nil {
                if rule.regex != nil {
                    throw table.error("has a judge and a regex; one of them says what is looked for")
                }
                if rule.keywords.isEmpty {
                    throw table.error("has a judge and no keywords: the words of names that hold secrets")
                }
                return
            }
            if rule.regex == nil && rule.path == nil && !amends {
                throw table.error("has neither a regex nor a path nor a token")
            }
            return
        }
        if rule.judge != nil { throw table.error("has a judge and a token; one of them says what is looked for") }
        if rule.regex != nil { throw table.error("has a token and a regex; one of them says what is looked for") }
        if isBound { throw table.error("has bounds beside its token; they belong into it") }
        rule.regex = token.regex
        rule.minimumDigits = max(rule.minimumDigits, token.digits)
        rule.minimumUppercase = max(rule.minimumUppercase, token.uppercase)
        rule.minimumLowercase = max(rule.minimumLowercase, token.lowercase)
        if !table.holds("keywords"), near.isEmpty, rule.context == nil, token.prefix.utf8.count >= 3 {
            rule.keywords = [token.prefix.lowercased()]
        }
    }

    private mutating func finishContext(_ table: TableReader) throws(RuleFileError) {
        guard table.holds("near") || assigned != nil else { return }
        if table.holds("context") { throw table.error("has a context beside \"near\"; the context says it all") }
        if near.isEmpty { throw table.error("names no words as \"near\"") }
        rule.context = ContextRequirement(words: near, assigned: assigned ?? Self.secretNames)
    }

    private mutating func finishRemediation(
        _ table: TableReader, _ shared: SharedRules
    ) throws(RuleFileError) {
        guard revoke != nil || then != nil || kind != nil else { return }
        if table.holds("remediation") {
            throw table.error("has remediation beside \"kind\", \"revoke\" or \"then\"; it says all steps itself")
        }
        var steps = revoke.map { [Self.revocation($0)] } ?? []
        for step in then ?? shared.kinds[kind ?? ""] ?? [] { steps.append(try shared.step(step, for: table)) }
        texts.remediation = steps.map { filled($0) }
    }

    /// `https://…` and, in parentheses, where on that page; or a sentence that says it.
    private static func revocation(_ text: String) -> String {
        guard text.hasPrefix("https://") else { return text }
        return text.contains(" ") ? "Revoke the {kind} in {provider}: \(text)." : "Revoke the {kind} at \(text)."
    }

    private func filled(_ step: String) -> String {
        [("{provider}", rule.provider.isEmpty ? "the provider" : rule.provider), ("{kind}", kind ?? "secret")].reduce(
            step
        ) { text, place in
            text.split(separator: place.0, omittingEmptySubsequences: false).joined(separator: place.1)
        }
    }
}

extension RuleDraft {
    /// All that a `[[rules]]` table may hold, in the order of the documentation.
    static let fields: [TableField<RuleDraft>] =
        Rule.fields.map { $0.lifted(get: { $0.rule }, set: { $0.rule = $1 }) } + shortForms
        + TokenBounds.fields(of: "match of `regex`", isBoundAnyhow: false, get: { $0.bounds }, set: { $0.bounds = $1 })
        + RuleTexts.fields.map { $0.lifted(get: { $0.texts }, set: { $0.texts = $1 }) } + remediation + examples
        + composition

    /// What goes together in a rule; `finished` complains of the same.
    static let demands: [TableDemand] =
        [
            .all(["id"]), .any(["regex", "path", "token", "judge", "allowlists", "allowlist"]),
            .apart("token", from: ["regex"] + boundFields),
            .apart("judge", from: ["regex", "token"]), .beside("judge", ["keywords"]),
            .apart("remediation", from: ["kind", "revoke", "then"]), .apart("context", from: ["near"]),
            .beside("assigned", ["near"]),
        ] + boundFields.map { .beside($0, ["regex"]) }

    private static let boundFields = ["bounds", "notAfter", "notBefore"]

    private static let shortForms: [TableField<RuleDraft>] = [
        .init(
            "token", "The form of a plain token, in place of `regex`.",
            kind: .table([FieldDescription](TokenForm.fields), TokenForm.demands)
        ) {
            (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            guard var inner = try table.table("token") else { return }
            draft.token = try TokenForm(reading: &inner)
        },
        .init(
            "near", "Words, one of which must stand near the value: the short form of `context`.",
            kind: .several(.text, isNeverEmpty: true)
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.near = (try table.strings("near") ?? []).map { $0.lowercased() }
        },
        .init(
            "assigned",
            "Beside `near`: what the name of the value must hold, if not one of those words. Default: \(secretNames.map { "`\($0)`" }.joined(separator: ", ")); `[]` for no demand.",
            kind: .several(.text)
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.assigned = try table.strings("assigned").map { $0.map { $0.lowercased() } }
        },
        .init("use", "Names of allow-lists in `shared.toml`.", kind: .several(.text)) {
            (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.used = try table.strings("use") ?? []
        },
        .init(
            "allowlist", "gitleaks' older spelling of a single one of `allowlists`.", isOfGitleaks: true, isOlder: true,
            kind: Allowlist.kind
        ) {
            (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.rule.allowlists += try Allowlist.read("allowlist", from: &table).map { [$0] } ?? []
        },
    ]

    private static let remediation: [TableField<RuleDraft>] = [
        .init(
            "kind",
            "What people call the credential: `key`, `token`, `client secret`. It stands in the steps, and chooses them where `shared.toml` has steps for it.",
            kind: .text
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.kind = try table.string("kind")
        },
        .init(
            "revoke",
            "The first step: the address where the credential is revoked, with the place on that page in parentheses, or a sentence.",
            kind: .text
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.revoke = try table.string("revoke")
        },
        .init(
            "then", "The other steps: names of steps in `shared.toml`, or sentences. Default: those of the kind.",
            kind: .several(.text)
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.then = try table.strings("then")
        },
    ]

    private static let composition: [TableField<RuleDraft>] = [
        .init(
            "required",
            "Rules each of which must match in the same file, `withinLines` and `withinColumns` of this one's match: `{ id, withinLines, withinColumns }`.",
            isOfGitleaks: true, kind: [RequiredRule].kind
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            guard table.holds("required") else { return }
            draft.rule.composition.required = try [RequiredRule].read("required", from: &table) ?? []
        },
        .init(
            "skipReport", "Whether its matches are no findings: it is there for the `required` of others.",
            isOfGitleaks: true, kind: .truth
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            guard let skips = try table.bool("skipReport") else { return }
            draft.rule.composition.skipsReport = skips
        },
    ]
}

extension RequiredRule: TableValue {
    static let fields: [TableField<RequiredRule>] = [
        .init(
            "id", "The other rule.", isOfGitleaks: true, kind: .textLike("[\\s\\S]"), get: { $0.id },
            set: { $0.id = $1 }),
        .init(
            "withinLines", "How many lines may lie between them.", isOfGitleaks: true, get: { $0.withinLines },
            set: { $0.withinLines = $1 }),
        .init(
            "withinColumns", "How many columns may lie between them.", isOfGitleaks: true,
            get: { $0.withinColumns }, set: { $0.withinColumns = $1 }),
    ]

    static let demands: [TableDemand] = [.all(["id"])]

    init() { self.init(id: "") }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        if id.isEmpty { throw table.error("names no rule as \"id\"") }
    }
}
