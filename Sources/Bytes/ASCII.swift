/// ASCII by name: the characters that text is taken apart at, and the classes that values are made of.
///
/// A letter or digit that is meant as itself is written `UInt8(ascii: "b")`.
extension UInt8 {
    /// BEL, `\a`
    @inlinable package static var bell: UInt8 { 0x07 }
    /// a backspace
    @inlinable package static var backspace: UInt8 { 0x08 }
    /// a tab
    @inlinable package static var tab: UInt8 { 0x09 }
    /// LF
    @inlinable package static var lineFeed: UInt8 { 0x0a }
    /// a form feed
    @inlinable package static var formFeed: UInt8 { 0x0c }
    /// CR
    @inlinable package static var carriageReturn: UInt8 { 0x0d }
    /// ESC, `\e`
    @inlinable package static var escape: UInt8 { 0x1b }
    /// a space
    @inlinable package static var space: UInt8 { 0x20 }
    /// `!`
    @inlinable package static var exclamationMark: UInt8 { 0x21 }
    /// `"`
    @inlinable package static var quotationMark: UInt8 { 0x22 }
    /// `#`
    @inlinable package static var numberSign: UInt8 { 0x23 }
    /// `$`
    @inlinable package static var dollar: UInt8 { 0x24 }
    /// `%`
    @inlinable package static var percent: UInt8 { 0x25 }
    /// `&`
    @inlinable package static var ampersand: UInt8 { 0x26 }
    /// `'`
    @inlinable package static var apostrophe: UInt8 { 0x27 }
    /// `(`
    @inlinable package static var leftParenthesis: UInt8 { 0x28 }
    /// `)`
    @inlinable package static var rightParenthesis: UInt8 { 0x29 }
    /// `*`
    @inlinable package static var asterisk: UInt8 { 0x2a }
    /// `+`
    @inlinable package static var plus: UInt8 { 0x2b }
    /// `,`
    @inlinable package static var comma: UInt8 { 0x2c }
    /// `-`
    @inlinable package static var hyphen: UInt8 { 0x2d }
    /// `.`
    @inlinable package static var period: UInt8 { 0x2e }
    /// `/`
    @inlinable package static var slash: UInt8 { 0x2f }
    /// `:`
    @inlinable package static var colon: UInt8 { 0x3a }
    /// `;`
    @inlinable package static var semicolon: UInt8 { 0x3b }
    /// `<`
    @inlinable package static var lessThan: UInt8 { 0x3c }
    /// `=`
    @inlinable package static var equalsSign: UInt8 { 0x3d }
    /// `>`
    @inlinable package static var greaterThan: UInt8 { 0x3e }
    /// `?`
    @inlinable package static var questionMark: UInt8 { 0x3f }
    /// `@`
    @inlinable package static var atSign: UInt8 { 0x40 }
    /// `[`
    @inlinable package static var leftBracket: UInt8 { 0x5b }
    /// `\`
    @inlinable package static var backslash: UInt8 { 0x5c }
    /// `]`
    @inlinable package static var rightBracket: UInt8 { 0x5d }
    /// `^`
    @inlinable package static var caret: UInt8 { 0x5e }
    /// `_`
    @inlinable package static var underscore: UInt8 { 0x5f }
    /// a backtick
    @inlinable package static var backtick: UInt8 { 0x60 }
    /// `{`
    @inlinable package static var leftBrace: UInt8 { 0x7b }
    /// `|`
    @inlinable package static var verticalBar: UInt8 { 0x7c }
    /// `}`
    @inlinable package static var rightBrace: UInt8 { 0x7d }
    /// `~`
    @inlinable package static var tilde: UInt8 { 0x7e }
}

extension UInt8 {
    /// `0` to `9`.
    @inlinable package static var digits: ClosedRange<UInt8> { 0x30...0x39 }
    /// `0` to `7`.
    @inlinable package static var octalDigits: ClosedRange<UInt8> { 0x30...0x37 }
    /// `A` to `Z`.
    @inlinable package static var uppercaseLetters: ClosedRange<UInt8> { 0x41...0x5a }
    /// `a` to `z`.
    @inlinable package static var lowercaseLetters: ClosedRange<UInt8> { 0x61...0x7a }
    /// Everything that is printed and takes room, the space not included: `!` to `~`.
    @inlinable package static var visibleCharacters: ClosedRange<UInt8> { 0x21...0x7e }
    /// The visible characters and the space.
    @inlinable package static var printableCharacters: ClosedRange<UInt8> { 0x20...0x7e }
    /// Bytes of characters outside of ASCII.
    @inlinable package static var outsideASCII: ClosedRange<UInt8> { 0x80...0xff }

    @inlinable package var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    @inlinable package var isUppercase: Bool { self >= 0x41 && self <= 0x5a }
    @inlinable package var isLowercase: Bool { self >= 0x61 && self <= 0x7a }
    /// A letter of ASCII.
    @inlinable package var isLetter: Bool { (self | 0x20).isLowercase }
    /// A letter or digit of ASCII.
    @inlinable package var isAlphanumeric: Bool { isLetter || isDigit }
    /// `0` to `9`, `a` to `f`, `A` to `F`.
    @inlinable package var isHexDigit: Bool { isDigit || (self | 0x20) >= 0x61 && (self | 0x20) <= 0x66 }
    /// A control character of ASCII, DEL included.
    @inlinable package var isControl: Bool { self < 0x20 || self == 0x7f }
    /// Space, tab, CR, LF, and the two between.
    @inlinable package var isWhitespace: Bool { self == 0x20 || self >= 0x09 && self <= 0x0d }

    /// What text is made of, if it is of ASCII: printable, the space, or another white space.
    @inlinable package var isPlainText: Bool { self >= 0x20 && self <= 0x7e || self >= 0x09 && self <= 0x0d }

    /// The value of a hex digit of either case; `nil` for every other byte.
    @inlinable package var hexValue: UInt8? {
        if isDigit { return self - 0x30 }
        return isHexDigit ? (self | 0x20) - 0x57 : nil
    }
}

extension UInt8 {
    /// The lower-case letter that a digit or a sign stands for where people write words with them, `p4ssw0rd`; `nil` for all
    /// others.
    package var letterWrittenSo: UInt8? {
        switch self {
        case UInt8(ascii: "0"): UInt8(ascii: "o")
        case UInt8(ascii: "1"), .exclamationMark: UInt8(ascii: "i")
        case UInt8(ascii: "3"): UInt8(ascii: "e")
        case UInt8(ascii: "4"), .atSign: UInt8(ascii: "a")
        case UInt8(ascii: "5"), .dollar: UInt8(ascii: "s")
        case UInt8(ascii: "7"): UInt8(ascii: "t")
        default: nil
        }
    }
}
