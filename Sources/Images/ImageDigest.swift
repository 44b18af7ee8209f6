internal import Bytes

/// What names a blob by its content: `sha256:` and 64 hex digits.
package struct ImageDigest: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    private static let digitCounts = ["sha256": 64, "sha384": 96, "sha512": 128]

    /// - Returns: `nil` for what is none of an algorithm that the specification of images knows.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Self.digitCounts[String(parts[0])], parts[1].utf8.count == count,
            parts[1].utf8.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
        else { return nil }
        description = text
    }

    /// The digest of bytes that were hashed.
    init(sha256 hex: String) { description = "sha256:" + hex }

    package var algorithm: String { String(description.prefix { $0 != ":" }) }
    package var hex: String { String(description.drop { $0 != ":" }.dropFirst()) }
    /// Whether content can be compared with it here.
    package var isVerifiable: Bool { algorithm == "sha256" }
    /// As reports call a layer: the algorithm and twelve digits.
    package var short: String { "\(algorithm):\(hex.prefix(12))" }
}
