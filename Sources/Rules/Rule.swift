/// What one kind of secret looks like, how bad its leak is, and what to do about it.
///
/// A rule is one `[[rules]]` table of a TOML file; `Rules/README.md` describes the fields for authors.
public struct Rule: Sendable, Hashable {
    var names: RuleNames
    /// Compiled-in rules are read when they are first asked for more than their names.
    var content: Deferred<RuleContent>

    /// A rule; what is not given asks for nothing. It is checked when an engine is made of it: patterns are text until then.
    public init(
        id: String, description: String = "", provider: String = "", severity: Severity = .high,
        confidence: Confidence = .medium, regex: String? = nil, secretGroup: Int? = nil, entropy: Double? = nil,
        minimumDigits: Int = 0, minimumUppercase: Int = 0, minimumLowercase: Int = 0, keywords: [String] = [],
        path: String? = nil, tags: [String] = [], remediation: [String] = [], references: [String] = [],
        allowlists: [Allowlist] = [], context: ContextRequirement? = nil, validator: Validator? = nil,
        verification: VerificationSpec? = nil, strength: Strength = .own, holdsParts: Bool = false,
        judge: JudgeThresholds? = nil, formerly: [String] = [], variantOf: String? = nil, examples: [Example] = []
    ) {
        names = RuleNames(id: id, formerly: formerly, variantOf: variantOf)
        let demands = SecretDemands(
            entropy: entropy, digits: minimumDigits, uppercase: minimumUppercase, lowercase: minimumLowercase,
            validator: validator)
        let texts = RuleTexts(
            description: description, tags: tags, remediation: remediation, references: references,
            verification: verification, examples: examples)
        content = Deferred(
            RuleContent(
                provider: provider, severity: severity, confidence: confidence, regex: regex, secretGroup: secretGroup,
                keywords: keywords, path: path, allowlists: allowlists, context: context, judge: judge,
                claim: RuleClaim(strength: strength, holdsParts: holdsParts), demands: demands,
                texts: Deferred(texts)))
    }

    init(names: RuleNames, content: Deferred<RuleContent>) {
        self.names = names
        self.content = content
    }

    /// The same rule for those who ask it at every match: what was compiled in is read from now on.
    package var read: Rule { Rule(names: names, content: content.known) }
}

extension Rule {
    /// Unique, kebab-case, the provider first: `mistral-api-key`.
    public var id: String {
        get { names.id }
        set { names.id = newValue }
    }
    /// Ids that the rule, or those it has replaced, had in earlier versions: they stay valid wherever a rule is named, and what
    /// baselines know under them stays known.
    public var formerly: [String] {
        get { names.formerly }
        set { names.formerly = newValue }
    }
    /// The id of the rule that finds another form of the same secret: who lets that rule's secrets pass means this form, too.
    public var variantOf: String? {
        get { names.variantOf }
        set { names.variantOf = newValue }
    }
    /// What somebody may call the rule who allows what it finds.
    package var namesForAllowing: [String] { [id] + formerly + (variantOf.map { [$0] } ?? []) }
    /// One or two sentences for somebody who does not know the provider.
    public var description: String {
        get { content.value.texts.value.description }
        set { content.value.texts.value.description = newValue }
    }
    /// The provider's name as people know it, empty for rules of no single provider.
    public var provider: String {
        get { content.value.provider }
        set { content.value.provider = newValue }
    }
    /// What the provider is called besides, in one word in small letters.
    package var aliases: [String] {
        get { content.value.aliases }
        set { content.value.aliases = newValue }
    }
    /// How much harm the holder of such a secret can do.
    public var severity: Severity {
        get { content.value.severity }
        set { content.value.severity = newValue }
    }
    /// How sure a match is, unless its surroundings or a validator say otherwise.
    public var confidence: Confidence {
        get { content.value.confidence }
        set { content.value.confidence = newValue }
    }
}

extension Rule {
    /// PCRE2 pattern, matched on bytes. `nil` for a rule that judges paths alone.
    public var regex: String? {
        get { content.value.regex }
        set { content.value.regex = newValue }
    }
    /// Number of the capture group that holds the secret. `nil`: the first group that took part, or the whole match.
    public var secretGroup: Int? {
        get { content.value.secretGroup }
        set { content.value.secretGroup = newValue }
    }
    /// Literals, ASCII case ignored; one must stand in the text before the pattern is tried. Empty: always tried.
    public var keywords: [String] {
        get { content.value.keywords }
        set { content.value.keywords = newValue }
    }
    /// PCRE2 pattern that the path must match.
    public var path: String? {
        get { content.value.path }
        set { content.value.path = newValue }
    }
    /// What is no finding although the pattern matches.
    public var allowlists: [Allowlist] {
        get { content.value.allowlists }
        set { content.value.allowlists = newValue }
    }
    /// What must stand around a match; `nil`: the pattern says enough.
    public var context: ContextRequirement? {
        get { content.value.context }
        set { content.value.context = newValue }
    }
    /// With `keywords` and without `regex`: what is assigned to names that hold a keyword is judged by itself; `nil`: the
    /// rule has a form of its own.
    public var judge: JudgeThresholds? {
        get { content.value.judge }
        set { content.value.judge = newValue }
    }
    /// What is known of the pattern's matches; worked out when the rule is read from a file or compiled in.
    package var shape: PatternShape? {
        get { content.value.shape }
        set { content.value.shape = newValue }
    }
}

extension Rule {
    /// Words for reports; they decide nothing.
    public var tags: [String] {
        get { content.value.texts.value.tags }
        set { content.value.texts.value.tags = newValue }
    }
    /// What to do, in order.
    public var remediation: [String] {
        get { content.value.texts.value.remediation }
        set { content.value.texts.value.remediation = newValue }
    }
    /// Pages the facts come from.
    public var references: [String] {
        get { content.value.texts.value.references }
        set { content.value.texts.value.references = newValue }
    }
    /// How the provider is asked whether a key is live; `nil`: nobody is asked.
    public var verification: VerificationSpec? {
        get { content.value.texts.value.verification }
        set { content.value.texts.value.verification = newValue }
    }
    /// What the rule must find, and what nothing may be found in. Not compiled in: they stay in the rule files.
    public var examples: [Example] {
        get { content.value.texts.value.examples }
        set { content.value.texts.value.examples = newValue }
    }
}

extension Rule {
    /// Whether the rule gives way to every other.
    public var strength: Strength {
        get { content.value.claim.strength }
        set { content.value.claim.strength = newValue }
    }
    /// Whether the secret is a credential of several parts, so that what other rules find within it is part of it.
    public var holdsParts: Bool {
        get { content.value.claim.holdsParts }
        set { content.value.claim.holdsParts = newValue }
    }
    /// How its matches depend on those of other rules. No built-in rule has one, and the compiled form does not either.
    public var composition: RuleComposition {
        get { content.value.claim.composition }
        set { content.value.claim.composition = newValue }
    }
}

extension Rule {
    /// Shannon entropy, in bits a byte, that the secret must exceed.
    public var entropy: Double? {
        get { content.value.demands.entropy }
        set { content.value.demands.entropy = newValue }
    }
    /// How many digits the secret must have at least.
    public var minimumDigits: Int {
        get { content.value.demands.digits }
        set { content.value.demands.digits = newValue }
    }
    /// How many upper-case ASCII letters the secret must have at least.
    public var minimumUppercase: Int {
        get { content.value.demands.uppercase }
        set { content.value.demands.uppercase = newValue }
    }
    /// How many lower-case ASCII letters the secret must have at least.
    public var minimumLowercase: Int {
        get { content.value.demands.lowercase }
        set { content.value.demands.lowercase = newValue }
    }
    /// What else is checked of the secret; `nil`: nothing.
    public var validator: Validator? {
        get { content.value.demands.validator }
        set { content.value.demands.validator = newValue }
    }
    /// What the names of a team's secrets hold besides `keywords`; lower case. No built-in rule has any.
    package var secretNames: [String] {
        get { content.value.demands.names }
        set { content.value.demands.names = newValue }
    }
}

extension Rule {
    /// A text that the rule must find, or that no rule may find.
    public struct Example: Sendable, Hashable {
        /// The content of a file, or a part of one.
        public var text: String
        /// The file name the text is scanned under.
        public var path: String?
        /// What must be reported as the secret; `nil`: anything.
        public var secret: String?
        /// Whether no rule may find anything in it.
        public var isNegative: Bool
        /// Where it stands, for complaints: `found 2`, `examples/env.txt:12`; `nil`: its number among all says it.
        public var place: String?

        /// An example; a positive one unless it says otherwise.
        public init(
            text: String, path: String? = nil, secret: String? = nil, isNegative: Bool = false, place: String? = nil
        ) {
            self.text = text
            self.path = path
            self.secret = secret
            self.isNegative = isNegative
            self.place = place
        }
    }
}
