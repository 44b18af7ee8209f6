import Findings
internal import Rules

/// The report for people: a block a secret, what to do about each kind, what was covered, and a verdict.
struct Text {
    /// Places shown of one secret; what has more is better read in another format.
    private static let placeLimit = 10
    private static let otherPathLimit = 5

    let result: ScanResult
    let options: ReportOptions
    let style: TextStyle
    var lines: [String] = []
    /// Rules whose description was told.
    var explained: Set<String> = []

    init(result: ScanResult, options: ReportOptions) {
        self.result = result
        self.options = options
        style = TextStyle(isEnabled: options.color)
    }

    func bytes() -> [UInt8] {
        var text = self
        text.write()
        return Array((text.lines.joined(separator: "\n") + "\n").utf8)
    }

    private mutating func write() {
        if options.showSecrets {
            lines += [style.warning("SECRETS ARE SHOWN IN FULL (--show-secrets): do not pass this report on."), ""]
        }
        let findings = result.findings.filter { !isLine($0) }
        if let step = options.stops, !options.isVerbose {
            for finding in findings { brief(finding) }
            if !findings.isEmpty { lines.append("") }
            unsure()
            if !options.isQuiet { wayOn(step) }
        } else {
            for finding in findings {
                block(finding)
                lines.append("")
            }
            unsure()
        }
        if let hygiene = result.hygiene, !hygiene.isEmpty { habits(hygiene) }
        if options.isVerbose || options.stops == nil && !options.isQuiet { steps() }
        if let step = options.stops, options.isVerbose { wayOn(step) }
        explanations()
        problems()
        if !options.isQuiet { coverage() }
        // What was not read is an error, and makes the exit code what it is.
        if !options.isQuiet || !result.summary.isComplete { verdict() }
        while options.isQuiet, lines.last?.isEmpty == true { lines.removeLast() }
    }

    mutating func block(_ finding: Finding) {
        let secret = options.showSecrets ? finding.secret.revealed : finding.secret.redacted
        let severity = finding.severity.rawValue.uppercased()
        lines.append(
            "\(style.severity(severity, finding.severity))  \(style.strong(finding.rule.id.visible))  \(secret.visible)"
        )
        if explained.insert(finding.rule.id).inserted {
            paragraph(finding.rule.explanation.visible, first: "  ", rest: "  ")
        }
        lines.append(style.faint("  confidence \(finding.confidence.rawValue), fingerprint \(finding.fingerprint)"))
        if !finding.opens.isEmpty { paragraph("opens \(finding.opens.words)".visible, first: "  ", rest: "  ") }
        for remark in finding.remarks { paragraph(remark.visible, first: "  ", rest: "  ") }
        if let verification = finding.verification { sentence(verification) }
        for occurrence in finding.occurrences.prefix(Self.placeLimit) { place(occurrence) }
        let hidden = finding.occurrences.dropFirst(Self.placeLimit)
        if !hidden.isEmpty {
            let paths = Set(hidden.map(\.path)).count
            lines.append(
                "  and \(Quantity.count(hidden.count, "more place", plural: "more places")) in "
                    + Quantity.count(paths, "file") + " (--format json lists all)")
        }
        timeline(finding)
    }

    private mutating func timeline(_ finding: Finding) {
        let now = Timestamp(seconds: result.summary.startTime).seconds
        guard options.showsTimelines, let timeline = Timeline(finding.occurrences, now: now) else { return }
        lines.append("  timeline")
        for line in timeline.lines { paragraph(line, first: "      ", rest: "        ") }
    }

    private mutating func sentence(_ verification: VerificationResult) {
        let start = lines.count
        paragraph(verification.sentence, first: "  ", rest: "  ")
        guard verification.liveness.isLive else { return }
        for index in start..<lines.count { lines[index] = style.live(lines[index]) }
    }

    private mutating func place(_ occurrence: Occurrence) {
        let region = occurrence.region
        lines.append("  " + style.path("\(occurrence.path.visible):\(region.startLine):\(region.startColumn)"))
        if !occurrence.snippet.isEmpty { lines.append("      " + occurrence.snippet.trimmedForDisplay) }
        var notes: [String] = []
        if let origin = occurrence.origin.sentence { notes.append(origin + occurrence.versions) }
        if let decoding = occurrence.decoding { notes.append("decoded from " + decoding.visible) }
        if let image = occurrence.image { notes += image.notes }
        if let history = occurrence.history {
            notes += [history.introduction, history.fate]
            if !history.otherPaths.isEmpty { notes.append("also at " + Self.some(of: history.otherPaths)) }
        }
        for note in notes {
            let start = lines.count
            paragraph(note, first: "      ", rest: "        ")
            for index in start..<lines.count { lines[index] = style.faint(lines[index]) }
        }
    }

    private static func some(of paths: [String]) -> String {
        let shown = paths.prefix(otherPathLimit).map(\.visible).joined(separator: ", ")
        let rest = paths.count - otherPathLimit
        return rest > 0 ? "\(shown) and \(Quantity.grouped(rest)) more" : shown
    }

    /// Once a rule, under the findings: ten keys of one provider need the same eight steps.
    private mutating func steps() {
        var seen: Set<String> = []
        let rules = (result.findings.filter { !isLine($0) } + (result.hygiene ?? [])).map(\.rule).filter {
            seen.insert($0.id).inserted
        }
        guard !rules.isEmpty else { return }
        lines.append(style.strong(options.stops == nil ? "What to do" : "What to do if it is elsewhere, too"))
        for rule in rules {
            lines.append("  " + style.strong(rule.id.visible))
            for (index, step) in rule.steps.enumerated() {
                let number = "    \(index + 1). "
                paragraph(step.visible, first: number, rest: String(repeating: " ", count: number.count))
            }
            for link in rule.links { lines.append(style.faint("    see \(link)")) }
        }
        lines.append("")
    }

    private mutating func explanations() {
        guard let explanations = result.explanations else { return }
        lines.append(ExplanationListing.text(explanations, options: options))
    }

    private mutating func problems() {
        guard !result.summary.problems.isEmpty else { return }
        lines.append(style.warning("Not read"))
        for problem in result.summary.problems {
            lines.append("  \(style.path(problem.subject.visible)): \(problem.message.visible)")
            if let advice = problem.advice { paragraph(advice.visible, first: "      ", rest: "      ") }
        }
        lines.append("")
    }

    private mutating func coverage() {
        let summary = result.summary
        lines.append("Scanned \(summary.coverage) (\(summary.mode.rawValue) of \(summary.target.visible))")
        if summary.knownCount > 0 {
            lines.append(
                "Not read again: \(Quantity.count(summary.knownCount, "object")) in which an earlier scan found nothing to report"
            )
        }
        if summary.readSingly > 0 {
            lines.append("Read one by one: \(Quantity.count(summary.readSingly, "object")) of packs")
        }
        if let omission = summary.omission { lines.append("Left out: \(omission)") }
        if let suppression = summary.suppressionSentence { lines.append("Found, but not reported: \(suppression)") }
        for remark in summary.remarks { paragraph("Note: \(remark.visible)", first: "", rest: "      ") }
    }

    private mutating func verdict() {
        let verdict = Verdict(result)
        lines.append(style.verdict(verdict.sentence, verdict.kind))
    }

    /// Words filled up to the terminal's width; a word that is longer stands on a line of its own.
    mutating func paragraph(_ text: String, first: String, rest: String) {
        let width = max(40, options.terminalWidth)
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isEmpty) = (rest, true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        lines.append(line)
    }
}

extension String {
    /// A line of code as it is shown: without indentation, its tabs as spaces, everything else that moves a cursor
    /// escaped.
    var trimmedForDisplay: String {
        let line = drop { $0 == " " || $0 == "\t" }
        return String(line.map { $0 == "\t" ? " " : $0 }).visible
    }
}
