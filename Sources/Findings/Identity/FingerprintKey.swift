internal import Bytes

/// A team's key for fingerprints: who does not have it cannot try values on a baseline.
package struct FingerprintKey: Sendable, Hashable {
    /// The variable that has it.
    package static let variable = "WINDSOCK_FINGERPRINT_KEY"
    /// A key that can be guessed would be as bad as none.
    private static let minimumStrength = 96

    /// What codes are made with.
    let bytes: [UInt8]
    /// Tells this key from others without telling anything else: eight hex digits.
    package let check: String

    /// - Throws: `WeakFingerprintKey` for a text that could be guessed.
    package init(_ text: String) throws(WeakFingerprintKey) {
        // Who puts it into a file has a line end behind it.
        let text = LiteralValue.value(of: Array(text.utf8))
        let strength = SecretStrength.bits(text)
        guard strength >= Self.minimumStrength else {
            throw WeakFingerprintKey(bits: strength, needed: Self.minimumStrength)
        }
        bytes = HMAC.code(key: text, Array("windsock fingerprints".utf8))
        check = HMAC.code(key: bytes, Array("windsock key check".utf8)).prefix(4).withUnsafeBytes(\.hexadecimal)
    }
}

/// A key for fingerprints that could be guessed.
package struct WeakFingerprintKey: Error, Hashable, CustomStringConvertible {
    /// Its strength, and what it must have.
    package var bits: Int
    package var needed: Int

    package var description: String {
        "\(FingerprintKey.variable) is too easy to guess (about \(bits) bits, \(needed) are needed); "
            + "make one with `openssl rand -base64 32`"
    }
}
