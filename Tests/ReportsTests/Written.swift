import Findings
import Reports

/// A report as text, written as the command would write it.
func written(
    _ result: ScanResult, as format: ReportFormat,
    options: ReportOptions = .init(toolVersion: "1.2.3", informationURI: "https://example.org/windsock")
) -> String {
    String(decoding: Report.write(result, as: format, options: options), as: UTF8.self)
}
