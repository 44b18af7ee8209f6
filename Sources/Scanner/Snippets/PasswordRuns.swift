internal import Bytes

/// Words of a shown line that are made as passwords are: letters and digits with a sign that names have not, or of both
/// cases with digits among them. `-a V`, `user/V@host`, a column of a file: no name says what they are.
enum PasswordRuns {
    private static let (shortest, longest) = (8, 64)
    /// One without a sign is longer, so that names with a number are none.
    private static let shortestOfLetters = 10

    /// Where they stand, in order.
    static func ranges(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        for index in 0...text.count where index == text.count || separates(text[index]) {
            let word = trimmed(start..<index, text)
            if (shortest...longest).contains(word.count), isPassword(text.slice(word)) { result.append(word) }
            start = index + 1
        }
        return result
    }

    private static func separates(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...(.space), .quotationMark, .apostrophe, .backtick, .comma, .semicolon, .colon, .equalsSign, .slash,
            .backslash, .atSign, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace,
            .rightBrace,
            .lessThan, .greaterThan, .verticalBar, 0x80...:
            true
        default: false
        }
    }

    /// Without what punctuation may stand at its ends: an option's dashes, a full stop.
    private static func trimmed(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, text[start] == .hyphen || text[start] == .period { start += 1 }
        while end > start, text[end - 1] == .hyphen || text[end - 1] == .period { end -= 1 }
        return start..<end
    }

    /// How often a character is of another class than the one before it: in names less than every other time.
    private static func changes(in word: UnsafeRawBufferPointer) -> Int {
        func classOf(_ byte: UInt8) -> Int { byte.isDigit ? 0 : byte.isUppercase ? 1 : byte.isLowercase ? 2 : 3 }
        return (1..<word.count).count { classOf(word[$0]) != classOf(word[$0 - 1]) }
    }

    private static func isPassword(_ word: UnsafeRawBufferPointer) -> Bool {
        var (upper, lower, digits, signs, others) = (0, 0, 0, 0, 0)
        for byte in word {
            switch byte {
            case UInt8.digits: digits += 1
            case UInt8.uppercaseLetters: upper += 1
            case UInt8.lowercaseLetters: lower += 1
            case .exclamationMark, .numberSign, .dollar, .percent, .caret, .ampersand, .asterisk, .questionMark, .tilde,
                .plus:
                signs += 1
            default: others += 1
            }
        }
        guard digits > 0, upper + lower > 0 else { return false }
        // `50%25`, `a%20b`: escapes of addresses are no signs of their own.
        if signs > 0 { return upper > 0 || signs > 1 || !word.contains(.percent) && !word.contains(.ampersand) }
        if upper > 0, lower > 0, changes(in: word) * 2 >= word.count { return true }
        return others == 0 && upper > 1 && lower > 1 && digits > 1 && word.count >= shortestOfLetters
    }
}
