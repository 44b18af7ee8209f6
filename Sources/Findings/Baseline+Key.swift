internal import Bytes

/// A baseline that cannot be used, because its entries were made with another key than there is.
package struct BaselineKeyMismatch: Error, Hashable, CustomStringConvertible {
    /// Whether there is a key at all.
    package var hasKey: Bool

    package var description: String {
        hasKey
            ? "it has entries that were made with another \(FingerprintKey.variable) than the one that is set; set that one, or make a new baseline"
            : "it has entries that were made with a team's key (v3:), and \(FingerprintKey.variable) is not set; set it to that key"
    }
}

extension Baseline {
    /// Begins the line that says which key keyed entries were made with.
    static let keyMark = "# key "

    /// What such a line says; `nil` for every other comment.
    static func keyCheck(_ line: Substring) -> String? {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard line.hasPrefix(keyMark), words.count == 3, words[2].utf8.count == 8,
            words[2].utf8.allSatisfy(\.isHexDigit)
        else { return nil }
        return String(words[2])
    }

    /// Checks that the keyed entries can be compared with what is found.
    ///
    /// - Throws: `BaselineKeyMismatch`: all secrets of such entries would seem to be new.
    package func check(_ key: FingerprintKey?) throws(BaselineKeyMismatch) {
        guard list.versions.contains(.keyed) else { return }
        guard let key else { throw BaselineKeyMismatch(hasKey: false) }
        if let keyCheck, keyCheck != key.check { throw BaselineKeyMismatch(hasKey: true) }
    }
}
