import Bytes

/// A pattern written over several lines: after `(?x)` at its beginning, white space and comments mean nothing, and are
/// taken out here, so that what reads patterns later need not know of them.
enum ExtendedPattern {
    /// The pattern without white space and comments; as it is if it does not begin with `(?x)` or the like (`(?xi)`), or if
    /// white space means something again further on: PCRE2 knows where.
    static func condensed(_ pattern: String) -> String {
        guard let (others, body) = opening(pattern), !changesMeaning(body) else { return pattern }
        var reader = Reader(source: Array(body))
        return (others.isEmpty ? "" : "(?\(others))") + reader.read()
    }

    /// The pattern as a group of its own, so that what is written behind it is no part of its alternatives, its options or
    /// its last comment; and what of it must stand at the beginning of all.
    static func grouped(_ pattern: String) -> (beginning: String, group: String) {
        let verbs = startingVerbs(pattern)
        let body = pattern.utf8.dropFirst(verbs.utf8.count)
        // In a quotation or a comment the parenthesis would be text. Where there is none, `\E` means nothing, and neither does
        // white space behind `(?x)`.
        let endOfQuotation = pattern.contains(#"\Q"#) ? #"\E"# : ""
        let endOfComment = changesMeaning(body) ? "(?x)\n" : ""
        return (verbs, "(?:" + String(Substring(body)) + endOfQuotation + endOfComment + ")")
    }

    /// `(*UTF)`, `(*LIMIT_MATCH=9)`: PCRE2 takes them nowhere but at the beginning.
    private static func startingVerbs(_ pattern: String) -> String {
        var rest = pattern.utf8[...]
        while rest.starts(with: "(*".utf8), let end = rest.firstIndex(of: .rightParenthesis),
            rest[..<end].dropFirst(2).allSatisfy({
                $0.isUppercase || $0.isDigit || $0 == .underscore || $0 == .equalsSign
            })
        {
            rest = rest[end...].dropFirst()
        }
        return String(Substring(pattern.utf8[..<rest.startIndex]))
    }

    /// The options beside `x` of a pattern that begins with options of which one is `x`, and what stands behind them.
    private static func opening(_ pattern: String) -> (others: String, body: Substring.UTF8View)? {
        guard pattern.hasPrefix("(?") else { return nil }
        let options = pattern.utf8.dropFirst(2).prefix(while: \.isLetter)
        let rest = pattern.utf8.dropFirst(2 + options.count)
        // Of `xx`, spaces mean nothing in classes either.
        guard rest.first == .rightParenthesis, options.count(where: { $0 == UInt8(ascii: "x") }) == 1 else {
            return nil
        }
        return (String(Substring(options)).replacing("x", with: ""), rest.dropFirst())
    }

    /// Whether a group sets or unsets the meaning of white space (`(?-x)`, `(?i-x:…)`, `(?^:…)`), or is a comment (`(?#…)`).
    private static func changesMeaning(_ pattern: Substring.UTF8View) -> Bool {
        var rest = pattern[...]
        while let group = rest.firstIndex(of: .leftParenthesis) {
            rest = rest[group...].dropFirst()
            guard rest.first == .questionMark else { continue }
            let options = rest.dropFirst().prefix { $0.isLetter || $0 == .hyphen || $0 == .caret }
            if options.contains(UInt8(ascii: "x")) || options.contains(.caret) { return true }
            if rest.dropFirst().first == .numberSign { return true }
        }
        return false
    }

    private struct Reader {
        let source: [UInt8]
        var position = 0
        var output: [UInt8] = []
        /// Whether the last thing written is an escape that further digits would change.
        var endsInNumber = false

        mutating func read() -> String {
            while position < source.count {
                switch source[position] {
                case .backslash: escape()
                case .leftBracket: characterClass()
                case .numberSign: comment()
                case .space, UInt8.tab ... .carriageReturn: skipSpace()
                default:
                    endsInNumber = false
                    copy(1)
                }
            }
            return String(decoding: output, as: UTF8.self)
        }

        private mutating func copy(_ count: Int) {
            let end = min(source.count, position + count)
            output += source[position..<end]
            position = end
        }

        private mutating func comment() { position += source[position...].prefix { $0 != .lineFeed }.count }

        private mutating func skipSpace() {
            position += 1
            guard endsInNumber, position < source.count, source[position].isAlphanumeric else { return }
            output += Array("(?:)".utf8)
            endsInNumber = false
        }

        private mutating func escape() {
            guard position + 1 < source.count else { return copy(1) }
            let letter = source[position + 1]
            // These two were escaped for the sake of the white space around them alone.
            if letter == .space || letter == .numberSign {
                position += 1
                return copy(1)
            }
            if letter == UInt8(ascii: "Q") { return quotation() }
            copy(2)
            endsInNumber = letter.isDigit || "xogk".utf8.contains(letter)
            while endsInNumber, position < source.count, source[position].isAlphanumeric { copy(1) }
        }

        private mutating func quotation() {
            let end = source.indices.dropFirst(position + 2).first { source[$0...].starts(with: Array("\\E".utf8)) }
            copy((end.map { $0 + 2 } ?? source.count) - position)
        }

        /// Up to its closing bracket, which is none in the first place, behind a backslash or in `[:alpha:]`.
        private mutating func characterClass() {
            endsInNumber = false
            copy(1)
            if position < source.count, source[position] == .caret { copy(1) }
            if position < source.count, source[position] == .rightBracket { copy(1) }
            while position < source.count {
                switch source[position] {
                case .rightBracket: return copy(1)
                case .backslash: copy(2)
                case .leftBracket where source[position...].starts(with: Array("[:".utf8)):
                    let end = source[position...].firstIndex(of: .rightBracket) ?? source.count - 1
                    copy(end + 1 - position)
                default: copy(1)
                }
            }
        }
    }
}
