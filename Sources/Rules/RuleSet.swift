/// The rules of one scan, and the allow-lists that hold for all of them.
public struct RuleSet: Sendable {
    /// Sorted by id, ids unique.
    public private(set) var rules: [Rule]
    /// Allow-lists that hold for all rules, or for their `targetRules`.
    public var allowlists: [Allowlist]
    /// Rules that a digest is known of; most sets are these, or differ from them in a few.
    package private(set) var known: KnownRules?

    /// Rules and their digest, so that it need not be worked out in each run of the program.
    package struct KnownRules: Sendable {
        /// Sorted.
        package let ids: [String]
        /// 64 hex digits: SHA-256 of the compiled form.
        package let digest: String
        /// What `KeywordTable` wrote of them.
        fileprivate let keywords: PermanentBytes
        /// The ids of those that are not as they were, or were added.
        package fileprivate(set) var changed: Set<String> = []
    }
    /// What a team's own names of secrets hold, lower case: what is given to them is not shown, whichever rules are asked.
    package private(set) var secretNames: [String] = []

    /// A set of rules, in any order.
    ///
    /// - Throws: `RuleFileError` when two rules share an id.
    public init(rules: [Rule], allowlists: [Allowlist] = []) throws(RuleFileError) {
        // The built-in rules are in order already: to sort them again would copy each many times.
        let isInOrder = rules.indices.dropFirst().allSatisfy { rules[$0 - 1].id <= rules[$0].id }
        self.rules = isInOrder ? rules : rules.sorted { $0.id < $1.id }
        self.allowlists = allowlists
        for next in self.rules.indices.dropFirst() where self.rules[next - 1].id == self.rules[next].id {
            throw Self.usedTwice(self.rules[next].id)
        }
    }

    /// A set of rules, sorted by id, of which more was prepared.
    ///
    /// - Parameters:
    ///   - digest: Of their compiled form.
    ///   - keywords: Their `KeywordTable` in the compiled form.
    /// - Throws: `RuleFileError` when two rules share an id.
    package init(rules: [Rule], digest: String, keywords: PermanentBytes) throws(RuleFileError) {
        try self.init(rules: rules)
        known = KnownRules(ids: self.rules.map(\.id), digest: digest, keywords: keywords)
    }

    /// The keywords of all rules: prepared ones, where most of the rules are as they were when these were prepared.
    package var keywordTable: KeywordTable {
        guard let known else { return KeywordTable(rules) }
        var numbers = [Int?](repeating: nil, count: known.ids.count)
        var number = 0
        // Both are in order.
        for (place, id) in known.ids.enumerated() {
            while number < rules.count, rules[number].id < id { number += 1 }
            guard number < rules.count else { break }
            if rules[number].id == id, !known.changed.contains(id) { numbers[place] = number }
        }
        guard numbers.count(where: { $0 != nil }) > known.ids.count / 2 else { return KeywordTable(rules) }
        return KeywordTable(rules, compiled: known.keywords, numbers: numbers)
    }

    /// The rule with an id, or the one that had it in earlier versions.
    public func rule(_ id: String) -> Rule? { rules.first(called: id) }

    /// Adds rules, each where its id belongs.
    ///
    /// - Throws: `RuleFileError` when an id is used already.
    public mutating func add(_ added: [Rule]) throws(RuleFileError) {
        for rule in added {
            known?.changed.insert(rule.id)
            let place = rules.firstIndex { $0.id >= rule.id } ?? rules.endIndex
            guard place == rules.endIndex || rules[place].id != rule.id else { throw Self.usedTwice(rule.id) }
            rules.insert(rule, at: place)
        }
    }

    private static func usedTwice(_ id: String) -> RuleFileError {
        RuleFileError(file: "rules", reason: "the id \(id) is used by two rules")
    }

    /// Adds the rules of a file. A rule with a known id replaces that rule, as in gitleaks' `extend`; what the
    /// replacement leaves open (description, remediation, severity of the default) is taken as the file has it.
    public mutating func merge(_ file: RuleFile) throws(RuleFileError) {
        let replaced = Set(file.rules.map(\.id))
        var merged = try RuleSet(
            rules: rules.filter { !replaced.contains($0.id) } + file.rules, allowlists: allowlists + file.allowlists)
        merged.known = known
        merged.known?.changed.formUnion(replaced)
        merged.secretNames = secretNames
        self = merged
    }

    /// The ids of rules that somebody means who names these: an id that no rule has any more is that of the rule that had it.
    package func ids(called names: some Sequence<String>) -> Set<String> {
        let current = Set(rules.map(\.id))
        return names.reduce(into: []) { ids, name in
            if current.contains(name) {
                ids.insert(name)
            } else {
                ids.formUnion(rules.lazy.filter { $0.formerly.contains(name) }.map(\.id))
            }
        }
    }

    /// The ids of rules whose secrets somebody lets pass who names these: with a rule go those for other forms of its secret.
    package func ids(allowedBy names: some Sequence<String>) -> Set<String> {
        let meant = ids(called: names)
        let variants = rules.lazy.filter { $0.variantOf.map(meant.contains) ?? false }.map(\.id)
        return meant.union(variants)
    }

    /// Changes the rules with these ids, which keep them.
    package mutating func change(_ ids: Set<String>, _ change: (inout Rule) -> Void) {
        for index in rules.indices where ids.contains(rules[index].id) {
            let id = rules[index].id
            known?.changed.insert(id)
            change(&rules[index])
            precondition(rules[index].id == id, "a rule that is changed keeps its id")
        }
    }

    /// Has the rules that judge what is assigned look at names that hold these, too.
    package mutating func addSecretNames(_ names: [String]) {
        let names = names.map { $0.lowercased() }
        secretNames += names.filter { !secretNames.contains($0) }
        for index in rules.indices where rules[index].judge != nil {
            known?.changed.insert(rules[index].id)
            rules[index].secretNames += names.filter { !rules[index].secretNames.contains($0) }
            rules[index].keywords += names.filter { !rules[index].keywords.contains($0) }
        }
    }

    /// Leaves only rules that `isIncluded` holds for.
    public mutating func keep(_ isIncluded: (Rule) -> Bool) { rules.removeAll { !isIncluded($0) } }
}

extension [Rule] {
    /// The rule with an id; where none has it, the one that had it in earlier versions.
    package func first(called id: String) -> Rule? { first { $0.id == id } ?? first { $0.formerly.contains(id) } }
}
