internal import Bytes
import Findings
internal import Rules

/// Comma-separated values, RFC 4180: a header, then a line an occurrence.
///
/// What a scan covered has no place in a table; who needs to know whether it was complete reads another format, or
/// the exit code.
struct CSV {
    private static let header = [
        "rule", "provider", "severity", "confidence", "fingerprint", "redacted", "path", "start_line", "start_column",
        "end_line", "end_column", "origin", "object", "decoders", "snippet", "commit", "author_name", "author_email",
        "author_time", "removed_in", "in_head", "reachability", "decoded_line", "decoded_column", "repository",
        "head_commit",
    ]

    let result: ScanResult
    let options: ReportOptions
    /// Columns about verification stand only where one was asked for.
    private let isVerified: Bool
    /// Columns of what a store knows stand only where it comes from one.
    private let isStored: Bool
    /// A column of whose keys are stands only where that is known of one.
    private let hasOwners: Bool

    init(result: ScanResult, options: ReportOptions) {
        self.result = result
        self.options = options
        // Once, and not for each of a hundred thousand lines.
        isVerified = result.findings.contains { $0.verification != nil }
        hasOwners = result.findings.contains { $0.verification?.owner != nil }
        isStored = result.findings.contains { $0.stored != nil }
    }

    func bytes() -> [UInt8] {
        let verified =
            isVerified ? ["verification", "verification_reason", "verification_time"] : []
        let stored =
            (isStored ? ["state", "repositories", "first_seen"] : []) + (hasOwners ? ["verification_identity"] : [])
        var lines = [Self.header + verified + stored + (options.showSecrets ? ["secret"] : [])]
        for finding in result.findings { lines += finding.occurrences.map { fields(finding, $0) } }
        let text = lines.map { $0.map(Self.quote).joined(separator: ",") + "\r\n" }.joined()
        return Array(text.utf8)
    }

    private func fields(_ finding: Finding, _ occurrence: Occurrence) -> [String] {
        let (region, history) = (occurrence.region, occurrence.history)
        let commit = history?.introduced
        var fields = [
            finding.rule.id, finding.rule.provider, finding.severity.rawValue, occurrence.confidence.rawValue,
            finding.fingerprint.description, finding.secret.redacted, occurrence.path, "\(region.startLine)",
            "\(region.startColumn)", "\(region.endLine)", "\(region.endColumn)", occurrence.origin.kind,
        ]
        fields += [
            occurrence.origin.object?.description ?? "", occurrence.decoders.joined(separator: " "), occurrence.snippet,
        ]
        fields += [commit?.id.description ?? "", commit?.authorName ?? "", commit?.authorEmail ?? ""]
        fields += [
            commit.map { Timestamp(seconds: $0.authorTime).dateTime } ?? "", history?.removed?.id.description ?? "",
            history.map { $0.isInHead ? "true" : "false" } ?? "", history?.reachability.kind ?? "",
            occurrence.decodedRegion.map { "\($0.startLine)" } ?? "",
            occurrence.decodedRegion.map { "\($0.startColumn)" } ?? "", result.repository.address ?? "",
            result.repository.commit ?? "",
        ]
        if isVerified {
            let verification = finding.verification
            fields += [
                verification?.liveness.rawValue ?? "", verification?.reason ?? "",
                verification?.moment.dateTime ?? "",
            ]
        }
        if isStored {
            let stored = finding.stored
            fields += [
                stored?.state ?? "", stored?.repositories.joined(separator: " ") ?? "",
                stored.map { Timestamp(seconds: $0.firstSeen).dateTime } ?? "",
            ]
        }
        if hasOwners { fields.append(finding.verification?.owner ?? "") }
        return fields + (options.showSecrets ? [finding.secret.revealed] : [])
    }

    /// A field as it stands in the file.
    ///
    /// A spreadsheet runs what begins with one of `=+-@` as a formula, so an apostrophe goes before it, also where
    /// spaces come first: <https://owasp.org/www-community/attacks/CSV_Injection>. Line breaks are written as
    /// escapes, so that a line of the file is an occurrence for tools that do not know about quotes.
    private static func quote(_ field: String) -> String {
        let text = field.visible
        // The full-width forms count for some spreadsheets in East Asian locales.
        let isFormula = text.first { $0 != " " }.map { "=+-@＝＋－＠".contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        let needsQuotes =
            safe.unicodeScalars.contains { ",\"".unicodeScalars.contains($0) }
            || safe.hasPrefix(" ") || safe.hasSuffix(" ")
        return needsQuotes ? "\"" + doublingQuotes(safe) + "\"" : safe
    }

    private static func doublingQuotes(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
