/// What one kind of secret looks like, how bad its leak is, and what to do about it.
///
/// A rule is one `[[rules]]` table of a TOML file; `Rules/README.md` describes the fields for authors.
public struct Rule: Sendable, Hashable {
    private var names: RuleNames
    /// One or two sentences for somebody who does not know the provider.
    public var description: String {
        get { reportTexts.values.description }
        set { reportTexts.values.description = newValue }
    }
    /// The provider's name as people know it, empty for rules of no single provider.
    public var provider: String
    /// How much harm the holder of such a secret can do.
    public var severity: Severity
    /// How sure a match is, unless its surroundings or a validator say otherwise.
    public var confidence: Confidence
    /// PCRE2 pattern, matched on bytes. `nil` for a rule that judges paths alone.
    public var regex: String?
    /// Number of the capture group that holds the secret. `nil`: the first group that took part, or the whole match.
    public var secretGroup: Int?
    /// Literals, ASCII case ignored; one must stand in the text before the pattern is tried. Empty: always tried.
    public var keywords: [String]
    /// PCRE2 pattern that the path must match.
    public var path: String?
    /// Words for reports; they decide nothing.
    public var tags: [String] {
        get { reportTexts.values.tags }
        set { reportTexts.values.tags = newValue }
    }
    /// What to do, in order.
    public var remediation: [String] {
        get { reportTexts.values.remediation }
        set { reportTexts.values.remediation = newValue }
    }
    /// Pages the facts come from.
    public var references: [String] {
        get { reportTexts.values.references }
        set { reportTexts.values.references = newValue }
    }
    /// What is no finding although the pattern matches.
    public var allowlists: [Allowlist]
    /// What must stand around a match; `nil`: the pattern says enough.
    public var context: ContextRequirement?
    /// With `keywords` and without `regex`: what is assigned to names that hold a keyword is judged by itself; `nil`: the
    /// rule has a form of its own.
    public var judge: JudgeThresholds?
    /// How the provider is asked whether a key is live; `nil`: nobody is asked.
    public var verification: VerificationSpec? {
        get { reportTexts.values.verification }
        set { reportTexts.values.verification = newValue }
    }
    /// What becomes of the rule's matches where others claim the same.
    private var claim: RuleClaim
    /// What the rule must find, and what nothing may be found in. Not compiled in: they stay in the rule files.
    public var examples: [Example] {
        get { reportTexts.values.examples }
        set { reportTexts.values.examples = newValue }
    }
    /// What must hold of the secret itself.
    private var demands: SecretDemands
    /// What is known of the pattern's matches; worked out when the rule is read from a file or compiled in.
    package var shape: PatternShape?
    /// What is asked for once something was found.
    var reportTexts: DeferredTexts

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
        self.provider = provider
        self.severity = severity
        self.confidence = confidence
        self.regex = regex
        self.secretGroup = secretGroup
        self.keywords = keywords
        self.path = path
        self.allowlists = allowlists
        self.context = context
        claim = RuleClaim(strength: strength, holdsParts: holdsParts)
        self.judge = judge
        demands = SecretDemands(
            entropy: entropy, digits: minimumDigits, uppercase: minimumUppercase, lowercase: minimumLowercase,
            validator: validator)
        reportTexts = DeferredTexts(
            RuleTexts(
                description: description, tags: tags, remediation: remediation, references: references,
                verification: verification, examples: examples))
    }

    /// A rule to be filled in, without the cost of texts of its own.
    init(texts: DeferredTexts) {
        names = RuleNames(id: "", formerly: [])
        provider = ""
        severity = .high
        confidence = .medium
        keywords = []
        allowlists = []
        claim = RuleClaim(strength: .own, holdsParts: false)
        demands = SecretDemands(digits: 0, uppercase: 0, lowercase: 0)
        reportTexts = texts
    }
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
}

/// What a rule is called, and was.
struct RuleNames: Sendable, Hashable {
    var id: String
    var formerly: [String]
    var variantOf: String?
}

extension Rule {
    /// Whether the rule gives way to every other.
    public var strength: Strength {
        get { claim.strength }
        set { claim.strength = newValue }
    }
    /// Whether the secret is a credential of several parts, so that what other rules find within it is part of it.
    public var holdsParts: Bool {
        get { claim.holdsParts }
        set { claim.holdsParts = newValue }
    }
}

extension Rule {
    /// How its matches depend on those of other rules. No built-in rule has one, and the compiled form does not either.
    public var composition: RuleComposition {
        get { claim.composition }
        set { claim.composition = newValue }
    }
}

/// What becomes of a rule's matches where others claim the same, or are asked for.
struct RuleClaim: Sendable, Hashable {
    var strength: Strength
    var holdsParts: Bool
    var composition = RuleComposition()
}

extension Rule {
    /// Shannon entropy, in bits a byte, that the secret must exceed.
    public var entropy: Double? {
        get { demands.entropy }
        set { demands.entropy = newValue }
    }
    /// How many digits the secret must have at least.
    public var minimumDigits: Int {
        get { demands.digits }
        set { demands.digits = newValue }
    }
    /// How many upper-case ASCII letters the secret must have at least.
    public var minimumUppercase: Int {
        get { demands.uppercase }
        set { demands.uppercase = newValue }
    }
    /// How many lower-case ASCII letters the secret must have at least.
    public var minimumLowercase: Int {
        get { demands.lowercase }
        set { demands.lowercase = newValue }
    }
    /// What else is checked of the secret; `nil`: nothing.
    public var validator: Validator? {
        get { demands.validator }
        set { demands.validator = newValue }
    }
}

extension Rule {
    /// What the names of a team's secrets hold besides `keywords`; lower case. No built-in rule has any.
    package var secretNames: [String] {
        get { demands.names }
        set { demands.names = newValue }
    }
}

/// What must hold of a rule's secret.
struct SecretDemands: Sendable, Hashable {
    /// What its name may hold, beside what everybody's do.
    var names: [String] = []
    var entropy: Double?
    var digits: Int
    var uppercase: Int
    var lowercase: Int
    var validator: Validator?
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
