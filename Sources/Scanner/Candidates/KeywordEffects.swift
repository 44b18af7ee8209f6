import Rules

/// What each keyword does where it stands in a text. Owns its memory.
///
/// It is asked at every keyword of every text. No arrays: each look would retain and release them, which took 9 % of a
/// history's scan.
///
/// `@unchecked Sendable`: its memory is not written to once it is made.
struct KeywordEffects: ~Copyable, @unchecked Sendable {
    /// What a keyword does for one of its rules.
    struct Effect {
        enum Kind: UInt8 {
            /// It is one of the words that the rule looks for anywhere in the file.
            case fileWord
            /// It is such a word, and the rule is tried on the whole text.
            case fileWordForText
            /// The rule is tried on the whole text.
            case text
            /// The rule is tried `before` bytes before the keyword to `behind` bytes behind it.
            case around
            /// The rule is tried on the keyword's line.
            case line
            /// The rule judges what is assigned to the name that holds the keyword.
            case name
        }

        /// Index in the rule set.
        let rule: Int
        let kind: Kind
        /// In bytes from the keyword's first one; see `KeywordWindow.around`.
        let before: Int32
        let behind: Int32
    }

    private struct Keyword {
        /// Where its effects begin; they end where the next one's do.
        var start: Int32
        /// In bytes.
        var length: Int32
        var isJudgedAlone: Bool
    }

    private let keywords: UnsafeMutableBufferPointer<Keyword>
    private let effects: UnsafeMutableBufferPointer<Effect>

    /// - Parameter isJudgedAlone: For each keyword, whether only rules have it that judge what is assigned.
    init(_ table: KeywordTable, isJudgedAlone: [Bool]) {
        keywords = .allocate(capacity: table.lengths.count + 1)
        effects = .allocate(capacity: table.triggers.elements.count)
        var count = 0
        for keyword in table.lengths.indices {
            keywords.initializeElement(
                at: keyword,
                to: Keyword(
                    start: Int32(count), length: Int32(table.lengths[keyword]),
                    isJudgedAlone: isJudgedAlone[keyword]))
            for trigger in table.triggers[keyword] {
                effects.initializeElement(
                    at: count, to: Effect(trigger, table.reaches[trigger.rule].beginnings))
                count += 1
            }
        }
        keywords.initializeElement(
            at: table.lengths.count, to: Keyword(start: Int32(count), length: 0, isJudgedAlone: false))
    }

    deinit {
        keywords.deallocate()
        effects.deallocate()
    }

    /// In bytes.
    @inline(__always)
    func length(of keyword: Int) -> Int { Int(keywords[keyword].length) }

    /// Whether only judged rules have a keyword: it stands everywhere, and says nothing of what escapes hide.
    @inline(__always)
    func isJudgedAlone(_ keyword: Int) -> Bool { keywords[keyword].isJudgedAlone }

    /// The numbers of a keyword's effects.
    @inline(__always)
    func numbers(of keyword: Int) -> Range<Int> {
        Int(keywords[keyword].start)..<Int(keywords[keyword + 1].start)
    }

    @inline(__always)
    subscript(number: Int) -> Effect { effects[number] }
}

extension KeywordEffects.Effect {
    fileprivate init(_ trigger: KeywordTrigger, _ beginnings: KeywordWindow) {
        var around = (before: 0, behind: 0)
        switch beginnings {
        case _ where trigger.isFileWord: kind = trigger.opensWholeText ? .fileWordForText : .fileWord
        case .text: kind = .text
        case .line: kind = .line
        case .keyword: kind = .name
        case .around(let before, let behind):
            kind = .around
            around = (before, behind)
        case .context:
            kind = .around
            around = Margins.context
        }
        rule = trigger.rule
        (before, behind) = (Int32(clamping: around.before), Int32(clamping: around.behind))
    }
}
