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

    /// With all parameters of the standard, for its vectors.
    static func hash(
        _ secret: [UInt8], salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int, count: Int
    ) -> [UInt8] {
        precondition(cost > 1 && cost & (cost - 1) == 0, "the cost must be a power of two")
        var blocks = derived(secret, salt: salt, count: parallelism * 128 * blockSize)
        let isMixed = blocks.withUnsafeMutableBufferPointer { buffer in
            (0..<parallelism).allSatisfy { lane in
                windsock_scrypt_mix(buffer.baseAddress?.advanced(by: lane * 128 * blockSize), blockSize, cost)
            }
        }
        // A weaker hash in its place would be another identity, and one that is easy to guess from.
        precondition(isMixed, "no memory for the hash of a secret")
        return derived(secret, salt: blocks, count: count)
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
