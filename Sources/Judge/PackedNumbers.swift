/// Whole numbers in a literal, read where they stand: nothing is decoded at the start, and the compiler sees one text
/// instead of thousands of elements.
///
/// A number is written in digits of six bits, the most significant first; a digit is a character from `(` (0x28, zero) to
/// `g` (0x67, 63). Signed ones have half of their range added. `Training/judge/weights_file.py` writes them.
struct PackedNumbers: @unchecked Sendable {
    // Bytes of a literal stay where they are, and nobody changes them.
    private let start: UnsafePointer<UInt8>
    /// How many digits there are.
    let count: Int

    init(_ literal: StaticString) {
        start = literal.utf8Start
        count = literal.utf8CodeUnitCount
    }

    /// The number of so many digits from an offset in digits.
    @inline(__always)
    func unsigned(at offset: Int, digits: Int) -> Int {
        var result = 0
        for index in 0..<digits {
            result = result &<< 6 | (Int(start[offset &+ index]) &- 0x28)
        }
        return result
    }

    @inline(__always)
    func signed(at offset: Int, digits: Int) -> Int {
        unsigned(at: offset, digits: digits) &- 1 &<< (6 &* digits &- 1)
    }
}
