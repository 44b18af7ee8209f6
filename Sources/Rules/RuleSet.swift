/// The rules of one scan, and the allow-lists that hold for all of them.
public struct RuleSet: Sendable {
    /// Sorted by id, ids unique.
    public private(set) var rules: [Rule]
    public var allowlists: [Allowlist]

    /// - Throws: `RuleFileError` when two rules share an id.
    public init(rules: [Rule], allowlists: [Allowlist] = []) throws(RuleFileError) {
        self.rules = rules.sorted { $0.id < $1.id }
        self.allowlists = allowlists
        for (rule, next) in zip(self.rules, self.rules.dropFirst()) where rule.id == next.id {
            throw RuleFileError(file: "rules", reason: "the id \(rule.id) is used by two rules")
        }
    }

    /// The rule with an id.
    public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

    /// Adds the rules of a file. A rule with a known id replaces that rule, as in gitleaks' `extend`; what the
    /// replacement leaves open (description, remediation, severity of the default) is taken as the file has it.
    public mutating func merge(_ file: RuleFile) throws(RuleFileError) {
        let replaced = Set(file.rules.map(\.id))
        self = try RuleSet(
            rules: rules.filter { !replaced.contains($0.id) } + file.rules, allowlists: allowlists + file.allowlists)
    }

    /// Leaves only rules that `isIncluded` holds for.
    public mutating func keep(_ isIncluded: (Rule) -> Bool) { rules.removeAll { !isIncluded($0) } }
}
