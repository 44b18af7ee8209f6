import Findings
import Reports

/// Shows what a baseline takes in and what it has, for people.
enum BaselineListing {
    /// What a file takes in shown at most; a first baseline may have thousands.
    private static let limit = 50

    /// Says on standard error what was taken in.
    static func tell(_ added: [Finding], newerRules: NewerRules) {
        var text = ""
        for finding in added.prefix(limit) { text += "  \(line(finding))\(newerRules.remark(on: finding))\n" }
        if added.count > limit { text += "  and \(Quantity.grouped(added.count - limit)) more\n" }
        let newer = added.count { newerRules.explains($0) }
        if newer > 0 {
            text +=
                "windsock: \(Quantity.count(newer, "secret")) of these stood there before, and the rules are others than those of the baseline: what a newer version alone sees\n"
        }
        if !text.isEmpty { StandardError.write(text) }
    }

    private static func line(_ finding: Finding) -> String {
        let place = finding.occurrences.first.map { "\($0.path.visible):\($0.region.startLine)" } ?? ""
        return [finding.severity.rawValue, finding.rule.id, finding.secret.redacted, place].joined(separator: "  ")
            .visible
    }

    /// A line an entry: fingerprint, rule, terms, place.
    static func text(_ entries: [Baseline.Entry], on today: CalendarDay) -> String {
        entries.map { entry in
            var words = ["\(entry.fingerprint)", entry.ruleID]
            if let until = entry.until { words.append("until \(until)\(entry.isExpired(on: today) ? " (over)" : "")") }
            if !entry.owner.isEmpty { words.append("owner \(entry.owner)") }
            if !entry.path.isEmpty { words.append("in \(entry.path)") }
            if !entry.reason.isEmpty { words.append(entry.reason) }
            return words.joined(separator: "  ").visible + "\n"
        }.joined()
    }

    /// The same as JSON: an array of objects.
    static func json(_ entries: [Baseline.Entry], on today: CalendarDay) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.array(entries) { writer, entry in
            writer.object {
                $0.field("fingerprint", entry.fingerprint.description)
                $0.field("rule", entry.ruleID)
                $0.field("until", ifPresent: entry.until?.description)
                $0.field("expired", entry.isExpired(on: today))
                $0.field("owner", ifPresent: entry.owner.isEmpty ? nil : entry.owner)
                $0.field("path", ifPresent: entry.path.isEmpty ? nil : entry.path)
                $0.field("reason", ifPresent: entry.reason.isEmpty ? nil : entry.reason)
            }
        }
        writer.endLine()
        return writer.bytes
    }
}
