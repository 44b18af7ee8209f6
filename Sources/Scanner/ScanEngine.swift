internal import PCRE2
public import Rules
import Synchronization

/// A rule set made ready for scanning. Made once, shared by all threads; each thread scans with a `BlobScanner`.
public final class ScanEngine: Sendable {
    /// Sorted by id.
    public let rules: [Rule]
    let prefilter: Prefilter
    /// Lower case, in the prefilter's order.
    let keywords: [[UInt8]]
    /// For each keyword of the prefilter, the rules that it sets off.
    let triggers: [[Trigger]]
    /// Of each keyword of the prefilter, in bytes.
    let keywordLengths: [Int]
    /// Rules that are tried on every text: their keywords are missing or too short to be searched for.
    let untriggered: [Int]
    /// Rules that judge paths alone.
    let pathRules: [Int]
    /// For each rule, where its matches can begin once it is set off.
    let starts: [Reach]
    /// For each rule, what its matches can take.
    let reaches: [Reach]
    let allowlists: [Allowlist]
    private let compiled: Mutex<[CompiledRule?]>
    /// Of all rules.
    private let providers: ProviderNamesOnce

    struct Trigger: Sendable {
        let rule: Int
        /// The keyword is one of the file words.
        let isFileWord: Bool
        /// It makes the rule look at the whole text: no keyword of the rule's own need stand in its matches.
        let widens: Bool
        /// In a path, the keyword says as much as in the text.
        let speaksInPaths: Bool
    }

    public init(_ ruleSet: RuleSet) {
        rules = ruleSet.rules
        allowlists = ruleSet.allowlists
        providers = ProviderNamesOnce(rules: ruleSet.rules)
        compiled = Mutex(Array(repeating: nil, count: ruleSet.rules.count))
        starts = ruleSet.rules.map(\.start)
        reaches = ruleSet.rules.map(\.reach)
        var index = KeywordIndex(expecting: 4 * ruleSet.rules.count)
        pathRules = ruleSet.rules.indices.filter { ruleSet.rules[$0].regex == nil && ruleSet.rules[$0].path != nil }
        for (number, rule) in ruleSet.rules.enumerated() where rule.regex != nil {
            let fileWords = rule.context?.file ?? []
            let isSearchable =
                !rule.triggers.isEmpty
                && (rule.triggers + fileWords).allSatisfy {
                    Self.searchableLengths.contains($0.utf8.count)
                }
            guard isSearchable else {
                index.untriggered.append(number)
                continue
            }
            let exact = rule.knownShape?.exactKeywords ?? []
            // Matches that hold a keyword are found by it.
            let widens = rule.isSetOffByContext || rule.knownShape?.holdsKeyword != true
            for (place, keyword) in rule.triggers.enumerated() {
                index.add(
                    keyword, exactly: exact.indices.contains(place) ? exact[place] : nil,
                    Trigger(
                        rule: number, isFileWord: false, widens: false,
                        speaksInPaths: rule.isSetOffByContext && !fileWords.isEmpty))
            }
            for keyword in fileWords {
                index.add(
                    keyword, Trigger(rule: number, isFileWord: true, widens: widens, speaksInPaths: widens))
            }
        }
        keywords = index.keywords
        triggers = index.triggers
        untriggered = index.untriggered
        keywordLengths = index.keywords.map { $0.count }
        prefilter = Prefilter(index.searched)
    }

    /// Numbers the distinct keywords of all rules.
    private struct KeywordIndex {
        var keywords: [[UInt8]] = []
        /// The same as they are looked for.
        var searched: [Prefilter.Keyword] = []
        var triggers: [[Trigger]] = []
        var untriggered: [Int] = []
        private var numbers: [Prefilter.Keyword: Int] = [:]

        /// - Parameter count: About how many keywords there will be.
        init(expecting count: Int) {
            keywords.reserveCapacity(count)
            searched.reserveCapacity(count)
            triggers.reserveCapacity(count)
            numbers.reserveCapacity(count)
        }

        /// - Parameter exact: The keyword as it stands in every match: `GOOG` begins keys, `google` stands everywhere.
        mutating func add(_ keyword: String, exactly exact: String? = nil, _ trigger: Trigger) {
            let wanted = Prefilter.Keyword(bytes: Array((exact ?? keyword).utf8), isExact: exact != nil)
            let number = numbers[wanted] ?? keywords.count
            if number == keywords.count {
                numbers[wanted] = number
                keywords.append(Array(keyword.utf8))
                searched.append(wanted)
                triggers.append([])
            }
            triggers[number].append(trigger)
        }
    }

    /// Whether there are rules without a pattern for the content: what they find depends on the path alone.
    public var judgesPaths: Bool { !pathRules.isEmpty }

    /// The rule made ready; made now if it was not needed before.
    func compiledRule(_ index: Int) -> CompiledRule {
        compiled.withLock { rules in
            if let known = rules[index] { return known }
            let rule = self.rules[index]
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
    public func allows(commit: String, rule: Int) -> Bool {
        compiledRule(rule).decision.allowance.allows(commit: commit)
    }

    private static let searchableLengths = Prefilter.minimumKeywordLength...Prefilter.maximumKeywordLength

    /// Compiles every pattern of the given rules, or of all, so that a broken one is an error before anything is scanned.
    ///
    /// - Throws: `RuleFileError` that names the rule and the place in its pattern.
    public func validate(_ ids: Set<String>? = nil) throws(RuleFileError) {
        for (index, rule) in rules.enumerated() where ids?.contains(rule.id) ?? true {
            for lazy in compiledRule(index).patterns {
                do {
                    _ = try Pattern(lazy.source, jit: false)
                } catch {
                    throw RuleFileError(file: "rule \(rule.id)", reason: "pattern does not compile: \(error)")
                }
            }
        }
    }
}
