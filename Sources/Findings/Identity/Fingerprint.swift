internal import Bytes
public import Rules

/// Identity of a finding: a hash of rule and secret, never of a place.
///
/// The first 32 hex digits of a hash over the name of the rule, a NUL byte, and the value of the secret, behind a name for the
/// kind of hash. Which kind it is follows from the secret alone and from whether there is a key, so that two scans agree.
public struct Fingerprint: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The kinds of hashes.
    public enum Version: String, Sendable, Hashable, CaseIterable {
        /// SHA-256.
        case plain = "v1"
        /// scrypt: for a value that could be found by trying.
        case stretched = "v2"
        /// HMAC-SHA-256 with a team's key.
        case keyed = "v3"
    }

    /// The kind, a colon, and 32 lower-case hex digits.
    public let description: String

    /// The identity of a secret that a rule found, where there is no key.
    public init(rule: Rule, secret: Secret) {
        self = SecretIdentity(rule: rule, secret: secret).fingerprint
    }

    /// The same for a rule that has a provider, of which the id is enough.
    public init(ruleID: String, secret: Secret) { self.init(rule: Rule(id: ruleID), secret: secret) }

    /// Reads the written form; `nil` unless it is `v1:`, `v2:` or `v3:` and 32 hex digits.
    public init?(_ text: some StringProtocol) {
        let digits = text.dropFirst(3)
        guard Version.allCases.contains(where: { text.hasPrefix($0.rawValue + ":") }), digits.utf8.count == 32,
            digits.utf8.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
        else { return nil }
        description = String(text)
    }

    /// What a fingerprint looks like, for messages.
    package static let form = "v1:, v2: or v3: and 32 hex digits"

    private init(_ version: Version, _ hash: some Sequence<UInt8>) {
        description = version.rawValue + ":" + Array(hash.prefix(16)).withUnsafeBytes(\.hexadecimal)
    }

    /// Which kind of hash it is.
    public var version: Version { Version.allCases.first { description.hasPrefix($0.rawValue) } ?? .plain }

    /// Whether the one stands before the other as text.
    public static func < (left: Fingerprint, right: Fingerprint) -> Bool { left.description < right.description }
}

// MARK: The hashes

extension Fingerprint {
    /// scrypt's N: with blocks of 1 KiB some 6 ms and 4 MiB. Fingerprints in baselines depend on it.
    private static let cost = 4096

    static func plain(_ name: String, _ value: [UInt8]) -> Fingerprint {
        var hash = SHA256()
        hash.update(Array(name.utf8))
        hash.update([0])
        hash.update(value)
        return Fingerprint(.plain, hash.finalize())
    }

    static func stretched(_ name: String, _ value: [UInt8]) -> Fingerprint {
        Fingerprint(.stretched, Scrypt.hash(value, salt: Array(name.utf8), cost: cost, count: 16))
    }

    /// Those of several secrets, in their order.
    static func stretched(_ secrets: [(name: String, value: [UInt8])]) -> [Fingerprint] {
        let inputs = secrets.map { (secret: $0.value, salt: Array($0.name.utf8)) }
        return Scrypt.hashes(inputs, cost: cost, count: 16).map { Fingerprint(.stretched, $0) }
    }

    static func keyed(_ name: String, _ value: [UInt8], _ key: FingerprintKey) -> Fingerprint {
        Fingerprint(.keyed, HMAC.code(key: key.bytes, Array(name.utf8), [0], value))
    }
}
