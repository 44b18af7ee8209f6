import Rules

/// The keywords of a rule set, numbered, and the rules that each of them sets off. Made once, shared by all threads.
final class KeywordIndex: Sendable {
    let rules: [Rule]
    let prefilter: Prefilter
    /// Lower case, in the prefilter's order.
    let keywords: [[UInt8]]
    /// Of each keyword, in bytes.
    let lengths: [Int]
    /// For each keyword, the rules that it sets off.
    let triggers: [[Trigger]]
    /// Keywords from this number on set no rules off: they are the literals of `EscapeMarks`.
    let firstMark: Int
    /// Rules that are tried on every text: their keywords are missing or too short to be searched for.
    let untriggered: [Int]
    /// For each rule, how many bytes a text may have at the most that it can match: where a match is all of a text, as many
    /// as the longest match has.
    let longestTexts: [Int]
    /// For each rule, where around a keyword its matches can begin.
    let beginnings: [KeywordWindow]
    /// For each rule, where around a keyword any byte of its matches can stand.
    let extents: [KeywordWindow]

    /// Keywords of judged rules that speak of lines further off: each text that holds one is looked at whole.
    let blockKeywords: [Int]
    /// Rules that judge what is assigned.
    let judgedRules: [Int]
    /// For each keyword, whether only judged rules have it: they stand everywhere, and say nothing of what escapes hide.
    let isJudgedAlone: [Bool]

    private static let searchableLengths = Prefilter.minimumKeywordLength...Prefilter.maximumKeywordLength

    /// - Parameter rules: Those without a pattern are left out.
    init(_ rules: [Rule]) {
        self.rules = rules
        var list = NumberedKeywords(expecting: 4 * rules.count)
        var untriggered: [Int] = []
        for (number, rule) in rules.enumerated() where rule.regex != nil || rule.judge != nil {
            if Self.isSearchable(rule) { list.add(rule, number) } else { untriggered.append(number) }
        }
        self.untriggered = untriggered
        firstMark = list.keywords.count
        for (text, _) in EscapeMarks.literals { list.addMark(text) }
        keywords = list.keywords
        lengths = list.keywords.map { $0.count }
        triggers = list.triggers
        prefilter = Prefilter(list.searched)
        longestTexts = rules.map(\.longestText)
        beginnings = rules.map(\.beginnings)
        extents = rules.map(\.extent)
        judgedRules = rules.indices.filter { rules[$0].judge != nil }
        let judged = Set(judgedRules)
        isJudgedAlone = list.triggers.map { $0.allSatisfy { judged.contains($0.rule) } }
        blockKeywords = list.keywords.indices.filter { keyword in
            KubernetesSecret.keywords.contains(list.keywords[keyword])
                && list.triggers[keyword].contains { judged.contains($0.rule) }
        }
    }

    private static func isSearchable(_ rule: Rule) -> Bool {
        !rule.triggers.isEmpty
            && (rule.triggers + (rule.context?.file ?? [])).allSatisfy { searchableLengths.contains($0.utf8.count) }
    }

    /// The distinct keywords of all rules.
    private struct NumberedKeywords {
        private(set) var keywords: [[UInt8]] = []
        /// Each as it is looked for: some with the case that it has in every match.
        private(set) var searched: [Prefilter.Keyword] = []
        private(set) var triggers: [[Trigger]] = []
        private var numbers: [Prefilter.Keyword: Int] = [:]

        /// - Parameter count: About how many keywords there will be.
        init(expecting count: Int) {
            keywords.reserveCapacity(count)
            searched.reserveCapacity(count)
            triggers.reserveCapacity(count)
            numbers.reserveCapacity(count)
        }

        mutating func add(_ rule: Rule, _ number: Int) {
            let fileWords = rule.context?.file ?? []
            let exact = rule.knownShape?.exactKeywords ?? []
            for (place, keyword) in rule.triggers.enumerated() {
                add(
                    keyword, exactly: exact.indices.contains(place) ? exact[place] : nil,
                    Trigger(
                        rule: number, isFileWord: false, opensWholeText: false,
                        countsInPaths: rule.isSetOffByContext && !fileWords.isEmpty))
            }
            // Matches that hold a keyword are found by it.
            let opensText = rule.isSetOffByContext || rule.knownShape?.holdsKeyword != true
            for keyword in fileWords {
                add(
                    keyword, exactly: nil,
                    Trigger(rule: number, isFileWord: true, opensWholeText: opensText, countsInPaths: opensText))
            }
        }

        /// Adds a literal that sets no rule off.
        mutating func addMark(_ literal: String) {
            keywords.append(Array(literal.utf8))
            searched.append(Prefilter.Keyword(bytes: Array(literal.utf8), isExact: true))
            triggers.append([])
        }

        /// - Parameter exact: The keyword as it stands in every match: `GOOG` begins keys, `google` stands everywhere.
        private mutating func add(_ keyword: String, exactly exact: String?, _ trigger: Trigger) {
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
}
