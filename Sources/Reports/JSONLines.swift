package import Findings
internal import Rules

/// Writes JSON Lines: a line a finding as findings come, then a line that sums up.
///
/// A reader that does not see the last line knows that the report was cut short.
package struct JSONLinesWriter: Sendable {
    private let options: ReportOptions
    private var counts: [Severity: Int] = [:]

    private let scanTime: Int
    private let repository: SourceRepository

    /// - Parameters:
    ///   - scanTime: In seconds since 1970: until when secrets that are still there were exposed.
    ///   - repository: Where they come from; it stands in each line, since lines of several scans are put into one file.
    package init(options: ReportOptions, scanTime: Double, repository: SourceRepository = SourceRepository()) {
        self.options = options
        self.repository = repository
        self.scanTime = Timestamp(seconds: scanTime).seconds
    }

    /// A finding's line, with its line end.
    ///
    /// Texts such as a commit's summary are redacted as far as this finding's secret goes: the others are not known
    /// here. `Report.write` knows all, and redacts all.
    package mutating func line(for finding: Finding) -> [UInt8] {
        line(forRedacted: options.showSecrets ? finding : finding.redactedAlone())
    }

    /// The last line, with its line end; it counts the findings that were written before.
    package func line(for summary: ScanSummary) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("type", "summary")
            writer.field("schema", JSONWriter.schema)
            writer.field(
                "tool",
                object: {
                    $0.field("name", "windsock")
                    $0.field("version", options.toolVersion)
                })
            writer.field("secretsShown", options.showSecrets)
            writer.field("repository", object: { $0.fields(of: repository) })
            writer.fields(of: summary, findings: counts)
        }
        writer.endLine()
        return writer.bytes
    }

    static func bytes(of result: ScanResult, options: ReportOptions) -> [UInt8] {
        var writer = JSONLinesWriter(
            options: options, scanTime: result.summary.startTime, repository: result.repository)
        var bytes: [UInt8] = []
        for finding in result.findings { bytes += writer.line(forRedacted: finding) }
        for finding in result.hygiene ?? [] { bytes += writer.line(forRedacted: finding, type: "hygiene") }
        if let explanations = result.explanations { bytes += lines(for: explanations, options: options) }
        return bytes + writer.line(for: result.summary)
    }

    private static func lines(for explanations: ScanExplanations, options: ReportOptions) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        for place in explanations.places {
            writer.object { writer in
                writer.field("type", "explanation")
                writer.field("schema", JSONWriter.schema)
                writer.fields(of: place, showingSecret: options.showSecrets)
            }
            writer.endLine()
        }
        for rule in explanations.unmatched {
            writer.object { writer in
                writer.field("type", "unmatchedRule")
                writer.field("schema", JSONWriter.schema)
                writer.fields(of: rule)
            }
            writer.endLine()
        }
        return writer.bytes
    }

    private mutating func line(forRedacted finding: Finding, type: String = "finding") -> [UInt8] {
        if type == "finding" { counts[finding.severity, default: 0] += 1 }
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("type", type)
            writer.field("schema", JSONWriter.schema)
            writer.field("repository", object: { $0.fields(of: repository) })
            writer.fields(of: finding, showingSecret: options.showSecrets, now: scanTime)
        }
        writer.endLine()
        return writer.bytes
    }
}
