package import Findings

/// Turns the result of a scan into a report.
///
/// Reports only tell: what is found, how sure it is and what is left out was decided before. The one thing decided
/// here is that no report holds a secret: see `Redaction`.
package enum Report {
    /// Writes a whole report, UTF-8, with a line end after the last line.
    ///
    /// - Parameters:
    ///   - result: What the scan found and covered.
    ///   - format: The form.
    ///   - options: Colour, width, redaction.
    /// - Returns: The bytes of the report.
    package static func write(_ result: ScanResult, as format: ReportFormat, options: ReportOptions) -> [UInt8] {
        var result = result
        if !(options.showSecrets && format.canShowSecrets) { result.redact() }
        if format.mixesHygiene { result.findings += result.hygiene ?? [] }
        switch format {
        case .text: return Text(result: result, options: options).bytes()
        case .json: return JSON(result: result, options: options).bytes()
        case .jsonl: return JSONLinesWriter.bytes(of: result, options: options)
        case .sarif: return SARIF(result: result, options: options).bytes()
        case .gitlab: return GitLab(result: result, options: options).bytes()
        case .junit: return JUnit(result: result, options: options).bytes()
        case .csv: return CSV(result: result, options: options).bytes()
        case .html: return HTML(result: result, options: options).bytes()
        case .github: return GitHubAnnotations(result: result, options: options).bytes()
        case .markdown: return Markdown(result: result, options: options).bytes()
        case .short: return Short(result: result, options: options).bytes()
        }
    }
}
