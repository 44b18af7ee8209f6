import Bytes

/// Numbers of a value: `Measures` in `features.py`.
struct ValueMeasures {
    let length: Int
    private(set) var distinct = 0
    /// 16 · bits a byte, rounded down.
    private(set) var entropy = 0
    /// How often the class changes from one byte to the next.
    private(set) var transitions = 0
    /// The longest run of letters of any case.
    private(set) var longestLetters = 0
    /// Where the first of the longest runs of letters ends.
    private(set) var lettersEnd = 0
    /// Bytes like the one before.
    private(set) var repeats = 0
    /// Bytes one above or below the one before, of the same class.
    private(set) var steps = 0
    /// Bytes that are hex digits.
    private(set) var hexes = 0
    /// Pairs of letters.
    private(set) var pairs = 0
    /// How much likelier a pair of letters is in words than at random, the mean times four, rounded down.
    private(set) var likeness = 0
    /// How often the most frequent byte stands there.
    private(set) var most = 0
    /// How many bytes there are of each class, and behind that the longest run of each.
    private let classes: UnsafeMutableBufferPointer<UInt16>
    /// How often each byte stands there.
    private let histogram: UnsafeMutableBufferPointer<UInt16>

    static var scratchCount: Int { 2 * ByteClass.count + 256 }

    /// - Parameters:
    ///   - value: At most 256 bytes.
    ///   - scratch: `scratchCount` numbers, which stay in use.
    init(of value: UnsafeRawBufferPointer, model: JudgeModel, scratch: UnsafeMutableBufferPointer<UInt16>) {
        scratch.update(repeating: 0)
        classes = UnsafeMutableBufferPointer(rebasing: scratch[..<(2 * ByteClass.count)])
        histogram = UnsafeMutableBufferPointer(rebasing: scratch[(2 * ByteClass.count)...])
        length = value.count
        measure(value, likeness: model.likeness)
        measureEntropy(of: value, logarithms: model.logarithms)
    }

    private mutating func measure(_ value: UnsafeRawBufferPointer, likeness table: PackedNumbers) {
        var (run, letters, sum) = (UInt16(0), 0, 0)
        var (previous, previousClass) = (UInt8(0), ByteClass.none)
        for (index, byte) in value.enumerated() {
            let kind = ByteClass(byte)
            note(byte, of: kind)
            if kind == previousClass {
                run &+= 1
            } else {
                if previousClass != .none { transitions &+= 1 }
                run = 1
            }
            let longest = ByteClass.count &+ Int(kind.rawValue)
            classes[longest] = max(classes[longest], run)
            letters = kind.isLetter ? letters &+ 1 : 0
            if letters > longestLetters { (longestLetters, lettersEnd) = (letters, index &+ 1) }
            if previousClass != .none {
                if byte == previous {
                    repeats &+= 1
                } else if kind == previousClass, byte == previous &+ 1 || previous == byte &+ 1 {
                    steps &+= 1
                }
            }
            if letters > 1 {
                pairs &+= 1
                let row = Int(previous.inLowerCase &- 0x61)
                sum &+= table.signed(at: 2 &* (row &* 26 &+ Int(byte.inLowerCase &- 0x61)), digits: 2)
            }
            (previous, previousClass) = (byte, kind)
        }
        likeness = pairs > 0 ? (sum * 4).floorDivided(by: pairs) : 0
    }

    @inline(__always)
    private mutating func note(_ byte: UInt8, of kind: ByteClass) {
        classes[Int(kind.rawValue)] &+= 1
        let before = histogram[Int(byte)]
        histogram[Int(byte)] = before &+ 1
        if before == 0 { distinct &+= 1 }
        most = max(most, Int(before) &+ 1)
        if byte.isHexDigit { hexes &+= 1 }
    }

    private mutating func measureEntropy(of value: UnsafeRawBufferPointer, logarithms: PackedNumbers) {
        guard length > 0 else { return }
        var sum = length &* logarithms.unsigned(at: 2 &* length, digits: 2)
        // A byte that stands there k times is met k times.
        for byte in value { sum &-= logarithms.unsigned(at: 2 &* Int(histogram[Int(byte)]), digits: 2) }
        entropy = sum / length
    }

    /// How many bytes there are of a class.
    @inline(__always)
    func count(_ kind: ByteClass) -> Int { Int(classes[Int(kind.rawValue)]) }

    /// The longest run of a class.
    @inline(__always)
    func longest(_ kind: ByteClass) -> Int { Int(classes[ByteClass.count &+ Int(kind.rawValue)]) }

    /// How often a byte stands there.
    @inline(__always)
    func count(of byte: UInt8) -> Int { Int(histogram[Int(byte)]) }

    /// A bit for each class that there is.
    var mask: Int {
        var mask = 0
        for kind in 0..<ByteClass.count where classes[kind] > 0 { mask |= 1 << kind }
        return mask
    }
}
