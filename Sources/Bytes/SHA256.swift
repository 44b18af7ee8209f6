/// SHA-256 (FIPS 180-4), for fingerprints.
///
/// swift-crypto would add a minute to every user's build for these lines; fingerprints are made once a secret,
/// so speed does not matter. Tested against the standard's vectors.
package struct SHA256 {
    private static let roundConstants: [UInt32] = {
        // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
        var primes: [Int] = []
        var candidate = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map(fractionalCubeRoot)
    }()

    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0

    package init() {}

    /// floor(cbrt(n) · 2^32) mod 2^32, exactly: the largest x with x³ ≤ n · 2^96, by bisection.
    private static func fractionalCubeRoot(of prime: Int) -> UInt32 {
        var low: UInt64 = 0
        var high: UInt64 = 8 << 32
        let target = (high: UInt64(prime) << 32, low: UInt64(0))
        while high - low > 1 {
            let middle = low + (high - low) / 2
            let square = middle.multipliedFullWidth(by: middle)
            let lower = square.low.multipliedFullWidth(by: middle)
            let cube = (high: square.high * middle + lower.high, low: lower.low)
            let fits = cube.high < target.high || (cube.high == target.high && cube.low <= target.low)
            if fits { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    package mutating func update(_ bytes: [UInt8]) {
        byteCount += UInt64(bytes.count)
        pending += bytes
        let whole = pending.count / 64 * 64
        for start in stride(from: 0, to: whole, by: 64) { compress(pending[start..<start + 64]) }
        pending.removeFirst(whole)
    }

    /// The 32 bytes of the digest.
    package mutating func finalize() -> [UInt8] {
        let bitCount = byteCount * 8
        let padding = (119 - Int(byteCount % 64)) % 64
        update([0x80] + Array(repeating: 0, count: padding))
        update((0..<8).map { UInt8(truncatingIfNeeded: bitCount >> UInt64(56 - 8 * $0)) })
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    /// The digest of a text, as 64 hex digits in lower case.
    package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(Array(bytes))
        return hash.finalize().withUnsafeBytes(\.hexadecimal)
    }

    private mutating func compress(_ block: ArraySlice<UInt8>) {
        var schedule = [UInt32](repeating: 0, count: 64)
        for index in 0..<16 {
            let start = block.startIndex + index * 4
            schedule[index] = block[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let first = schedule[index - 15]
            let second = schedule[index - 2]
            let small0 = Self.rotate(first, 7) ^ Self.rotate(first, 18) ^ (first >> 3)
            let small1 = Self.rotate(second, 17) ^ Self.rotate(second, 19) ^ (second >> 10)
            schedule[index] = schedule[index - 16] &+ small0 &+ schedule[index - 7] &+ small1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let big1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
            let choice = (e & f) ^ (~e & g)
            let first = h &+ big1 &+ choice &+ Self.roundConstants[index] &+ schedule[index]
            let big0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ big0 &+ majority)
        }
        for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }
}
