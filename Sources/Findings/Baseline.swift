package import Rules

/// Secrets that are known and not reported: a sorted text file with a line a secret.
///
/// A line is a fingerprint, a rule id and, after them, a reason in free words. `#` begins a comment. There are no paths,
/// line numbers, times or secrets in it, so that it survives moves and rebases, merges without conflict where two
/// branches add different lines, and can be public.
package struct Baseline: Sendable, Equatable {
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

    private var entriesByFingerprint: [Fingerprint: Entry]

    package init(entries: [Entry] = []) {
        entriesByFingerprint = Dictionary(entries.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Sorted by fingerprint.
    package var entries: [Entry] { entriesByFingerprint.values.sorted() }

    package func contains(_ fingerprint: Fingerprint) -> Bool { entriesByFingerprint[fingerprint] != nil }

    /// Adds an entry; one with a reason that is there already stays.
    package mutating func insert(_ entry: Entry) {
        if let known = entriesByFingerprint[entry.fingerprint], !known.reason.isEmpty { return }
        entriesByFingerprint[entry.fingerprint] = entry
    }

    /// Leaves only entries whose secret was found, and returns how many went.
    package mutating func prune(keeping found: Set<Fingerprint>) -> Int {
        let before = entriesByFingerprint.count
        entriesByFingerprint = entriesByFingerprint.filter { found.contains($0.key) }
        return before - entriesByFingerprint.count
    }

    /// Reads a baseline.
    ///
    /// - Throws: `RuleFileError` with the line of the first entry that is none.
    package init(text: String, file: String) throws(RuleFileError) {
        var entries: [Entry] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(
                maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" })
            guard let first = fields.first, !first.hasPrefix("#") else { continue }
            guard let fingerprint = Fingerprint(first), fields.count >= 2 else {
                throw RuleFileError(
                    file: file, line: index + 1,
                    reason:
                        "not a baseline entry; expected a fingerprint (v1: and 32 hex digits), a rule id and a reason")
            }
            let reason = fields.count > 2 ? fields[2].trimmed() : ""
            entries.append(Entry(fingerprint: fingerprint, ruleID: String(fields[1]), reason: reason))
        }
        self.init(entries: entries)
    }

    /// The file's content.
    package var text: String {
        let header = """
            # windsock baseline: secrets that are known and not reported.
            # A line a secret: fingerprint, rule, why it is accepted. Sorted; holds no secret.

            """
        return header
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
