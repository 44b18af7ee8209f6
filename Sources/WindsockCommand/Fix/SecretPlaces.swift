import Findings
import Remediation
import Reports
import Rules
import Scanner

/// Where the secrets of findings are written in a text.
struct SecretPlaces {
    struct Entry {
        let finding: Finding
        let line: Int
        let column: Int
        let place: SecretPlace
        /// Why nothing can be put there; `nil`: something may.
        var reason: String?
        var note: String?
    }

    /// In order; none overlaps another.
    private(set) var fixable: [Entry] = []
    private(set) var unfixable: [Entry] = []

    init(_ findings: [Finding], in text: [UInt8]) {
        var lines = TextPlaces(text)
        var entries: [Entry] = []
        let secrets = findings.map(\.secret.bytes)
        for finding in findings where !finding.secret.isVisible {
            for occurrence in finding.occurrences {
                let range = lines.range(of: occurrence.region)
                entries.append(Self.entry(finding, occurrence, range, text, secrets))
            }
        }
        entries.sort {
            ($0.place.range.lowerBound, -$0.place.range.count) < ($1.place.range.lowerBound, -$1.place.range.count)
        }
        for entry in entries {
            if entry.reason != nil {
                unfixable.append(entry)
            } else if let last = fixable.last, last.place.range.overlaps(entry.place.range) {
                // What is a part of another goes with it.
                if last.place.range.upperBound < entry.place.range.upperBound {
                    var entry = entry
                    entry.reason = "it is written over another secret"
                    unfixable.append(entry)
                }
            } else {
                fixable.append(entry)
            }
        }
    }

    private static func entry(
        _ finding: Finding, _ occurrence: Occurrence, _ range: Range<Int>, _ text: [UInt8], _ secrets: [[UInt8]]
    ) -> Entry {
        let decoders = occurrence.decoders
        let place = SecretPlace(
            range: range, names: names(of: range, in: text, secrets), provider: finding.rule.provider,
            ruleID: finding.rule.id,
            // Encoded it is another value.
            identity: ([finding.fingerprint.description] + decoders).joined(separator: " "),
            redacted: finding.secret.redacted)
        var entry = Entry(
            finding: finding, line: occurrence.region.startLine, column: occurrence.region.startColumn, place: place)
        if decoders.contains("joined literals") || decoders.contains("constants") {
            entry.reason = "it is put together out of several literals"
        } else if range.isEmpty {
            entry.reason = "where it is written is not known to the byte"
        } else if let outer = decoders.first, ["base64", "hex", "gzip"].contains(outer) {
            entry.note = "the variable has to have it as it stands here, in \(outer)"
        }
        return entry
    }

    /// What the text calls a value: nothing that is a secret itself, such as the id that a key belongs to.
    private static func names(of range: Range<Int>, in text: [UInt8], _ secrets: [[UInt8]]) -> [String] {
        ValueNames.names(of: range, in: text).filter { name in
            RandomRuns.masked(name) == name
                && !secrets.contains { !TextPlaces.ranges(of: $0, in: Array(name.utf8)).isEmpty }
        }
    }
}
