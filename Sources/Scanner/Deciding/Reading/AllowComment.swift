import Bytes
import Findings

/// A comment of ours: `windsock:allow`, and what it may say behind that.
struct AllowComment {
    /// What it speaks for, by the word behind `windsock:`.
    enum Kind: String, CaseIterable {
        case line = "allow"
        case nextLine = "allow-next-line"
        case start = "allow-start"
        case end = "allow-end"
        case file = "allow-file"
    }

    /// Where its words stand, from `windsock:` to the last that says which rule it is for.
    let range: Range<Int>
    let kind: Kind
    /// In small letters, a `*` at the end stands for any ending; empty: it is for all rules.
    let ruleIDs: [String]
    /// The last day on which it is in force; `nil`: for ever.
    let expiry: CalendarDay?
    /// It says until when it is in force, and that is no day.
    let hasWrongDate: Bool
    /// Why, in free words: what stands behind the ids, as far as it belongs to the comment. Empty: it does not say.
    let reason: String

    /// What every comment of ours begins with.
    static let mark = "windsock:"
    /// A comment is not longer, in bytes.
    private static let reach = 512

    /// - Parameters:
    ///   - start: Where the mark stands.
    ///   - end: Where the word behind it ends.
    ///   - text: The text.
    init(_ kind: Kind, from start: Int, wordEnd end: Int, in text: UnsafeRawBufferPointer) {
        self.kind = kind
        let lineEnd = text.lineEnd(of: end, reach: Self.reach)
        let rest = text.slice(end..<lineEnd)
        let next = Array(Self.mark.utf8).withUnsafeBufferPointer { rest.firstCaseless($0) } ?? rest.count
        let words = rest.slice(0..<next)
        var parser = IDParser(words)
        ruleIDs = parser.ruleIDs()
        range = start..<(end + parser.offset)
        (expiry, hasWrongDate) = Self.expiry(in: words)
        reason = Self.reason(in: words.slice(parser.offset..<words.count))
    }

    /// The words without what closes a comment, and without the day until which it is in force.
    private static func reason(in bytes: UnsafeRawBufferPointer) -> String {
        var text = String(decoding: bytes, as: UTF8.self)[...]
        for end in ["*/", "-->", "--%>", "%>", "#}", "}}", "*)", "|#", "\"", "'"] {
            if let cut = text.firstRange(of: end) { text = text[..<cut.lowerBound] }
        }
        var words = text.split { $0 == " " || $0 == "\t" }
        if let until = words.firstIndex(where: { $0.lowercased().hasPrefix("until") }) {
            let rest = words[until].dropFirst("until".count + 1)
            let isSplit = rest.isEmpty && until + 1 < words.count
            if CalendarDay((isSplit ? words[until + 1] : rest).prefix { $0.isNumber || $0 == "-" }) != nil {
                words.removeSubrange(until...(isSplit ? until + 1 : until))
            }
        }
        let isMark = { (character: Character) in "-:;,#/*.".contains(character) }
        while let first = words.first, first.allSatisfy(isMark) { words.removeFirst() }
        while let last = words.last, last.allSatisfy(isMark) { words.removeLast() }
        return words.joined(separator: " ")
    }

    /// Reads the ids behind the word.
    private struct IDParser {
        private let text: UnsafeRawBufferPointer
        private var index = 0
        /// Where the last id ends.
        private(set) var offset = 0

        init(_ text: UnsafeRawBufferPointer) { self.text = text }

        /// `mistral-api-key`, `mistral-*, github-app-private-key`. Ids are of several words, and a reason's first word is hardly ever
        /// hyphenated; behind the first there are others only with commas between them.
        mutating func ruleIDs() -> [String] {
            var ids: [String] = []
            open()
            while let id = ruleID() {
                ids.append(id)
                offset = index
                let position = index
                skip { $0 == .space || $0 == .tab || $0.isQuote }
                guard index < text.count, text[index] == .comma else {
                    index = position
                    break
                }
                index += 1
                skip { $0 == .space || $0 == .tab || $0.isQuote }
            }
            return ids
        }

        /// What people write ahead of an id, by what they know of other tools: `: id`, `=id`, `(id)`, `[id]`, `rule=id`, `"id"`.
        private mutating func open() {
            let start = index
            skip { $0 == .space || $0 == .tab || $0 == .colon || $0 == .equalsSign }
            let isApart = index > start
            if index < text.count, [.leftParenthesis, .leftBracket, .leftBrace].contains(text[index]) {
                index += 1
                skip { $0 == .space || $0 == .tab }
            } else if !isApart {
                return
            }
            for word: StaticString in ["rules", "rule", "ids", "id"] {
                let end = index + word.utf8CodeUnitCount
                guard end < text.count, text.slice(index..<end).equalsCaseless(word),
                    text[end] == .equalsSign || text[end] == .colon
                else { continue }
                index = end
                skip { $0 == .space || $0 == .tab || $0 == .colon || $0 == .equalsSign }
                break
            }
            // Between quotes there is an id and nothing else: a text in quotes is mostly another one.
            guard index < text.count, text[index].isQuote else { return }
            let quote = text[index]
            let opened = index
            index += 1
            let isID = ruleID() != nil && index < text.count && text[index] == quote
            index = isID ? opened + 1 : opened
        }

        private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
            while index < text.count, isSkipped(text[index]) { index += 1 }
        }

        private mutating func ruleID() -> String? {
            let start = index
            skip { $0.isAlphanumeric || $0 == .hyphen || $0 == .asterisk }
            let word = text.slice(start..<index)
            guard word.contains(.hyphen), word.count > 3 else { return nil }
            return String(decoding: word, as: UTF8.self).lowercased()
        }
    }

    /// `until=2026-03-01`, `until: 2026-03-01`, `until 2026-03-01`, `(until = 2026-03-01)`, `expires=2026-03-01`
    private static func expiry(in bytes: UnsafeRawBufferPointer) -> (CalendarDay?, isWrong: Bool) {
        let words = String(decoding: bytes, as: UTF8.self).lowercased().split { " \t,()[]{}\"'".contains($0) }
        for (index, word) in words.enumerated() {
            guard let name = CalendarDay.wordsForEnds.first(where: { word.hasPrefix($0) }) else { continue }
            var rest = word.dropFirst(name.count)
            var next = index + 1
            if rest.isEmpty, next < words.count, words[next].hasPrefix("=") || words[next].hasPrefix(":") {
                rest = words[next]
                next += 1
            }
            let sign = rest.first
            guard sign == nil || sign == "=" || sign == ":" else { continue }
            rest = rest.dropFirst()
            let date = rest.isEmpty && next < words.count ? words[next] : rest
            if let day = CalendarDay(date.prefix { $0.isNumber || $0 == "-" }) { return (day, false) }
            // "until it is rotated" is a reason.
            if sign == "=" { return (nil, true) }
        }
        return (nil, false)
    }

    /// Whether it speaks for a rule.
    ///
    /// - Parameter names: The id of the rule, and those that it had before.
    func isFor(_ names: [String]) -> Bool {
        ruleIDs.isEmpty || ruleIDs.contains { wanted in names.contains { Self.matches($0, wanted) } }
    }

    /// Whether an id is one that a comment names.
    static func matches(_ id: String, _ wanted: String) -> Bool {
        wanted.hasSuffix("*") ? id.lowercased().hasPrefix(wanted.dropLast()) : id.lowercased() == wanted
    }
}
