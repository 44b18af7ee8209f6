/// The distinct keywords of rules, while they are numbered.
struct NumberedKeywords {
    /// As it is looked for.
    struct Keyword: Hashable {
        var bytes: [UInt8]
        var isExact: Bool
    }

    private(set) var keywords: [Keyword] = []
    /// For each keyword, the rules that it sets off.
    private(set) var triggers: [[KeywordTrigger]] = []
    private var numbers: [Keyword: Int] = [:]

    mutating func add(_ rule: Rule, _ number: Int) {
        let fileWords = rule.context?.file ?? []
        let exact = rule.knownShape?.exactKeywords ?? []
        for (place, keyword) in rule.triggers.enumerated() {
            add(
                keyword, exactly: exact.indices.contains(place) ? exact[place] : nil,
                KeywordTrigger(
                    rule: number, isFileWord: false, opensWholeText: false,
                    countsInPaths: rule.isSetOffByContext && !fileWords.isEmpty))
        }
        // Matches that hold a keyword are found by it.
        let opensText = rule.isSetOffByContext || rule.knownShape?.holdsKeyword != true
        for keyword in fileWords {
            add(
                keyword, exactly: nil,
                KeywordTrigger(rule: number, isFileWord: true, opensWholeText: opensText, countsInPaths: opensText))
        }
    }

    /// - Parameter exact: The keyword as it stands in every match.
    private mutating func add(_ keyword: String, exactly exact: String?, _ trigger: KeywordTrigger) {
        let wanted = Keyword(bytes: Array((exact ?? keyword).utf8), isExact: exact != nil)
        let number = numbers[wanted] ?? keywords.count
        if number == keywords.count {
            numbers[wanted] = number
            keywords.append(wanted)
            triggers.append([])
        }
        triggers[number].append(trigger)
    }
}
