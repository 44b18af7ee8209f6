/// SHA-1 (FIPS 180-4), which names git's objects.
///
/// Of objects it finds damage, not forgery: collisions are git's matter. Of a repository's state it is as good as the ids
/// that the state is made of.
package struct SHA1 {
    package typealias Digest = [UInt8]

    private var state: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
        0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0
    )
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0

    package init() {}

    package static func digest(_ bytes: UnsafeRawBufferPointer) -> Digest {
        var sum = SHA1()
        sum.update(bytes)
        return sum.finish()
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        byteCount += UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = min(64 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(missing))
            rest = rest.dropFirst(missing)
            guard pending.count == 64 else { return }
            pending.withUnsafeBytes { Self.mix($0, into: &state) }
            pending.removeAll(keepingCapacity: true)
        }
        let blocks = rest.count & ~63
        Self.mix(UnsafeRawBufferPointer(rebasing: rest.prefix(blocks)), into: &state)
        pending.append(contentsOf: rest.dropFirst(blocks))
    }

    package mutating func finish() -> Digest {
        let bitCount = byteCount &* 8
        var tail: [UInt8] = [0x80]
        tail += [UInt8](repeating: 0, count: (119 - pending.count) % 64)
        withUnsafeBytes(of: bitCount.bigEndian) { tail += $0 }
        tail.withUnsafeBytes { update($0) }
        var digest: Digest = []
        digest.reserveCapacity(20)
        for word in [state.0, state.1, state.2, state.3, state.4] {
            withUnsafeBytes(of: word.bigEndian) { digest += $0 }
        }
        return digest
    }

    private static func mix(
        _ bytes: UnsafeRawBufferPointer, into state: inout (UInt32, UInt32, UInt32, UInt32, UInt32)
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { words in
            for start in stride(from: 0, to: bytes.count, by: 64) {
                for word in 0..<16 { words[word] = bytes.bigEndian(start + 4 * word, as: UInt32.self) }
                for word in 16..<80 {
                    let mixed = words[word - 3] ^ words[word - 8] ^ words[word - 14] ^ words[word - 16]
                    words[word] = mixed << 1 | mixed >> 31
                }
                var (a, b, c, d, e) = state
                func round(_ range: Range<Int>, _ constant: UInt32, _ choice: (UInt32, UInt32, UInt32) -> UInt32) {
                    for word in range {
                        let next = (a << 5 | a >> 27) &+ choice(b, c, d) &+ e &+ constant &+ words[word]
                        (e, d, c, b, a) = (d, c, b << 30 | b >> 2, a, next)
                    }
                }
                round(0..<20, 0x5a82_7999) { ($0 & $1) | (~$0 & $2) }
                round(20..<40, 0x6ed9_eba1) { $0 ^ $1 ^ $2 }
                round(40..<60, 0x8f1b_bcdc) { ($0 & $1) | ($0 & $2) | ($1 & $2) }
                round(60..<80, 0xca62_c1d6) { $0 ^ $1 ^ $2 }
                state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
            }
        }
    }
}
