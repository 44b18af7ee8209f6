import Bytes

/// Identity of a finding: a hash of rule and secret, never of a place.
///
/// `v1:` and the first 32 hex digits of SHA-256 over rule id, a NUL byte, and the secret's bytes.
public struct Fingerprint: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// `v1:` and 32 lower-case hex digits.
    public let description: String

    /// The identity of a secret that a rule found.
    public init(ruleID: String, secret: Secret) {
        var hash = SHA256()
        hash.update(Array(ruleID.utf8))
        hash.update([0])
        hash.update(secret.bytes)
        description = "v1:" + hash.finalize().prefix(16).map(Self.hex).joined()
    }

    /// Reads the written form; `nil` unless it is `v1:` and 32 hex digits.
    public init?(_ text: some StringProtocol) {
        let digits = text.dropFirst(3)
        guard text.hasPrefix("v1:"), digits.utf8.count == 32,
            digits.utf8.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
        else { return nil }
        description = String(text)
    }

    /// Whether the one stands before the other as text.
    public static func < (left: Fingerprint, right: Fingerprint) -> Bool { left.description < right.description }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
