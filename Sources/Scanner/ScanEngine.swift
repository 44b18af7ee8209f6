internal import PCRE2
public import Rules

/// A rule set made ready for scanning. Made once, shared by all threads; each thread scans with a `BlobScanner`.
public final class ScanEngine: Sendable {
    /// Sorted by id.
    public let rules: [Rule]
    let compiled: [CompiledRule]
    let prefilter: Prefilter
    /// For each keyword of the prefilter, the rules that it sets off.
    let triggers: [[Trigger]]
    /// Rules that are tried on every text: their keywords are missing or too short to be searched for.
    let untriggered: [Int]
    let providers: ProviderNames

    struct Trigger: Sendable {
        let rule: Int
        /// The keyword is one that makes the rule look at the whole text.
        let isForWholeText: Bool
    }

    public init(_ ruleSet: RuleSet) {
        rules = ruleSet.rules
        let compiled = ruleSet.rules.map { CompiledRule($0, globalAllowlists: ruleSet.allowlists) }
        var keywords: [[UInt8]] = []
        var numbers: [[UInt8]: Int] = [:]
        var triggers: [[Trigger]] = []
        var untriggered: [Int] = []
        for (index, rule) in compiled.enumerated() {
            let all = rule.triggers.map { ($0, rule.reach == .text) } + rule.fileTriggers.map { ($0, true) }
            let isSearchable = !rule.triggers.isEmpty && all.allSatisfy { Self.searchableLengths.contains($0.0.count) }
            guard isSearchable else {
                untriggered.append(index)
                continue
            }
            for (keyword, isForWholeText) in all {
                let number = numbers[keyword, default: keywords.count]
                if number == keywords.count {
                    numbers[keyword] = number
                    keywords.append(keyword)
                    triggers.append([])
                }
                triggers[number].append(Trigger(rule: index, isForWholeText: isForWholeText))
            }
        }
        self.compiled = compiled
        self.triggers = triggers
        self.untriggered = untriggered
        prefilter = Prefilter(keywords: keywords)
        providers = ProviderNames(rules: ruleSet.rules)
    }

    private static let searchableLengths = Prefilter.minimumKeywordLength...Prefilter.maximumKeywordLength

    /// Compiles every pattern of the given rules, or of all, so that a broken one is an error before anything is scanned.
    ///
    /// - Throws: `RuleFileError` that names the rule and the place in its pattern.
    public func validate(_ ids: Set<String>? = nil) throws(RuleFileError) {
        for rule in compiled where ids?.contains(rule.rule.id) ?? true {
            let patterns = [rule.pattern, rule.path].compactMap { $0 } + rule.allowlists.flatMap(\.patterns)
                + (rule.context?.paths ?? [])
            for lazy in patterns {
                do {
                    _ = try Pattern(lazy.source, jit: false)
                } catch {
                    throw RuleFileError(file: "rule \(rule.rule.id)", reason: "pattern does not compile: \(error)")
                }
            }
        }
    }
}
