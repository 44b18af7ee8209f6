import Bytes

/// What a byte is, as far as the judge looks: `CLASS` in `features.py`.
struct ByteClass: Equatable {
    /// 0 to 5; 9 for the end of a text.
    let rawValue: UInt8

    static var lower: ByteClass { ByteClass(rawValue: 0) }
    static var upper: ByteClass { ByteClass(rawValue: 1) }
    static var digit: ByteClass { ByteClass(rawValue: 2) }
    static var space: ByteClass { ByteClass(rawValue: 3) }
    /// A byte outside of ASCII: a letter without a case.
    static var high: ByteClass { ByteClass(rawValue: 4) }
    static var other: ByteClass { ByteClass(rawValue: 5) }
    /// No byte: the text ends.
    static var none: ByteClass { ByteClass(rawValue: 9) }

    /// How many classes a byte can have.
    static var count: Int { 6 }

    /// The classes of ASCII as digits. A look-up, because a random value makes every branch a guess.
    private static var ascii: StaticString {
        "55555555533553555555555555555555355555555555555522222222225555555111111111111111111111111115555550000000000000000000000000055555"
    }

    @inline(__always)
    init(rawValue: UInt8) { self.rawValue = rawValue }

    @inline(__always)
    init(_ byte: UInt8) {
        self = byte < 0x80 ? ByteClass(rawValue: Self.ascii.utf8Start[Int(byte)] &- 0x30) : .high
    }

    /// A letter of ASCII.
    @inline(__always)
    var isLetter: Bool { rawValue < 2 }

    /// What goes on with a word in lower case.
    @inline(__always)
    var continuesWord: Bool { rawValue == 0 || rawValue == 4 }

    /// What stands for a byte in a shape: its class, or a symbol itself.
    @inline(__always)
    func letter(of byte: UInt8) -> UInt8 {
        let letters: StaticString = "aA0 x"
        return self == .other ? byte : letters.utf8Start[Int(rawValue)]
    }
}

extension UInt8 {
    /// The lower case of a letter of ASCII, and every other byte itself.
    @inline(__always)
    var inLowerCase: UInt8 { isUppercase ? self &+ 0x20 : self }
}

extension Int {
    /// Rounded down, as Python divides.
    @inline(__always)
    func floorDivided(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
