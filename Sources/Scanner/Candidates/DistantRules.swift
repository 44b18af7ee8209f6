import Bytes

/// The distant triggers of a rule set.
struct DistantRules: Sendable {
    /// For each keyword of the prefilter.
    let triggers: ListTable<DistantTrigger>
    /// Keywords that set a rule off in the whole text.
    let textKeywords: KeywordSet
    /// Keywords that are kept for the blobs that are made from a text.
    let noted: KeywordSet
    /// For each rule that has file words, the keywords that they are.
    private let fileWords: [Int: [Int]]

    init(_ index: KeywordIndex) {
        let lists = (0..<index.keywordCount).map { keyword in
            index.triggers[keyword].compactMap {
                DistantTrigger($0, index.rules[$0.rule], index.reaches[$0.rule])
            }
        }
        var fileWords: [Int: [Int]] = [:]
        var textKeywords = KeywordSet(count: lists.count)
        var noted = KeywordSet(count: lists.count)
        for keyword in index.blockKeywords { noted.insert(keyword) }
        for (keyword, triggers) in lists.enumerated() {
            if !triggers.isEmpty { noted.insert(keyword) }
            if triggers.contains(where: \.isForText) { textKeywords.insert(keyword) }
            for trigger in triggers where trigger.isFileWord { fileWords[trigger.rule, default: []].append(keyword) }
        }
        triggers = ListTable(lists)
        self.fileWords = fileWords
        self.textKeywords = textKeywords
        self.noted = noted
    }

    /// Whether a file word of a rule is among the keywords of a text.
    func holdsFileWord(of rule: Int, _ keywords: KeywordSet) -> Bool {
        fileWords[rule]?.contains(where: keywords.contains) ?? false
    }
}
