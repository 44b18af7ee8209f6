import Findings
internal import Rules

/// The last word of a report for people.
struct Verdict {
    enum Kind: String { case clean, incomplete, findings }

    let kind: Kind
    /// `3 secrets found (1 high, 2 medium)`
    let sentence: String

    init(_ result: ScanResult) {
        let count = result.findings.count
        let hygiene = result.hygiene.flatMap { $0.isEmpty ? nil : Quantity.count($0.count, "hygiene finding") }
        if count > 0 {
            kind = .findings
            let verified = result.findings.verificationCounts.map { "; verified: \($0)" } ?? ""
            var found = Quantity.count(count, "secret") + " found (\(Self.severities(of: result.findings)))\(verified)"
            if let hygiene { found += ", \(hygiene)" }
            sentence = result.summary.incompleteness.map { "\(found). INCOMPLETE: \($0)" } ?? found
        } else if let reason = result.summary.incompleteness {
            kind = .incomplete
            sentence = "INCOMPLETE: \(reason); \(hygiene ?? "nothing found") in the rest"
        } else {
            kind = .clean
            let nothing = result.summary.filesScanned == 0 && result.summary.blobsScanned == 0
            sentence =
                hygiene.map { "no secret found, \($0)" } ?? (nothing ? "clean: there was nothing to scan" : "clean")
        }
    }

    private static func severities(of findings: [Finding]) -> String {
        Severity.allCases.reversed().compactMap { severity in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(Quantity.grouped(count)) \(severity.rawValue)"
        }.joined(separator: ", ")
    }
}
