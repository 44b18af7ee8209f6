/// What is not a finding although a rule matches: gitleaks' `[[rules.allowlists]]` and `[[allowlists]]`.
public struct Allowlist: Sendable, Hashable {
    /// What `regexes` are matched against.
    public enum Target: String, Sendable, Hashable, CaseIterable {
        /// The secret, all that the pattern matched, or the lines that this touches.
        case secret, match, line
    }

    /// Whether one criterion is enough or all that are given must hold.
    public enum Condition: String, Sendable, Hashable, CaseIterable {
        /// One criterion is enough.
        case any = "OR"
        /// All kinds of criteria that are given must hold.
        case all = "AND"
    }

    /// Why it is there, for the reader; `--explain` calls the list by it.
    public var description: String
    /// Whether one criterion is enough.
    public var condition: Condition
    /// What `regexes` are matched against.
    public var target: Target
    /// PCRE2 patterns.
    public var regexes: [String]
    /// PCRE2 patterns for the path.
    public var paths: [String]
    /// Full or abbreviated commit ids, lower-case hex.
    public var commits: [String]
    /// Words, ASCII case ignored, that must not be part of the secret.
    public var stopwords: [String]
    /// For a global allow-list: the ids of the rules it is for; empty for all.
    public var targetRules: [String]

    /// An allow-list; without a criterion it allows nothing.
    public init(
        description: String = "", condition: Condition = .any, target: Target = .secret, regexes: [String] = [],
        paths: [String] = [], commits: [String] = [], stopwords: [String] = [], targetRules: [String] = []
    ) {
        self.description = description
        self.condition = condition
        self.target = target
        self.regexes = regexes
        self.paths = paths
        self.commits = commits
        self.stopwords = stopwords
        self.targetRules = targetRules
    }
}
