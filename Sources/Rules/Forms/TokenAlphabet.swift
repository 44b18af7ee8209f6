/// Alphabets of tokens by name, and what they hold.
package enum TokenAlphabet {
    /// The names, and what stands between the brackets of a pattern's class for each.
    package static let named: [(name: String, set: String)] = [
        ("hex", "0-9a-f"), ("base32", "A-Z2-7"), ("base58", "1-9A-HJ-NP-Za-km-z"), ("base62", "A-Za-z0-9"),
        ("base64", "A-Za-z0-9+/"), ("base64url", "A-Za-z0-9_-"),
    ]
    /// The form that has hyphens at places of its own, and no length to be named.
    package static let uuid = "uuid"

    /// What stands between the brackets of a class for a name; the text itself if it is no name.
    package static func set(_ alphabet: String) -> String { named.first { $0.name == alphabet }?.set ?? alphabet }

    /// Whether a class of these characters and ranges, without escapes, holds a byte.
    package static func holds(_ set: String, _ byte: UInt8) -> Bool {
        let bytes = Array(set.utf8)
        var position = 0
        while position < bytes.count {
            if position + 2 < bytes.count, bytes[position + 1] == UInt8(ascii: "-") {
                if bytes[position] <= byte, byte <= bytes[position + 2] { return true }
                position += 3
            } else {
                if bytes[position] == byte { return true }
                position += 1
            }
        }
        return false
    }

    /// The first named alphabet that holds all of a text; `uuid` for one.
    package static func of(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        if parts.map(\.count) == [8, 4, 4, 4, 12], parts.joined().utf8.allSatisfy({ holds("0-9a-f", $0) }) {
            return uuid
        }
        // Base 32 and 58 are seldom told from a single sample.
        return named.first { name, set in
            name != "base32" && name != "base58" && text.utf8.allSatisfy { holds(set, $0) }
        }?.name
    }
}
