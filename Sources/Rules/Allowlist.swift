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
    /// The file of settings that it stands in; `nil` for one that is part of a built-in rule.
    package var origin: Origin?

    /// Where an allow-list comes from.
    package struct Origin: Sendable, Hashable {
        /// What a file of settings says in its own words, and that is asked as an allow-list is.
        package enum Kind: Sendable, Hashable {
            case allowlist
            /// It switches rules off.
            case disabledRules
            /// It leaves paths out.
            case exclusion
        }

        /// As reports name it.
        package var file: String
        /// The folder, as seen from what is scanned, that it is for and that its paths begin in; empty: all of it.
        package var folder: String
        /// What of the way from the file's folder to what is scanned goes before each path; empty, or with `/` at its end.
        package var prefix: String
        package var kind = Kind.allowlist

        package init(file: String, folder: String = "", prefix: String = "") {
            self.file = file
            self.folder = folder
            self.prefix = prefix
        }

        /// A path as the file's author sees it; `nil`: it is not in the folder.
        package func path(_ path: String) -> String? {
            if folder.isEmpty { return prefix + path }
            guard path.hasPrefix(folder + "/") else { return nil }
            return String(path.dropFirst(folder.count + 1))
        }
    }

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
