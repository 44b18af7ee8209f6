internal import PCRE2
public import Rules
import Synchronization

/// A rule set made ready for scanning. Made once, shared by all threads; each thread scans with a `BlobScanner`.
public final class ScanEngine: Sendable {
    /// Sorted by id.
    public let rules: [Rule]
    /// Their keywords.
    let index: KeywordIndex
    let allowlists: [Allowlist]
    /// Those that most of the rules are.
    let known: RuleSet.KnownRules?
    /// What is looked for in place of what rules find; `nil`: nothing was given.
    package let given: GivenSecrets?
    /// Index of the rule under which it is told.
    let givenRule: Int
    private let compiled: Mutex<[CompiledRule?]>
    /// Of all rules.
    let providers: ProviderNamesOnce
    /// For rules that something was found of: how to find what their secrets open.
    private let openers = Mutex<[Int: OpensReader?]>([:])
    /// What the configuration adds to the names of secrets.
    private let ownSecretNames: [String]
    /// `nil` until a line is shown; those that everybody has are made elsewhere.
    private let ownNames = Mutex<NamesOfSecrets?>(nil)

    /// Makes rules ready. No pattern is compiled yet: `validate` tells which do not compile.
    public convenience init(_ ruleSet: RuleSet) { self.init(ruleSet, given: nil) }

    /// Makes rules ready that say what else is not to be shown, and how sure fingerprints are looked for, beside what is given.
    ///
    /// - Parameter given: What is looked for; `GivenSecrets.rule` is among the rules then.
    package init(_ ruleSet: RuleSet, given: GivenSecrets?) {
        self.given = given
        givenRule = given == nil ? 0 : ruleSet.rules.firstIndex { $0.id == GivenSecrets.ruleID } ?? 0
        rules = ruleSet.rules
        known = ruleSet.known
        allowlists = ruleSet.allowlists.map { list in
            var list = list
            // Those that are switched off are named one by one.
            let targets =
                list.origin?.kind == .disabledRules
                ? ruleSet.ids(called: list.targetRules) : ruleSet.ids(allowedBy: list.targetRules)
            // A list for rules that there are not is for none, not for all.
            if !targets.isEmpty { list.targetRules = targets.sorted() }
            return list
        }
        providers = ProviderNamesOnce(rules: ruleSet.rules)
        ownSecretNames = ruleSet.secretNames
        compiled = Mutex(Array(repeating: nil, count: ruleSet.rules.count))
        index = KeywordIndex(ruleSet)
    }

    /// Whether there are rules without a pattern for the content: what they find depends on the path alone.
    package var judgesPaths: Bool { given == nil && !index.pathRules.isEmpty }

    /// The rule made ready; made now if it was not needed before.
    func compiledRule(_ index: Int) -> CompiledRule {
        compiled.withLock { rules in
            if let known = rules[index] { return known }
            let rule = self.rules[index].read
            let made = CompiledRule(
                rule, decision: Decision(rule, allowLists: allowlists, providers: providers))
            rules[index] = made
            return made
        }
    }

    /// Whether an allow-list of a rule names the commit that brought a secret, and asks for nothing else.
    ///
    /// - Parameters:
    ///   - commit: 40 hex digits.
    ///   - rule: Index in `rules`.
    package func allows(commit: String, rule: Int) -> Bool {
        compiledRule(rule).decision.allowance.allows(commit: commit)
    }

    /// The file of settings whose allow-list of a rule names a commit.
    package func file(allowing commit: String, rule: Int) -> String? {
        compiledRule(rule).decision.allowance.list(allowing: commit)?.origin?.file
    }

    /// Names behind which a value is not shown: everybody's, and those of the configuration.
    package var namesOfSecrets: NamesOfSecrets {
        if ownSecretNames.isEmpty { return .common }
        return ownNames.withLock { known in
            let names = known ?? NamesOfSecrets(own: ownSecretNames)
            known = names
            return names
        }
    }

    /// How to find what a rule's secrets open; `nil` where the rule does not say it.
    func opens(of rule: Int) -> OpensReader? {
        openers.withLock { known in
            if let reader = known[rule] { return reader }
            let reader = OpensReader(rules[rule])
            known[rule] = .some(reader)
            return reader
        }
    }

    /// Whose a secret of no provider's form probably is, by its name or by what stands around it; `nil` where nothing says
    /// it, or several are named.
    func provider(of match: Match, in text: UnsafeRawBufferPointer) -> String? {
        let rule = rules[match.rule]
        // Credentials of requests have no form, but a host.
        guard rule.provider.isEmpty, rule.strength == .generic || rule.isOfNoProviderItself else { return nil }
        return providers.titles.provider(of: match.secret, named: match.assignment?.name, in: text)
    }

    /// Compiles every pattern of the given rules, or of all, so that a broken one is an error before anything is scanned.
    ///
    /// - Throws: `RuleFileError` that names the rule and the place in its pattern.
    public func validate(_ ids: Set<String>? = nil) throws(RuleFileError) {
        for (index, rule) in rules.enumerated() where ids?.contains(rule.id) ?? true {
            let openers = rule.opens.map { LazyPattern($0.regex) }
            for lazy in compiledRule(index).patterns + openers {
                do {
                    _ = try Pattern(lazy.source, jit: false)
                } catch {
                    throw RuleFileError(file: "rule \(rule.id)", reason: "pattern does not compile: \(error)")
                }
            }
        }
    }
}
