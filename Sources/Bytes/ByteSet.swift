/// A set of byte values.
@usableFromInline
package struct ByteSet: Equatable, Sendable {
    @usableFromInline var low: (UInt64, UInt64) = (0, 0)
    @usableFromInline var high: (UInt64, UInt64) = (0, 0)

    @inlinable package static func == (left: ByteSet, right: ByteSet) -> Bool {
        left.low == right.low && left.high == right.high
    }

    package init() {}

    package init(_ ranges: ClosedRange<UInt8>...) {
        for range in ranges { insert(range) }
    }

    package static let all = ByteSet(0...255)
    package static let allButLineFeed = ByteSet(0...9, 11...255)
    package static let digits = ByteSet(UInt8.digits)
    package static let word = ByteSet(
        UInt8.digits, UInt8.uppercaseLetters, .underscore ... .underscore, UInt8.lowercaseLetters)
    package static let hex = ByteSet(
        UInt8.digits, UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"))
    package static let alphanumeric = ByteSet(UInt8.digits, UInt8.uppercaseLetters, UInt8.lowercaseLetters)
    /// The visible characters that are neither letters nor digits.
    package static let punctuation = ByteSet(
        .exclamationMark ... .slash, .colon ... .atSign, .leftBracket ... .backtick, .leftBrace ... .tilde)
    /// `[A-Za-z0-9+/=_.~:-]`: what keys, and base64 of both alphabets, are made of. `byte_runs.c` has the same
    /// sets.
    package static let token = ByteSet(
        UInt8.digits, UInt8.uppercaseLetters, UInt8.lowercaseLetters, .plus ... .plus, .hyphen ... .slash,
        .colon ... .colon,
        .equalsSign ... .equalsSign, .underscore ... .underscore, .tilde ... .tilde)
    /// `[A-Za-z0-9+/_-]`: base64 of both alphabets, without the padding.
    package static let base64 = ByteSet(
        UInt8.digits, UInt8.uppercaseLetters, UInt8.lowercaseLetters, .plus ... .plus, .hyphen ... .hyphen,
        .slash ... .slash,
        .underscore ... .underscore)
    package static let space = ByteSet(.tab ... .carriageReturn, .space ... .space)
    /// PCRE2's `\h`, the no-break space of Latin-1 included.
    package static let horizontalSpace = ByteSet(.tab ... .tab, .space ... .space, 0xa0...0xa0)
    /// PCRE2's `\v`, the next line (NEL) of Latin-1 included.
    package static let verticalSpace = ByteSet(.lineFeed ... .carriageReturn, 0x85...0x85)

    @inlinable
    package func contains(_ byte: UInt8) -> Bool {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: return low.0 & bit != 0
        case 1: return low.1 & bit != 0
        case 2: return high.0 & bit != 0
        default: return high.1 & bit != 0
        }
    }

    package mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: low.0 |= bit
        case 1: low.1 |= bit
        case 2: high.0 |= bit
        default: high.1 |= bit
        }
    }

    package mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    package func isSubset(of other: ByteSet) -> Bool {
        low.0 & ~other.low.0 == 0 && low.1 & ~other.low.1 == 0 && high.0 & ~other.high.0 == 0
            && high.1 & ~other.high.1 == 0
    }

    package mutating func remove(_ byte: UInt8) {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: low.0 &= ~bit
        case 1: low.1 &= ~bit
        case 2: high.0 &= ~bit
        default: high.1 &= ~bit
        }
    }

    package func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.formUnion(other)
        return result
    }

    package mutating func formUnion(_ other: ByteSet) {
        low = (low.0 | other.low.0, low.1 | other.low.1)
        high = (high.0 | other.high.0, high.1 | other.high.1)
    }

    package var inverted: ByteSet {
        var result = ByteSet()
        result.low = (~low.0, ~low.1)
        result.high = (~high.0, ~high.1)
        return result
    }

    package var count: Int {
        low.0.nonzeroBitCount + low.1.nonzeroBitCount + high.0.nonzeroBitCount + high.1.nonzeroBitCount
    }

    /// With the other case of every letter that is in it.
    package var caseless: ByteSet {
        var result = self
        for letter in UInt8.lowercaseLetters where contains(letter) || contains(letter - 0x20) {
            result.insert(letter)
            result.insert(letter - 0x20)
        }
        return result
    }

    /// Members, upper-case letters as lower case, each once.
    package var foldedMembers: [UInt8] {
        // The letters of both cases stand in the second word, 32 bits apart. By bits: the build step, in a debug build, asks
        // thousands of patterns for their members, and took 30 of its 40 seconds to go through 256 bytes twice for each.
        let letters: UInt64 = 0x07ff_fffe
        var words = [low.0, low.1 & ~letters | (low.1 & letters) << 32, high.0, high.1]
        var members: [UInt8] = []
        for number in words.indices {
            while words[number] != 0 {
                members.append(UInt8(number << 6 + words[number].trailingZeroBitCount))
                words[number] &= words[number] - 1
            }
        }
        return members
    }
}
