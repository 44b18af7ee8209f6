internal import Bytes

/// One character of a token as it is written: a letter, a digit, a sign that tokens hold, or an escape that stands for one.
struct TokenUnit {
    enum Kind {
        case letter
        case digit
        /// A sign within a part: `_`, `-`, `+`, `~`, those that people put into passwords, and what escapes stand for that is no letter and no digit.
        case sign
        /// What parts end at: `/`, `.`, `=`.
        case separator
    }

    let kind: Kind
    /// The letter or digit itself; zero for all others.
    let byte: UInt8
    /// In bytes.
    let length: Int
    /// A letter or digit that was escaped, which nobody does to words.
    let isEscaped: Bool

    /// What stands at a place; `nil` if no token goes on there.
    init?(at place: Int, in text: UnsafeRawBufferPointer) {
        let byte = text[place]
        switch byte {
        case UInt8.digits, UInt8.uppercaseLetters, UInt8.lowercaseLetters: self.init(byte, length: 1, isEscaped: false)
        case .underscore, .hyphen, .plus, .tilde, .asterisk, .exclamationMark, .dollar, .caret:
            self.init(sign: .sign, length: 1)
        case .slash, .period, .equalsSign: self.init(sign: .separator, length: 1)
        case .percent: self.init(escape: 1, radix: 16, count: 2...2, at: place, in: text)
        case .backslash:
            let mark = place + 1 < text.count ? text[place + 1] : 0
            if mark == UInt8(ascii: "x") {
                self.init(escape: 2, radix: 16, count: 2...2, at: place, in: text)
            } else if mark == UInt8(ascii: "u") {
                self.init(escape: 2, radix: 16, count: 4...4, at: place, in: text)
            } else if (UInt8(ascii: "0")...UInt8(ascii: "3")).contains(mark) {
                // In octal, as C and shells have it.
                self.init(escape: 1, radix: 8, count: 3...3, at: place, in: text)
            } else {
                return nil
            }
        case .ampersand: self.init(entityAt: place, in: text)
        default: return nil
        }
    }

    private init(_ byte: UInt8, length: Int, isEscaped: Bool) {
        kind = byte.isLetter ? .letter : .digit
        (self.byte, self.length, self.isEscaped) = (byte, length, isEscaped)
    }

    private init(sign kind: Kind, length: Int) {
        (self.kind, self.length) = (kind, length)
        (byte, isEscaped) = (0, false)
    }

    /// - Parameters:
    ///   - mark: How many bytes stand before the digits.
    ///   - count: How many digits there may be.
    private init?(
        escape mark: Int, radix: Int, count: ClosedRange<Int>, at place: Int, in text: UnsafeRawBufferPointer
    ) {
        var (index, value) = (place + mark, 0)
        while index < text.count, index - place - mark < count.upperBound, let digit = text[index].hexValue,
            digit < radix
        {
            value = value * radix + Int(digit)
            index += 1
        }
        guard index - place - mark >= count.lowerBound else { return nil }
        if let byte = UInt8(exactly: value), byte.isAlphanumeric {
            self.init(byte, length: index - place, isEscaped: true)
        } else {
            self.init(sign: Self.endsPart(value) ? .separator : .sign, length: index - place)
        }
    }

    /// Whether what an escape stands for ends a name or a value where it stands as it is: `%3A` before a password, `%40` behind.
    private static func endsPart(_ value: Int) -> Bool {
        switch UInt8(exactly: value) {
        case .slash, .period, .equalsSign, .colon, .atSign, .space, .ampersand, .questionMark, .quotationMark,
            .apostrophe, .comma, .semicolon:
            true
        default: false
        }
    }

    /// `&#65;`, `&#x41;`
    private init?(entityAt place: Int, in text: UnsafeRawBufferPointer) {
        guard place + 3 < text.count, text[place + 1] == .numberSign else { return nil }
        let isHex = text[place + 2] | 0x20 == UInt8(ascii: "x")
        let mark = isHex ? 3 : 2
        guard let unit = TokenUnit(escape: mark, radix: isHex ? 16 : 10, count: 1...5, at: place, in: text),
            place + unit.length < text.count, text[place + unit.length] == .semicolon
        else { return nil }
        kind = unit.kind
        (byte, length, isEscaped) = (unit.byte, unit.length + 1, unit.isEscaped)
    }
}
