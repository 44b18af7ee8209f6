internal import Bytes

/// A piece of a token between its separators, and how much it looks as if it was drawn and not written.
struct TokenPart {
    var range: Range<Int>
    /// Letters and digits.
    private(set) var characters = 0
    private(set) var letters = 0
    private(set) var digits = 0
    private(set) var uppercase = 0
    private(set) var hexDigits = 0
    /// Letters and digits that were escaped.
    private(set) var escaped = 0
    /// Steps from one letter or digit to the next.
    private var steps = 0
    /// Those of them that words hardly have: between a letter and a digit, to a capital, to a letter that does not follow.
    private var oddSteps = 0
    /// Those between a letter and a digit.
    private var switches = 0
    private var previous: UInt8 = 0

    init(at place: Int) { range = place..<place }

    mutating func add(_ unit: TokenUnit) {
        range = range.lowerBound..<range.upperBound + unit.length
        guard unit.byte != 0 else {
            previous = 0
            return
        }
        let byte = unit.byte
        characters += 1
        if byte.isLetter { letters += 1 } else { digits += 1 }
        if byte.isUppercase { uppercase += 1 }
        if byte.isHexDigit { hexDigits += 1 }
        if unit.isEscaped { escaped += 1 }
        if previous != 0 { note(previous, byte) }
        previous = byte
    }

    private mutating func note(_ first: UInt8, _ second: UInt8) {
        steps += 1
        if first.isDigit != second.isDigit {
            switches += 1
            oddSteps += 1
        } else if first.isLetter {
            if first.isLowercase && second.isUppercase || !WordLikeness.follows(second | 0x20, first | 0x20) {
                oddSteps += 1
            }
        }
    }

    /// Two parts as one.
    static func + (left: TokenPart, right: TokenPart) -> TokenPart {
        var sum = left
        sum.range = left.range.lowerBound..<right.range.upperBound
        sum.characters += right.characters
        sum.letters += right.letters
        sum.digits += right.digits
        sum.uppercase += right.uppercase
        sum.hexDigits += right.hexDigits
        sum.escaped += right.escaped
        sum.steps += right.steps
        sum.oddSteps += right.oddSteps
        sum.switches += right.switches
        return sum
    }

    /// Whether it may be a piece of something random: of base64 that a slash divides.
    var isOdd: Bool { characters < 4 ? digits > 0 || uppercase > 0 && letters > uppercase : 3 * oddSteps >= steps }

    /// Whether it is long enough, and too odd to be words and numbers.
    ///
    /// In words 2 steps of 100 are odd, in names of code up to 25, in random letters and digits 68, in hex digits 47.
    var isRandom: Bool {
        if escaped >= Self.fewestEscapes { return true }
        if isOfAllKinds, characters >= Self.shortestOfAllKinds, 100 * oddSteps >= 45 * steps { return true }
        guard characters >= Self.shortest else { return false }
        if digits == characters { return characters >= Self.shortestOfDigits }
        // Text in hex has few letters.
        if hexDigits == characters { return digits > 0 && (switches >= 2 || characters >= Self.shortestOfDigits) }
        if digits == 0 { return characters >= Self.shortestOfLetters && 10 * oddSteps >= 3 * steps }
        return letters > 0 && 100 * oddSteps >= 36 * steps
    }

    /// Whether it can be no name of a file, which is often a digest.
    var isCertainlyRandom: Bool {
        isRandom && isOfAllKinds && characters >= Self.shortestOfLetters && hexDigits < characters
    }

    /// Whether it has digits, capitals and small letters, as passwords that a program made have.
    private var isOfAllKinds: Bool { digits > 0 && uppercase > 0 && uppercase < letters }

    private static let shortestOfAllKinds = 8
    private static let shortest = 16
    private static let shortestOfLetters = 20
    /// Times, amounts and most numbers of things are shorter; text in hex is not.
    private static let shortestOfDigits = 20
    private static let fewestEscapes = 4
}
