internal import CScrypt

/// HMAC-SHA-256 (RFC 2104): a hash that only who has the key can make.
package enum HMAC {
    private static let blockSize = 64

    /// The 32 bytes of the code of a message, which is given in parts.
    package static func code(key: [UInt8], _ parts: [UInt8]...) -> [UInt8] {
        var key = key
        if key.count > blockSize {
            var hash = SHA256()
            hash.update(key)
            key = hash.finalize()
        }
        key += Array(repeating: 0, count: blockSize - key.count)
        var inner = SHA256()
        inner.update(key.map { $0 ^ 0x36 })
        for part in parts { inner.update(part) }
        var outer = SHA256()
        outer.update(key.map { $0 ^ 0x5c })
        outer.update(inner.finalize())
        return outer.finalize()
    }
}

/// scrypt (RFC 7914), a hash that takes time and memory on purpose: a dictionary of values that people use is as dear to try
/// as it is long, on graphics cards too.
package enum Scrypt {
    /// Bytes of the blocks that are mixed, divided by 128. Eight is what everybody has.
    private static let blockSize = 8

    /// The stretched hash of a secret.
    ///
    /// - Parameters:
    ///   - cost: How often a block is mixed, a power of two; twice the cost is twice the time and the memory, of which there
    ///     are 1024 bytes a unit.
    ///   - count: Bytes of the hash.
    package static func hash(_ secret: [UInt8], salt: [UInt8], cost: Int, count: Int) -> [UInt8] {
        hash(secret, salt: salt, cost: cost, blockSize: blockSize, parallelism: 1, count: count)
    }

    /// How many hashes are made at once. A processor that makes one waits most of the time, and four take little longer.
    package static let atOnce = Int(WINDSOCK_SCRYPT_MOST)

    /// The stretched hashes of several secrets, in their order. Of `atOnce` of them the memory is taken at a time.
    ///
    /// - Parameter secrets: Each with its salt.
    package static func hashes(
        _ secrets: [(secret: [UInt8], salt: [UInt8])], cost: Int, count: Int
    ) -> [[UInt8]] {
        var blocks = secrets.flatMap { derived($0.secret, salt: $0.salt, count: 128 * blockSize) }
        mix(&blocks, blockSize: blockSize, cost: cost)
        return secrets.enumerated().map { index, secret in
            let block = blocks[index * 128 * blockSize..<(index + 1) * 128 * blockSize]
            return derived(secret.secret, salt: Array(block), count: count)
        }
    }

    /// With all parameters of the standard, for its vectors.
    static func hash(
        _ secret: [UInt8], salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int, count: Int
    ) -> [UInt8] {
        var blocks = derived(secret, salt: salt, count: parallelism * 128 * blockSize)
        mix(&blocks, blockSize: blockSize, cost: cost)
        return derived(secret, salt: blocks, count: count)
    }

    /// Mixes blocks that stand one behind the other.
    private static func mix(_ blocks: inout [UInt8], blockSize: Int, cost: Int) {
        precondition(cost > 1 && cost & (cost - 1) == 0, "the cost must be a power of two")
        let length = 128 * blockSize
        let isMixed = blocks.withUnsafeMutableBufferPointer { buffer in
            stride(from: 0, to: buffer.count, by: length * atOnce).allSatisfy { start in
                let starts = stride(from: start, to: min(buffer.count, start + length * atOnce), by: length)
                let places = starts.map { buffer.baseAddress?.advanced(by: $0) }
                return windsock_scrypt_mix(places, Int32(places.count), blockSize, cost)
            }
        }
        // A weaker hash in its place would be another identity, and one that is easy to guess from.
        precondition(isMixed, "no memory for the hash of a secret")
    }

    /// PBKDF2-HMAC-SHA-256 with one iteration.
    private static func derived(_ secret: [UInt8], salt: [UInt8], count: Int) -> [UInt8] {
        var result: [UInt8] = []
        var number: UInt32 = 1
        while result.count < count {
            let counter = (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) }
            result += HMAC.code(key: secret, salt, counter)
            number += 1
        }
        return Array(result.prefix(count))
    }
}
