import Bytes

/// A pattern in RE2's syntax, which gitleaks uses, rewritten so that PCRE2 in byte mode finds the same.
///
/// RE2 reads UTF-8 characters and knows neither look-arounds nor back-references; here a pattern sees bytes. What is
/// different and has another spelling is rewritten: `$`, `\s`, `\v`, `\C`, characters beyond ASCII, braces that are no
/// count. What has none is named. Syntax: https://github.com/google/re2/wiki/Syntax, pcre2pattern(3).
package struct RE2Translation {
    package private(set) var pattern = ""
    package private(set) var differences: [PatternDifference] = []

    private let source: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    private var flags = Flags()
    private var outerFlags: [Flags] = []
    /// RE2 would refuse the pattern: its author wrote it for PCRE2.
    private var isForPCRE2 = false
    private var followsCount = false

    private struct Flags {
        var isCaseless = false
        var isMultiline = false
    }

    package init(_ source: String) {
        self.source = Array(source.utf8)
        while position < self.source.count, !isForPCRE2 { element() }
        if isForPCRE2 {
            (pattern, differences) = (source, [])
        } else {
            pattern = String(decoding: output, as: UTF8.self)
        }
    }

    // MARK: Reading

    private var current: UInt8? { position < source.count ? source[position] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard source[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func copy(_ count: Int = 1) {
        let end = min(source.count, position + count)
        output += source[position..<end]
        position = end
    }

    private mutating func write(_ text: String) { output += text.utf8 }

    private mutating func element() {
        let byte = source[position]
        if [.asterisk, .plus, .questionMark].contains(byte) { return count(length: 1) }
        if byte == .leftBrace, let length = countLength() { return count(length: length) }
        followsCount = false
        switch byte {
        case .backslash: escape()
        case .leftBracket: characterClass()
        case .leftParenthesis: group()
        case .rightParenthesis:
            flags = outerFlags.popLast() ?? flags
            copy()
        case .dollar:
            position += 1
            // RE2 means the end of the text; PCRE2 also a line feed before it.
            write(flags.isMultiline ? "$" : #"\z"#)
        case .leftBrace:
            // Later versions of PCRE2 read `{,5}` as a count.
            position += 1
            write(#"\{"#)
        case 0x80...: character(literal())
        default: copy()
        }
    }

    // MARK: Counts

    /// `*`, `+`, `?`, `{2,3}`, and whether as few as possible. A plus after one is possessive and not RE2's.
    private mutating func count(length: Int) {
        if followsCount { isForPCRE2 = true }
        copy(length)
        if current == .questionMark { copy() }
        followsCount = true
    }

    private static let largestCount = 1000

    /// The length of `{2}`, `{2,}` or `{2,3}` here; `nil` if the brace stands for itself.
    private mutating func countLength() -> Int? {
        let end = source[position...].firstIndex(of: .rightBrace) ?? source.count
        guard end < source.count else { return nil }
        let parts = source[(position + 1)..<end].split(separator: .comma, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty,
            parts.allSatisfy({ $0.allSatisfy { $0.isDigit } })
        else { return nil }
        for part in parts where (Int(String(decoding: part, as: UTF8.self)) ?? 0) > Self.largestCount {
            isForPCRE2 = true
        }
        return end - position + 1
    }

    // MARK: Groups

    private mutating func group() {
        outerFlags.append(flags)
        copy()
        if current == .asterisk { isForPCRE2 = true }
        guard current == .questionMark else { return }
        copy()
        if take("P<") { return write("P<") }
        if current == .lessThan, position + 1 < source.count,
            ![.equalsSign, .exclamationMark].contains(source[position + 1])
        {
            return copy()
        }
        options()
    }

    /// `(?i)`, `(?m-s:`…; anything else is not RE2's.
    private mutating func options() {
        var value = true
        while let byte = current {
            copy()
            switch byte {
            case .hyphen: value = false
            case UInt8(ascii: "i"): flags.isCaseless = value
            case UInt8(ascii: "m"): flags.isMultiline = value
            case UInt8(ascii: "s"), UInt8(ascii: "U"): break
            case .colon: return
            case .rightParenthesis:
                // They hold to the end of the group around them.
                outerFlags.removeLast()
                return
            default:
                isForPCRE2 = true
                return
            }
        }
    }

    // MARK: Escapes

    private mutating func escape() {
        guard position + 1 < source.count else { return copy() }
        let letter = source[position + 1]
        if rewriteCommon(letter, inClass: false) { return }
        switch letter {
        case UInt8(ascii: "s"): replace(2, #"[\t\n\f\r ]"#)
        case UInt8(ascii: "S"): replace(2, #"[^\t\n\f\r ]"#)
        case UInt8(ascii: "C"): replace(2, "(?s:.)")
        case UInt8(ascii: "Q"): quotation()
        default: copy(2)
        }
    }

    /// Escapes that mean the same in and outside of classes. False: not one of them.
    private mutating func rewriteCommon(_ letter: UInt8, inClass: Bool) -> Bool {
        switch letter {
        case UInt8(ascii: "v"): replace(2, #"\x0b"#)
        case UInt8(ascii: "p"), UInt8(ascii: "P"): property()
        case UInt8(ascii: "x"): return codePoint(inClass: inClass)
        case UInt8.octalDigits: octal(inClass: inClass)
        case _ where "89KRhHVNXGeZgko".utf8.contains(letter): isForPCRE2 = true
        default: return false
        }
        return true
    }

    private mutating func replace(_ count: Int, _ text: String) {
        position += count
        write(text)
    }

    private mutating func quotation() {
        let rest = source[position...]
        let end =
            rest.indices.dropFirst(2).first { rest[$0...].starts(with: [.backslash, UInt8(ascii: "E")]) }
            ?? source.count
        copy(min(source.count, end + 2) - position)
    }

    private mutating func property() {
        var end = position + 3
        if position + 2 < source.count, source[position + 2] == .leftBrace {
            end = (source[position...].firstIndex(of: .rightBrace) ?? source.count - 1) + 1
        }
        end = min(end, source.count)
        differ(
            String(decoding: source[position..<end], as: UTF8.self),
            "is asked of single bytes here, so that it finds no character beyond ASCII",
            "write the characters that are meant, for example A-Za-z0-9")
        copy(end - position)
    }

    /// `\x41`, `\x{e9}`. False: not well-formed, left to PCRE2 to complain about.
    private mutating func codePoint(inClass: Bool) -> Bool {
        var digits = source[(position + 2)...].prefix(2)
        var length = 4
        if digits.first == .leftBrace {
            digits = source[(position + 3)...].prefix { $0 != .rightBrace }
            length = digits.count + 4
        }
        guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { return false }
        write(scalar, length: length, inClass: inClass)
        return true
    }

    private mutating func octal(inClass: Bool) {
        let digits = source[(position + 1)...].prefix(3).prefix { UInt8.octalDigits.contains($0) }
        // A single digit that is not zero is a back-reference.
        guard digits.count > 1 || digits.first == UInt8(ascii: "0"),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 8), let scalar = Unicode.Scalar(value)
        else {
            isForPCRE2 = true
            return
        }
        if scalar.isASCII {
            replace(digits.count + 1, #"\x"# + (value < 16 ? "0" : "") + String(value, radix: 16))
        } else {
            write(scalar, length: digits.count + 1, inClass: inClass)
        }
    }

    private mutating func write(_ scalar: Unicode.Scalar, length: Int, inClass: Bool) {
        guard !scalar.isASCII else { return copy(length) }
        if inClass {
            differInClass(String(decoding: source[position..<min(source.count, position + length)], as: UTF8.self))
            copy(length)
        } else {
            position += length
            character(scalar)
        }
    }

    // MARK: Characters beyond ASCII

    private mutating func literal() -> Unicode.Scalar {
        let length = source[position] >= 0xf0 ? 4 : source[position] >= 0xe0 ? 3 : 2
        let text = String(decoding: source[position..<min(source.count, position + length)], as: UTF8.self)
        position = min(source.count, position + length)
        return text.unicodeScalars.first ?? "\u{fffd}"
    }

    /// Several bytes, which a count behind them must count as one.
    private mutating func character(_ scalar: Unicode.Scalar) {
        if flags.isCaseless, scalar.properties.changesWhenCaseMapped {
            differ(
                String(scalar), "is not found in the other case here, in spite of (?i)",
                "write both cases as alternatives")
        }
        write("(?:\(scalar))")
    }

    // MARK: Classes

    private mutating func characterClass() {
        copy()
        if current == .caret { copy() }
        if current == .rightBracket { copy() }
        while let byte = current, byte != .rightBracket, !isForPCRE2 {
            if byte == .leftBracket, position + 1 < source.count, source[position + 1] == .colon {
                copy((source[position...].firstIndex(of: .rightBracket) ?? source.count - 1) - position + 1)
            } else if byte == .backslash, position + 1 < source.count {
                escapeInClass(source[position + 1])
            } else if byte >= 0x80 {
                let character = String(literal())
                differInClass(character)
                write(character)
            } else {
                copy()
            }
        }
        copy()
    }

    private mutating func escapeInClass(_ letter: UInt8) {
        if rewriteCommon(letter, inClass: true) { return }
        // Before a hyphen the last of these would begin a range.
        let isBeforeHyphen = position + 2 < source.count && source[position + 2] == .hyphen
        if letter == UInt8(ascii: "s"), !isBeforeHyphen { return replace(2, #"\t\n\f\r "#) }
        copy(2)
    }

    private mutating func differInClass(_ construct: String) {
        differ(
            construct, "in a class is taken for its single bytes here",
            "write it outside of the class, as in (?:[a-z]|\(construct))")
    }

    private mutating func differ(_ construct: String, _ meaning: String, _ advice: String) {
        let difference = PatternDifference(construct: construct, meaning: meaning, advice: advice)
        if !differences.contains(difference) { differences.append(difference) }
    }
}
