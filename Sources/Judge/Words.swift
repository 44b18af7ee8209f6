import Bytes

/// At most eight words in lower case, one behind the other in memory that somebody else holds.
struct Words {
    static var capacity: Int { 8 }
    /// How many bytes they may take, with one more for what is put behind the last.
    static var byteCount: Int { capacity * WordIterator.limit + 1 }

    private let memory: UnsafeMutableRawBufferPointer
    private var ends = SIMD8<UInt8>()
    private(set) var count = 0
    /// How many bytes all of them have.
    private(set) var length = 0

    /// None yet.
    ///
    /// - Parameter memory: At least `byteCount` bytes.
    @inline(__always)
    init(in memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

    /// The first eight words of a value.
    init(ofValue value: UnsafeRawBufferPointer, in memory: UnsafeMutableRawBufferPointer) {
        self.init(in: memory)
        var iterator = WordIterator(value)
        while count < Self.capacity, let word = iterator.next() {
            append(UnsafeRawBufferPointer(rebasing: value[word]))
        }
    }

    @inline(__always)
    subscript(index: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : Int(ends[index &- 1])
        return UnsafeRawBufferPointer(rebasing: memory[start..<Int(ends[index])])
    }

    /// The last word (0), the one before (1): empty if there is none.
    @inline(__always)
    func fromEnd(_ distance: Int) -> UnsafeRawBufferPointer {
        distance < count ? self[count &- 1 &- distance] : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The last bytes of all words without anything between, and one byte more.
    @inline(__always)
    func end(_ limit: Int, then byte: UInt8) -> UnsafeRawBufferPointer {
        memory[length] = byte
        return UnsafeRawBufferPointer(rebasing: memory[max(0, length &- limit)...length])
    }

    @inline(__always)
    mutating func append(_ word: UnsafeRawBufferPointer) {
        for byte in word {
            memory[length] = byte.inLowerCase
            length &+= 1
        }
        ends[count] = UInt8(truncatingIfNeeded: length)
        count &+= 1
    }

    /// How many bytes the longest has.
    var longest: Int { (0..<count).reduce(0) { max($0, self[$1].count) } }

    /// The same words in the same order.
    func isEqual(to other: Words) -> Bool {
        count == other.count && (0..<count).allSatisfy { self[$0].elementsEqual(other[$0]) }
    }

    func contains(_ word: UnsafeRawBufferPointer) -> Bool {
        (0..<count).contains { self[$0].elementsEqual(word) }
    }
}
