import Findings
internal import Rules

/// Markdown of GitHub's and GitLab's kind, for a comment on a pull request and for the summary of a step.
///
/// What comes out of a repository stands in `<code>` and is escaped: it makes no link, mentions nobody and closes nothing.
package struct Markdown {
    /// By which a program finds its own comment, to replace it.
    static let mark = "<!-- windsock -->"
    /// A comment has 65,536 characters at most.
    private static let size = 60_000
    private static let placeLimit = 5

    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        var lines = [Self.mark, "### windsock: \(Self.text(Verdict(result).sentence))", ""]
        let tail = steps + problems + coverage
        var room = Self.size - tail.reduce(0) { $0 + $1.utf16.count + 1 }
        lines += table(result.changesFirst, room: &room)
        if let hygiene = result.hygiene, !hygiene.isEmpty {
            lines += ["", "#### Hygiene", ""] + table(hygiene, room: &room)
        }
        return Array((lines + tail).map { $0 + "\n" }.joined().utf8)
    }

    // MARK: Findings

    private func table(_ findings: [Finding], room: inout Int) -> [String] {
        guard !findings.isEmpty else { return [] }
        let marksChanges = result.knowsChanges
        var lines = [
            "| | Rule | Secret | Where | State |", "|---|---|---|---|---|",
        ]
        for (index, finding) in findings.enumerated() {
            let row = row(finding, marksChanges: marksChanges)
            room -= row.utf16.count + 1
            guard room > 0 else {
                lines += [
                    "",
                    "and \(Quantity.count(findings.count - index, "more finding")), for which there is no room here.",
                ]
                break
            }
            lines.append(row)
        }
        return lines
    }

    private func row(_ finding: Finding, marksChanges: Bool) -> String {
        var places = finding.occurrences.prefix(Self.placeLimit).map { place($0, marksChanges: marksChanges) }
        let hidden = finding.occurrences.count - Self.placeLimit
        if hidden > 0 { places.append("and \(Quantity.count(hidden, "more place", plural: "more places"))") }
        let severity = finding.severity >= .high ? "**\(finding.severity.rawValue)**" : finding.severity.rawValue
        let cells = [
            severity, Self.code(finding.rule.id), Self.code(finding.secret.redacted),
            places.joined(separator: "<br>"),
            (finding.states + finding.remarks.map(Self.text)).joined(separator: ", "),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private func place(_ occurrence: Occurrence, marksChanges: Bool) -> String {
        let name = Self.code("\(occurrence.path):\(occurrence.region.startLine)")
        let address = ForgeLinks(result)?.address(of: occurrence)
        let link = address.map { "<a href=\"\($0.xml)\">\(name)</a>" } ?? name
        return marksChanges && occurrence.isOnChangedLine == true ? "\(link) (changed here)" : link
    }

    // MARK: What follows

    private var steps: [String] {
        var seen: Set<String> = []
        let rules = result.findings.map(\.rule).filter { seen.insert($0.id).inserted }
        return rules.prefix(10).flatMap { rule in
            ["", "<details><summary>What to do: \(Self.code(rule.id))</summary>", "", Self.text(rule.explanation), ""]
                + rule.steps.enumerated().map { "\($0 + 1). \(Self.text($1))" }
                + rule.links.map { "- <\($0)>" } + ["", "</details>"]
        }
    }

    private var problems: [String] {
        let problems = result.summary.problems
        guard !problems.isEmpty else { return [] }
        let shown = problems.prefix(20).map { problem in
            "- \(Self.code(problem.subject)): \(Self.code(problem.message))"
                + (problem.advice.map { ". \(Self.code($0))" } ?? "")
        }
        let hidden = problems.count - shown.count
        return ["", "#### Not read", ""] + shown + (hidden > 0 ? ["- and \(Quantity.grouped(hidden)) more"] : [])
    }

    private var coverage: [String] {
        let summary = result.summary
        var lines = ["", "Scanned \(summary.coverage) (\(summary.mode.rawValue) of \(Self.code(summary.target)))."]
        if let omission = summary.omission { lines.append("Left out: \(omission).") }
        if let suppression = summary.suppressionSentence { lines.append("Found, but not reported: \(suppression).") }
        lines += summary.remarks.flatMap { ["", "Note: \(Self.text($0))"] }
        return lines
    }

    // MARK: Escapes

    /// Text of a repository: as code, in which nobody is mentioned, with everything that means something written as a number.
    package static func code(_ text: String) -> String {
        let escaped = text.visible.unicodeScalars.map { scalar in
            let isPlain = !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            return isPlain || " -./".unicodeScalars.contains(scalar) ? String(scalar) : "&#\(scalar.value);"
        }
        return "<code>\(escaped.joined())</code>"
    }

    /// Our own text, and what a team wrote into its rules: it keeps its words, and mentions nobody.
    package static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.visible.unicodeScalars {
            switch scalar {
            case "@": result += "@<!-- -->"
            case "<", ">", "&", "|", "*", "_", "[", "]", "\\", "`", "#", "~", "$", "!": result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Finding {
    /// `live`, `in HEAD`, `removed`, …: what of it is known, in a word or two each.
    var states: [String] {
        var states: [String] = []
        if let verification, verification.liveness != .unknown { states.append(verification.liveness.words) }
        let histories = occurrences.compactMap(\.history)
        if isNew == true { states.append("new") }
        guard !histories.isEmpty else { return states }
        if histories.contains(where: \.isInHead) {
            states.append("in HEAD")
        } else if histories.allSatisfy({ $0.removed != nil }) {
            states.append("removed")
        } else if histories.allSatisfy({ $0.reachability == .unreachable }) {
            states.append("unreachable")
        } else if !histories.allSatisfy({ $0.reachability.names.isEmpty && $0.removed == nil }) {
            states.append("not in HEAD")
        }
        return states
    }
}
