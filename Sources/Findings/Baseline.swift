package import Rules

/// Secrets that are known and not reported: a sorted text file with a line a secret.
///
/// A line is a fingerprint, a rule id and, after them, a reason in free words. `#` begins a comment. There are no paths,
/// line numbers, times or secrets in it, so that it survives moves and rebases, merges without conflict where two
/// branches add different lines, and can be public as far
/// as its secrets cannot be guessed: `Documentation/fingerprints.md`.
package struct Baseline: Sendable, Equatable {
    package static func == (left: Baseline, right: Baseline) -> Bool {
        left.entriesByFingerprint == right.entriesByFingerprint && left.keyCheck == right.keyCheck
    }

    /// One accepted secret.
    package struct Entry: Sendable, Hashable, Comparable {
        package var fingerprint: Fingerprint
        package var ruleID: String
        /// Why it is accepted; may be empty.
        package var reason: String

        package init(fingerprint: Fingerprint, ruleID: String, reason: String = "") {
            self.fingerprint = fingerprint
            self.ruleID = ruleID
            self.reason = reason
        }

        package static func < (left: Entry, right: Entry) -> Bool { left.fingerprint < right.fingerprint }
    }

    var entriesByFingerprint: [Fingerprint: Entry]
    /// Of the entries.
    var list: FingerprintList
    /// Which key the keyed entries were made with, as `FingerprintKey.check` tells them apart; `nil`: there are none.
    package internal(set) var keyCheck: String?

    package init(entries: [Entry] = []) {
        entriesByFingerprint = Dictionary(entries.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
        list = FingerprintList(entriesByFingerprint.keys)
    }

    /// Sorted by fingerprint.
    package var entries: [Entry] { entriesByFingerprint.values.sorted() }

    package func contains(_ fingerprint: Fingerprint) -> Bool { list.contains(fingerprint) }

    /// Whether a secret is among the entries, under whatever fingerprint earlier versions or other rules gave it.
    package func knows(_ secret: SecretIdentity) -> Bool { !secret.matches(in: list).isEmpty }

    /// Whether some entries are of values that could be found by trying, and so take time to be compared.
    package var isStretched: Bool { list.versions.contains(.stretched) }

    /// Which of the entries could be found by trying whoever reads the file: those with no key.
    package var guessableCount: Int { entriesByFingerprint.keys.count { $0.version == .stretched } }

    /// Reads a baseline.
    ///
    /// - Throws: `RuleFileError` with the line of the first entry that is none.
    package init(text: String, file: String) throws(RuleFileError) {
        var entries: [Entry] = []
        var keyCheck: String?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(
                maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" })
            keyCheck = keyCheck ?? Self.keyCheck(line)
            guard let first = fields.first, !first.hasPrefix("#") else { continue }
            guard let fingerprint = Fingerprint(first), fields.count >= 2 else {
                throw RuleFileError(
                    file: file, line: index + 1,
                    reason:
                        "not a baseline entry; expected a fingerprint (\(Fingerprint.form)), a rule id and a reason")
            }
            let reason = fields.count > 2 ? fields[2].trimmed() : ""
            entries.append(Entry(fingerprint: fingerprint, ruleID: String(fields[1]), reason: reason))
        }
        self.init(entries: entries)
        if list.versions.contains(.keyed) { self.keyCheck = keyCheck }
    }

    /// The file's content.
    package var text: String {
        let header = """
            # windsock baseline: secrets that are known and not reported.
            # A line a secret: fingerprint, rule, why it is accepted. Sorted; holds no secret.

            """
        return header + (keyCheck.map { "\(Self.keyMark)\($0)\n" } ?? "")
            + entries.map { entry in
                let reason = entry.reason.split(whereSeparator: \.isNewline).joined(separator: " ")
                return "\(entry.fingerprint) \(entry.ruleID)\(reason.isEmpty ? "" : " " + reason)\n"
            }.joined()
    }
}

extension Substring {
    /// Without white space at either end.
    fileprivate func trimmed() -> String {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
