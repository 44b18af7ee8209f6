import Findings
import Reports

/// What there is to do about each secret, as a list in Markdown that can be ticked. No secret is in it.
enum FixChecklist {
    /// One secret.
    struct Entry {
        let finding: Finding
        /// Where it stands, a line each.
        var places: [String]
        /// The variable that its next value goes into.
        var name: String?
        /// Whether it is out of the files.
        var isReplaced = false
        /// Why it is in them still.
        var reasons: [String] = []
    }

    static func text(_ run: FixRun, isWritten: Bool) -> String {
        var entries: [Fingerprint: Entry] = [:]
        var order: [Fingerprint] = []
        for file in run.files {
            for place in file.places {
                let key = place.finding.fingerprint
                if entries[key] == nil {
                    order.append(key)
                    entries[key] = Entry(finding: place.finding, places: [], isReplaced: isWritten)
                }
                entries[key]?.places.append("`\(file.name.visible)`, line \(place.line)")
                if let name = place.name, place.outcome == .replaced { entries[key]?.name = name }
                if let reason = place.reasonToStay {
                    entries[key]?.isReplaced = false
                    entries[key]?.reasons.append("`\(file.name.visible)`, line \(place.line): \(reason.visible)")
                }
            }
        }
        return text(order.compactMap { entries[$0] })
    }

    static func text(_ entries: [Entry]) -> String {
        let head = """
            # Secrets to deal with

            \(Quantity.count(entries.count, "secret")), none of which is in this list. Rotate first: a secret that was in a repository is known to whoever has a copy \
            of it, whatever is done to the files.

            """
        return head + entries.map(section).joined()
    }

    private static func section(_ entry: Entry) -> String {
        let finding = entry.finding
        let title = (entry.name ?? finding.rule.id).visible
        let provider = finding.rule.provider.isEmpty ? "" : " of \(finding.rule.provider)"
        var lines = [
            "", "## \(title)", "",
            "`\(finding.rule.id)`\(provider), `\(finding.secret.redacted.visible)`, severity \(finding.severity.rawValue)",
            "",
        ]
        lines += entry.places.prefix(longestList).map { "- \($0)" }
        if entry.places.count > longestList {
            lines.append("- and \(Quantity.count(entry.places.count - longestList, "place")) more")
        }
        lines += ["", "To do, in this order:", ""]
        lines += finding.rule.steps.map { "- [ ] \($0)" }
        if let name = entry.name {
            lines.append("- [ ] Give the new value as `\(name.visible)` to every program that reads it.")
        }
        lines.append("- [\(entry.isReplaced ? "x" : " ")] Take it out of the files: `windsock fix --write`.")
        lines += entry.reasons.map { "  - by hand: \($0)" }
        lines += [
            "- [ ] Look in the provider's logs for uses since the day on which it was committed.",
            "- [ ] Rewrite the history, if it must not stay there: `windsock fix --history`.",
            "- [ ] Scan again: `windsock scan` and `windsock scan --history`.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static let longestList = 20
}
