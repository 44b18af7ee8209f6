import PackFile

/// Takes an input apart; where it ends, everything is 0.
struct FuzzInput {
    private var bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isEmpty: Bool { bytes.isEmpty }

    mutating func byte() -> Int {
        guard let first = bytes.first else { return 0 }
        bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        return Int(first)
    }

    /// Up to 2²⁴.
    mutating func number() -> Int { byte() | byte() << 8 | byte() << 16 }

    mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer {
        let taken = UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
        bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(count))
        return taken
    }

    mutating func rest() -> UnsafeRawBufferPointer { bytes(bytes.count) }

    mutating func limits() -> PackLimits {
        let choice = byte()
        return PackLimits(
            maximumObjectSize: [50, 1000, 1 << 16, 1 << 20][choice & 3],
            beginningSize: [0, 16, 100, 5000][choice >> 2 & 3],
            memoryBudget: [0, 8192, 1 << 16, 1 << 24][choice >> 4 & 3])
    }
}
