internal import Platform

/// The names in trees, each once, as numbers: a history has few of them, and again and again.
struct NameTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each name ends in `bytes`.
    private var ends: [Int] = []
    /// Numbers by hash, with linear probing; `UInt32.max` where there is none.
    private var slots = [UInt32](repeating: .max, count: 256)

    /// How many names there are.
    var count: Int { ends.count }

    /// The bytes of a name, as git has them.
    subscript(number: UInt32) -> ArraySlice<UInt8> { bytes[range(Int(number))] }

    /// Lends the bytes of a name.
    func withName<Result>(_ number: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range(Int(number))])) }
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    /// The number of a name, which it gets if it has none.
    mutating func number(of name: UnsafeRawBufferPointer) -> UInt32 {
        var slot = self.slot(of: name)
        while slots[slot] != .max {
            if equals(slots[slot], name) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(count)
        bytes += name
        ends.append(bytes.count)
        slots[slot] = number
        if 2 * count > slots.count { grow() }
        return number
    }

    /// Whether a name has a number.
    func equals(_ number: UInt32, _ name: UnsafeRawBufferPointer) -> Bool {
        let range = range(Int(number))
        guard range.count == name.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            guard let known = bytes.baseAddress, let start = name.baseAddress else { return range.isEmpty }
            return memcmp(known + range.lowerBound, start, range.count) == 0
        }
    }

    /// Names are the repository's, which may be somebody else's: the hash is one that cannot be foreseen.
    private func slot(of name: UnsafeRawBufferPointer) -> Int {
        Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
    }

    private static let seeds = (UInt64.random(in: 0...(.max)), UInt64.random(in: 0...(.max)) | 1)

    /// Folds the product of each eight bytes and a secret, as wyhash and its like do.
    @inline(__always)
    private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        let (first, second) = seeds
        var hash = first ^ UInt64(truncatingIfNeeded: name.count)
        var position = 0
        while position + 8 <= name.count {
            hash = fold(hash ^ name.loadUnaligned(fromByteOffset: position, as: UInt64.self), second)
            position += 8
        }
        var rest: UInt64 = 0
        while position < name.count {
            rest = rest << 8 | UInt64(name[position])
            position += 1
        }
        return fold(fold(hash ^ rest, second), first)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: 2 * slots.count)
        for number in 0..<UInt32(count) {
            var slot = withName(number) { self.slot(of: $0) }
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = number
        }
    }
}
