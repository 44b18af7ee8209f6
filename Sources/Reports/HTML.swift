import Findings
internal import Rules

/// A page that stands alone: no script, nothing loaded, light or dark as the reader's system is.
struct HTML {
    private static let openPlaces = 10

    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        var lines = head
        if options.showSecrets {
            lines.append(#"<p class="warning">Secrets are shown in full. Do not pass this page on.</p>"#)
        }
        lines += summary
        lines += problems
        lines += result.findings.flatMap(section)
        lines += steps
        lines += ["<footer>windsock \(options.toolVersion.xml)</footer>", "</main></body></html>", ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private var head: [String] {
        [
            "<!DOCTYPE html>", #"<html lang="en"><head><meta charset="utf-8">"#,
            // Should an escape ever be missing, the page still cannot run or load anything.
            #"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"#,
            #"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
            #"<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">"#,
            "<title>windsock: \(Verdict(result).sentence.xml)</title>", "<style>\(HTMLStyle.sheet)</style>",
            "</head><body><main>", "<h1>Leaked secrets</h1>",
        ]
    }

    private var summary: [String] {
        let (verdict, summary) = (Verdict(result), result.summary)
        var rows = [
            ("Scanned", "\(summary.mode.word) of \(summary.target)"), ("Covered", summary.coverage),
            ("Started", summary.start.dateTime),
        ]
        if let omission = summary.omission { rows.append(("Left out", omission)) }
        if let suppression = summary.suppressionSentence { rows.append(("Found, but not reported", suppression)) }
        rows += summary.remarks.map { ("Note", $0) }
        return [#"<p class="verdict \#(verdict.kind.rawValue)">\#(verdict.sentence.xml)</p>"#, "<dl>"]
            + rows.map { "<dt>\($0.0.xml)</dt><dd>\($0.1.xml)</dd>" } + ["</dl>"]
    }

    private var problems: [String] {
        guard !result.summary.problems.isEmpty else { return [] }
        return [#"<section class="problems"><h2>Not read</h2><ul>"#]
            + result.summary.problems.map { problem in
                let advice = problem.advice.map { "<br>\($0.xml)" } ?? ""
                return "<li><code>\(problem.subject.xml)</code>: \(problem.message.xml)\(advice)</li>"
            } + ["</ul></section>"]
    }

    private func section(_ finding: Finding) -> [String] {
        let secret = options.showSecrets ? finding.secret.revealed : finding.secret.redacted
        let (severity, rule) = (finding.severity.rawValue, finding.rule)
        let count = finding.occurrences.count
        var lines = [
            #"<section class="finding \#(severity)">"#,
            #"<h2><span class="severity">\#(severity)</span> \#(rule.id.xml) <code>\#(secret.xml)</code></h2>"#,
            "<p>\(rule.explanation.xml)</p>",
            #"<p class="faint">Confidence \#(finding.confidence.rawValue), fingerprint "#
                + "<code>\(finding.fingerprint.description.xml)</code>. "
                + ##"<a href="#\##(Self.anchor(rule))">What to do</a></p>"##,
            finding.verification.map { "<p class=\"verification \($0.liveness.rawValue)\">\($0.sentence.xml)</p>" }
                ?? "",
            count > Self.openPlaces ? "<details>" : "<details open>",
            "<summary>\(Quantity.count(count, "place"))</summary><ol>",
        ]
        lines += finding.occurrences.map(place)
        lines.append("</ol></details></section>")
        return lines
    }

    private func place(_ occurrence: Occurrence) -> String {
        let region = occurrence.region
        var notes: [String] = []
        if let origin = occurrence.origin.sentence { notes.append(origin) }
        if let decoding = occurrence.decoding { notes.append("decoded from " + decoding) }
        if let history = occurrence.history {
            notes += [history.introduction, history.fate]
            if !history.otherPaths.isEmpty { notes.append("also at " + history.otherPaths.joined(separator: ", ")) }
        }
        return "<li><code>\(occurrence.path.xml):\(region.startLine):\(region.startColumn)</code>"
            + (occurrence.snippet.isEmpty ? "" : "<pre>\(occurrence.snippet.xml)</pre>")
            + notes.map { #"<p class="faint">\#($0.xml)</p>"# }.joined() + "</li>"
    }

    private var steps: [String] {
        var seen: Set<String> = []
        let rules = result.findings.map(\.rule).filter { seen.insert($0.id).inserted }
        guard !rules.isEmpty else { return [] }
        return ["<h2>What to do</h2>"]
            + rules.map { rule in
                let steps = rule.steps.map { "<li>\($0.xml)</li>" }.joined()
                let links = rule.links.map { #"<li><a href="\#($0.xml)" rel="noreferrer">\#($0.xml)</a></li>"# }
                return #"<section id="\#(Self.anchor(rule))"><h3>\#(rule.id.xml)</h3><ol>\#(steps)</ol>"#
                    + (links.isEmpty ? "" : "<ul>\(links.joined())</ul>") + "</section>"
            }
    }

    /// Good in an attribute and in an address alike, whatever a team calls its rules.
    private static func anchor(_ rule: Rule) -> String {
        "rule-" + rule.id.utf8.map { String($0, radix: 16) }.joined()
    }
}
