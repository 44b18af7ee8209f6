/// Secrets that are known and not reported: a sorted text file with a line a secret.
///
/// A line is a fingerprint, a rule id and, after them, until when it is accepted, who answers for it, and a reason in free
/// words. `#` begins a comment; one directly above an entry says for the reviewer where the secret stood. There are no line
/// numbers, times or secrets in it, so that it survives moves and rebases, merges without conflict where two branches add
/// different lines, and can be public as far as its secrets cannot be guessed: `Documentation/fingerprints.md`.
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
        /// The last day on which it is accepted; `nil`: for good.
        package var until: CalendarDay?
        /// Who answers for it; may be empty. One word.
        package var owner: String
        /// Where it stood when it was accepted, for whoever reviews that; may be empty, and decides nothing.
        package var path: String

        package init(
            fingerprint: Fingerprint, ruleID: String, reason: String = "", until: CalendarDay? = nil,
            owner: String = "", path: String = ""
        ) {
            self.fingerprint = fingerprint
            self.ruleID = ruleID
            self.reason = reason
            self.until = until
            self.owner = owner
            self.path = path
        }

        package static func < (left: Entry, right: Entry) -> Bool { left.fingerprint < right.fingerprint }

        /// Whether it is over: from the day after the last one, in UTC.
        package func isExpired(on day: CalendarDay) -> Bool { until.map { $0 < day } ?? false }
    }

    /// What a baseline says of a secret.
    package enum Answer: Sendable, Hashable {
        case unknown
        case accepted(Entry)
        /// It was accepted, and no longer is.
        case expired(Entry)
    }

    var entriesByFingerprint: [Fingerprint: Entry]
    /// Of the entries.
    var list: FingerprintList
    /// Which key the keyed entries were made with, as `FingerprintKey.check` tells them apart; `nil`: there are none.
    package internal(set) var keyCheck: String?
    /// Tells the rules that the entries were found with from others: 16 hex digits; `nil`: the file does not say.
    package var rules: String?
    /// The files that entries come from, as reports name them.
    private(set) var files: [Fingerprint: String] = [:]

    package init(entries: [Entry] = []) {
        entriesByFingerprint = Dictionary(entries.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
        list = FingerprintList(entriesByFingerprint.keys)
    }

    /// Sorted by fingerprint.
    package var entries: [Entry] { entriesByFingerprint.values.sorted() }

    package func contains(_ fingerprint: Fingerprint) -> Bool { list.contains(fingerprint) }

    /// Whether a secret is among the entries, under whatever fingerprint earlier versions or other rules gave it.
    package func knows(_ secret: SecretIdentity) -> Bool { !secret.matches(in: list).isEmpty }

    /// What is said of a secret; one entry that is in force is enough.
    package func answer(for secret: SecretIdentity, on day: CalendarDay) -> Answer {
        var expired: Entry?
        // Nearly always there is one at the most, and the first is enough.
        if let first = secret.matches(in: list).first, let entry = entriesByFingerprint[first] {
            if !entry.isExpired(on: day) { return .accepted(entry) }
            expired = entry
        }
        guard let expired else { return .unknown }
        let entries = secret.matches(in: list, all: true).compactMap { entriesByFingerprint[$0] }
        return entries.first { !$0.isExpired(on: day) }.map { .accepted($0) } ?? .expired(expired)
    }

    /// The file that an entry comes from, as reports name it.
    package func file(of entry: Entry) -> String? { files[entry.fingerprint] }

    /// Notes which file all entries come from.
    package mutating func attribute(to file: String) {
        files = entriesByFingerprint.mapValues { _ in file }
    }

    /// This baseline with the entries of another; both were made with the same key, if with any.
    package func merging(_ other: Baseline) -> Baseline {
        var merged = self
        for entry in other.entries {
            merged.insert(entry)
            // Where both know a secret, the first is named.
            if let file = other.files[entry.fingerprint], merged.files[entry.fingerprint] == nil {
                merged.files[entry.fingerprint] = file
            }
        }
        merged.keyCheck = keyCheck ?? other.keyCheck
        merged.rules = rules == other.rules ? rules : nil
        return merged
    }

    /// Whether some entries are of values that could be found by trying, and so take time to be compared.
    package var isStretched: Bool { list.versions.contains(.stretched) }

    /// Which of the entries could be found by trying whoever reads the file: those with no key.
    package var guessableCount: Int { entriesByFingerprint.keys.count { $0.version == .stretched } }
}
