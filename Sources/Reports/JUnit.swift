import Findings
internal import Rules

/// JUnit XML: a finding is a failed test, what could not be read is a test with an error.
struct JUnit {
    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        let cases = cases()
        let counts = """
            tests="\(cases.count)" failures="\(result.findings.count)" errors="\(errors.count)" skipped="0" \
            time="\(Quantity.seconds(result.summary.duration))"
            """
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<testsuites name="windsock" \#(counts)>"#,
            #"  <testsuite name="windsock \#(result.summary.mode.rawValue)" \#(counts) "#
                + #"timestamp="\#(result.summary.start.dateTimeWithoutZone)">"#,
            "    <properties>",
            #"      <property name="version" value="\#(options.toolVersion.xml)"/>"#,
            #"      <property name="target" value="\#(result.summary.target.xml)"/>"#,
            "    </properties>",
        ]
        lines += cases
        lines += ["    <system-out>\(output)</system-out>", "  </testsuite>", "</testsuites>", ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private var errors: [String] {
        result.summary.problems.map { $0.sentence }
            + (result.summary.wasInterrupted ? ["The scan was interrupted before its end."] : [])
    }

    private func cases() -> [String] {
        let cases = result.findings.map(failure) + errors.map(error)
        // Several CI servers take a suite without tests for a broken one.
        return cases.isEmpty ? [#"    <testcase classname="windsock" name="no secrets found" time="0"/>"#] : cases
    }

    private func failure(_ finding: Finding) -> String {
        let secret = finding.secret.redacted
        let first = finding.occurrences.first
        let place = first.map { "\($0.path):\($0.region.startLine)" } ?? ""
        let rest = finding.occurrences.count - 1
        let message =
            "\(finding.rule.id): \(secret) at \(place)"
            + (rest > 0 ? " and " + Quantity.count(rest, "other place") : "")
        let name = "\(finding.rule.id) \(secret) \(finding.fingerprint)"
        let file = first.map { #" file="\#($0.path.xml)" line="\#($0.region.startLine)""# } ?? ""
        return """
                <testcase classname="windsock.\(finding.rule.id.xml)" name="\(name.xml)"\(file) time="0">
                  <failure message="\(message.xml)" type="\(finding.severity.rawValue)">\(details(finding))</failure>
                </testcase>
            """
    }

    private func error(_ sentence: String) -> String {
        """
            <testcase classname="windsock.scan" name="\(sentence.xml)" time="0">
              <error message="\(sentence.xml)" type="not-read"/>
            </testcase>
        """
    }

    private func details(_ finding: Finding) -> String {
        var lines = [
            finding.rule.explanation,
            "Severity \(finding.severity.rawValue), confidence \(finding.confidence.rawValue)",
        ]
        if let verification = finding.verification { lines.append(verification.sentence) }
        lines += finding.remarks
        lines.append("")
        for occurrence in finding.occurrences {
            let region = occurrence.region
            lines.append("\(occurrence.path):\(region.startLine):\(region.startColumn)  \(occurrence.snippet)")
            if let image = occurrence.image { lines.append("  " + image.sentence) }
            if let origin = occurrence.origin.sentence { lines.append("  " + origin) }
            if let history = occurrence.history { lines += ["  " + history.introduction, "  " + history.fate] }
        }
        lines += ["", "What to do:"] + finding.rule.steps.enumerated().map { "\($0 + 1). \($1)" }
        return lines.map(\.xml).joined(separator: "\n")
    }

    private var output: String {
        var lines = ["Scanned \(result.summary.coverage)"]
        if let omission = result.summary.omission { lines.append("Left out: \(omission)") }
        if let suppression = result.summary.suppressionSentence {
            lines.append("Found, but not reported: \(suppression)")
        }
        lines += result.summary.remarks.map { "Note: \($0)" }
        lines.append(Verdict(result).sentence)
        return lines.map(\.xml).joined(separator: "\n")
    }
}
