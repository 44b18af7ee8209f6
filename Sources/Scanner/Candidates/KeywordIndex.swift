import Bytes
import Rules

/// The keywords of a rule set, numbered, and the rules that each of them sets off. Made once, shared by all threads.
final class KeywordIndex: Sendable {
    let rules: [Rule]
    let prefilter: Prefilter
    /// Of each keyword, in bytes.
    let lengths: [Int]
    /// For each keyword, the rules that it sets off.
    let triggers: ListTable<KeywordTrigger>
    /// Keywords from this number on set no rules off: they are the literals of `EscapeMarks`.
    let firstMark: Int
    /// Rules that are tried on every text: their keywords are missing or too short to be searched for.
    let untriggered: [Int]
    /// Rules that judge paths alone.
    let pathRules: [Int]
    /// For each rule, how it is set off, and how long a text it can match.
    let reaches: [RuleReach]
    /// For each rule, where around a keyword its matches can begin.
    let beginnings: [KeywordWindow]

    /// Keywords of judged rules that speak of lines further off: each text that holds one is looked at whole.
    let blockKeywords: [Int]
    /// Rules that judge what is assigned.
    let judgedRules: [Int]
    /// The same once more, and what else is asked at each keyword of a text.
    let effects: KeywordEffects

    /// Lower case, one behind the other.
    private let bytes: [UInt8]
    /// Where each keyword starts.
    private let starts: [Int]

    var keywordCount: Int { lengths.count }

    init(_ ruleSet: RuleSet) {
        rules = ruleSet.rules
        var table = ruleSet.keywordTable
        firstMark = table.lengths.count
        for (text, _) in EscapeMarks.literals { table.addMark(text) }
        prefilter = Prefilter(bytes: table.bytes, lengths: table.lengths, isExact: table.isExact)
        lengths = table.lengths
        triggers = table.triggers
        reaches = table.reaches
        beginnings = table.reaches.map(\.beginnings)
        bytes = table.bytes.map(UnsafeRawBufferPointer.folded)
        var start = 0
        starts = table.lengths.map { length in
            defer { start += length }
            return start
        }
        untriggered = Self.rules(table) { $0 == .always }
        pathRules = Self.rules(table) { $0 == .path }
        judgedRules = Self.rules(table) { $0 == .judge }
        let isJudged = table.reaches.map { $0.start == .judge }
        effects = KeywordEffects(
            table,
            isJudgedAlone: table.lengths.indices.map { table.triggers[$0].allSatisfy { isJudged[$0.rule] } })
        blockKeywords = table.lengths.indices.filter { [lengths, bytes, starts, triggers] keyword in
            let keywordBytes = bytes[starts[keyword]..<starts[keyword] + lengths[keyword]]
            return KubernetesSecret.keywords.contains { keywordBytes.elementsEqual($0) }
                && triggers[keyword].contains { isJudged[$0.rule] }
        }
    }

    private static func rules(_ table: KeywordTable, _ isWanted: (RuleReach.Start) -> Bool) -> [Int] {
        table.reaches.indices.filter { isWanted(table.reaches[$0].start) }
    }

    /// A keyword, in lower case.
    func keyword(_ number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number] + lengths[number]] }

    /// Offset of the first place in a range where a keyword stands, ASCII case ignored.
    func first(_ keyword: Int, in range: Range<Int>, of text: UnsafeRawBufferPointer) -> Int? {
        bytes.withUnsafeBufferPointer {
            text.firstCaseless($0[starts[keyword]..<starts[keyword] + lengths[keyword]], in: range)
        }
    }
}
