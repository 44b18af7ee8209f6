import Findings
internal import Rules

/// Commands of GitHub Actions, which make annotations: one a place, then what was covered as plain text in the log.
///
/// <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>
struct GitHubAnnotations {
    /// GitHub keeps ten errors and ten warnings of a step, and shows fifty of a job.
    private static let placeLimit = 50
    private static let noticeLimit = 10

    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        var lines: [String] = []
        let places = result.changesFirst.flatMap { finding in finding.occurrences.map { (finding, $0) } }
        // Those on changed lines come first, also before other places of the secrets that have some.
        let ordered = places.filter { $0.1.isOnChangedLine == true } + places.filter { $0.1.isOnChangedLine != true }
        lines += ordered.prefix(Self.placeLimit).map { annotation($0, $1, level: $0.severity.annotation) }
        if ordered.count > Self.placeLimit {
            lines.append(
                "and \(Quantity.count(ordered.count - Self.placeLimit, "more place", plural: "more places"))"
                    + " (GitHub shows no more annotations; --report json=FILE has all)")
        }
        for finding in (result.hygiene ?? []).prefix(Self.noticeLimit) {
            if let first = finding.occurrences.first { lines.append(annotation(finding, first, level: "notice")) }
        }
        lines += result.summary.problems.map { problem in
            "::warning title=\(Self.property("windsock could not read \(problem.subject)"))::"
                + Self.data(problem.sentence)
        }
        lines.append(Self.plain("Scanned \(result.summary.coverage)"))
        if let suppression = result.summary.suppressionSentence {
            lines.append(Self.plain("Found, but not reported: \(suppression)"))
        }
        // What a change does to its own gate is for whoever reviews it.
        lines += result.summary.remarks.map { "::notice title=windsock::\(Self.data($0))" }
        lines.append(Self.plain("windsock: \(Verdict(result).sentence)"))
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private func annotation(_ finding: Finding, _ occurrence: Occurrence, level: String) -> String {
        var properties: [(String, String)] = []
        // What has no path, such as a message, is shown at the job.
        if occurrence.origin.isFile {
            let region = occurrence.regionInFile
            properties = [("file", occurrence.file), ("line", "\(max(1, region.startLine))")]
            // Columns are of one line.
            if region.endLine <= region.startLine {
                properties += [("col", "\(max(1, region.startColumn))"), ("endColumn", "\(max(1, region.endColumn))")]
            } else {
                properties.append(("endLine", "\(region.endLine)"))
            }
        }
        properties.append(("title", "\(finding.severity.rawValue): \(finding.rule.id)"))
        let texts = properties.map { "\($0.0)=\(Self.property($0.1))" }.joined(separator: ",")
        return "::\(level) \(texts)::\(Self.data(message(finding, occurrence)))"
    }

    private func message(_ finding: Finding, _ occurrence: Occurrence) -> String {
        var sentences = [
            "Secret \(finding.secret.redacted.visible), \(occurrence.confidence.rawValue) confidence."
                + " \(finding.rule.explanation.visible)"
        ]
        if let verification = finding.verification { sentences.append(verification.sentence) }
        if let origin = occurrence.origin.sentence, !occurrence.origin.isFile {
            sentences.append("It stands \(origin).")
        }
        if let member = occurrence.memberSentence { sentences.append(member) }
        if let commit = occurrence.history?.introduced { sentences.append("Since \(commit.id.abbreviated).") }
        sentences += finding.remarks.map { "\($0.visible)." }
        sentences.append("First step: \(finding.rule.steps[0].visible)")
        return sentences.joined(separator: " ")
    }

    // MARK: Escapes

    private static func data(_ text: String) -> String {
        text.visible.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }

    /// Text that is no command, whatever it says: `::` at the beginning of a line is one.
    private static func plain(_ text: String) -> String {
        text.visible.replacing("::", with: ": :").replacing("##[", with: "## [")
    }
}

extension Severity {
    fileprivate var annotation: String {
        switch self {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "notice"
        }
    }
}

extension Origin {
    /// Whether what was read has a path of the repository.
    var isFile: Bool {
        switch self {
        case .file, .index, .blob, .standardInput: true
        case .commitMessage, .tagMessage, .referenceNames, .address: false
        }
    }
}
