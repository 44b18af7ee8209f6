/// What one kind of secret looks like, how bad its leak is, and what to do about it.
///
/// A rule is one `[[rules]]` table of a TOML file; `Rules/README.md` describes the fields for authors.
public struct Rule: Sendable, Hashable, Codable {
    /// Unique, kebab-case, the provider first: `mistral-api-key`.
    public var id: String
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
    /// Shannon entropy, in bits a byte, that the secret must exceed.
    public var entropy: Double?
    /// How many digits the secret must have at least.
    public var minimumDigits: Int
    /// How many upper-case ASCII letters it must have at least.
    public var minimumUppercase: Int
    /// How many lower-case ASCII letters it must have at least.
    public var minimumLowercase: Int
    /// Literals, ASCII case ignored; one must stand in the text before the pattern is tried. Empty: always tried.
    public var keywords: [String]
    /// PCRE2 pattern that the path must match.
    public var path: String?
    /// For people who choose rules: `api-key`, `token`. `generic` and `multi-part` also decide, see `Rules/README.md`.
    public var tags: [String]
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
    /// How the provider is asked whether a key is live; `nil`: nobody is asked.
    public var verification: VerificationSpec? {
        get { reportTexts.values.verification }
        set { reportTexts.values.verification = newValue }
    }
    /// What else is checked of the secret; `nil`: nothing.
    public var validator: Validator?
    /// Texts that the rule must find or no rule may find; empty in rules that were compiled in.
    public var examples: [Example]
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
        verification: VerificationSpec? = nil, examples: [Example] = []
    ) {
        self.id = id
        self.provider = provider
        self.severity = severity
        self.confidence = confidence
        self.regex = regex
        self.secretGroup = secretGroup
        self.entropy = entropy
        self.minimumDigits = minimumDigits
        self.minimumUppercase = minimumUppercase
        self.minimumLowercase = minimumLowercase
        self.keywords = keywords
        self.path = path
        self.tags = tags
        self.allowlists = allowlists
        self.context = context
        self.validator = validator
        self.examples = examples
        reportTexts = DeferredTexts(
            RuleTexts(
                description: description, remediation: remediation, references: references, verification: verification))
    }
}

extension Rule {
    /// A text that the rule must find, or that no rule may find.
    public struct Example: Sendable, Hashable, Codable {
        /// The content of a file, or a part of one.
        public var text: String
        /// The file name the text is scanned under.
        public var path: String?
        /// What must be reported as the secret; `nil`: anything.
        public var secret: String?
        /// Whether no rule may find anything in it.
        public var isNegative: Bool

        /// An example; a positive one unless it says otherwise.
        public init(text: String, path: String? = nil, secret: String? = nil, isNegative: Bool = false) {
            self.text = text
            self.path = path
            self.secret = secret
            self.isNegative = isNegative
        }
    }
}
