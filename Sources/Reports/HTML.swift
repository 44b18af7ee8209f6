internal import Bytes
import Findings
internal import Rules

/// A page that stands alone: nothing loaded, light or dark as the reader's system is, one script of its own for search and
/// filters, without which everything is there, too.
struct HTML {
    static let openPlaces = 10
    /// More findings than these are closed at first.
    static let openFindings = 20

    let result: ScanResult
    let options: ReportOptions
    let links: ForgeLinks?

    init(result: ScanResult, options: ReportOptions) {
        self.result = result
        self.options = options
        links = ForgeLinks(result)
    }

    func bytes() -> [UInt8] {
        var lines = head
        if options.showSecrets {
            lines.append(#"<p class="warning">Secrets are shown in full. Do not pass this page on.</p>"#)
        }
        lines += summary + problems + (HTMLAudit(result)?.lines ?? []) + HTMLSummary(result).lines
        if !result.findings.isEmpty {
            // One is not searched for.
            if result.findings.count > 1 { lines += controls }
            lines.append(#"<div class="findings-list">"#)
            for finding in result.findings { lines += section(finding) }
            lines.append("</div>")
        }
        if let hygiene = result.hygiene, !hygiene.isEmpty {
            lines.append(#"<h2 id="hygiene">Hygiene</h2>"#)
            for finding in hygiene { lines += section(finding) }
        }
        lines += steps
        lines += [
            "<footer>windsock \(options.toolVersion.xml)</footer>", "</main>",
            "<script>\(HTMLScript.text)</script>", "</body></html>", "",
        ]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private var head: [String] {
        [
            "<!DOCTYPE html>", #"<html lang="en"><head><meta charset="utf-8">"#,
            // Should an escape ever be missing, the page still cannot run or load anything but its own script.
            #"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; "#
                + #"script-src '\#(HTMLScript.hash)'">"#,
            #"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
            #"<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">"#,
            "<title>windsock: \(Verdict(result).sentence.xml)</title>", "<style>\(HTMLStyle.sheet)</style>",
            "</head><body><main>", "<h1>Leaked secrets</h1>",
        ]
    }

    private var summary: [String] {
        let (verdict, summary, repository) = (Verdict(result), result.summary, result.repository)
        var rows: [(String, String)] = []
        if let address = repository.address {
            let name = address.isWebAddress ? Self.link(address, address.xml) : address.xml
            rows.append(("Repository", name))
        }
        if let commit = repository.commit {
            let name =
                "<code>\(commit.prefix(10).description.xml)</code>" + (repository.branch.map { " of \($0.xml)" } ?? "")
            rows.append(("Commit", links.map { Self.link($0.address(ofCommit: commit), name) } ?? name))
        }
        rows += [
            ("Scanned", "\(summary.mode.rawValue) of \(summary.target)".xml), ("Covered", summary.coverage.xml),
            ("Started", summary.start.dateTime.xml),
        ]
        if let omission = summary.omission { rows.append(("Left out", omission.xml)) }
        if let suppression = summary.suppressionSentence { rows.append(("Found, but not reported", suppression.xml)) }
        rows += summary.remarks.map { ("Note", $0.xml) }
        return [#"<p class="verdict \#(verdict.kind.rawValue)">\#(verdict.sentence.xml)</p>"#, "<dl>"]
            + rows.map { "<dt>\($0.0.xml)</dt><dd>\($0.1)</dd>" } + ["</dl>"]
    }

    /// - Parameter text: Escaped.
    static func link(_ address: String, _ text: String) -> String {
        #"<a href="\#(address.xml)" rel="noreferrer">\#(text)</a>"#
    }

    private var problems: [String] {
        guard !result.summary.problems.isEmpty else { return [] }
        return [#"<section class="problems"><h2>Not read</h2><ul>"#]
            + result.summary.problems.map { problem in
                let advice = problem.advice.map { "<br>\($0.xml)" } ?? ""
                return "<li><code>\(problem.subject.xml)</code>: \(problem.message.xml)\(advice)</li>"
            } + ["</ul></section>"]
    }

    /// What the script makes work; hidden where there is none.
    private var controls: [String] {
        [
            #"<form class="controls" hidden="hidden"><label for="search">Search</label>"#,
            #"<input id="search" type="search" placeholder="rule, path, author, fingerprint" autocomplete="off">"#,
            #"<label for="severity">Severity</label><select id="severity"><option value="">all</option>"#
                + HTMLSummary.options(result.findings.map(\.severity.rawValue)) + "</select>",
            #"<label for="state">State</label><select id="state"><option value="">all</option>"#
                + HTMLSummary.options(result.findings.flatMap(\.states)) + "</select>",
            #"<label for="rule">Rule</label><select id="rule"><option value="">all</option>"#
                + HTMLSummary.options(result.findings.map(\.rule.id)) + "</select>",
        ] + storedControls + [
            #"<button type="button" id="open">Open all</button><button type="reset">Reset</button>"#,
            #"<output id="count"></output></form>"#,
        ]
    }

    /// What else a store's findings are told apart by.
    private var storedControls: [String] {
        guard result.findings.contains(where: { $0.stored != nil }) else { return [] }
        return [
            #"<label for="provider">Provider</label><select id="provider"><option value="">all</option>"#
                + HTMLSummary.options(result.findings.map(\.rule.provider).filter { !$0.isEmpty }) + "</select>",
            #"<label for="repository">Repository</label><select id="repository"><option value="">all</option>"#
                + HTMLSummary.options(result.findings.flatMap { $0.stored?.repositories ?? [] }) + "</select>",
        ]
    }

    /// For the script.
    private static func storedData(_ finding: Finding) -> String {
        guard let stored = finding.stored else { return "" }
        return #" data-provider="\#(finding.rule.provider.xml)""#
            + #" data-repository="\#(stored.repositories.joined(separator: "|").xml)""#
    }

    // MARK: Findings

    private func section(_ finding: Finding) -> [String] {
        let secret = options.showSecrets ? finding.secret.revealed : finding.secret.redacted
        let (severity, rule) = (finding.severity.rawValue, finding.rule)
        let isOpen = result.findings.count <= Self.openFindings ? #" open="open""# : ""
        let states = finding.states.map { #"<span class="state">\#($0.xml)</span>"# }.joined(separator: " ")
        var lines = [
            #"<details class="finding \#(severity)" data-severity="\#(severity)" data-rule="\#(rule.id.xml)" "#
                + #"data-state="\#(finding.states.joined(separator: "|").xml)"\#(Self.storedData(finding))\#(isOpen)>"#,
            #"<summary><span class="severity">\#(severity)</span> <span class="rule">\#(rule.id.xml)</span> "#
                + "<code>\(secret.xml)</code> \(states) <span class=\"where\">\(Self.first(finding).xml)</span></summary>",
            "<p>\(rule.explanation.xml)</p>",
            #"<p class="faint">Confidence \#(finding.confidence.rawValue), fingerprint "#
                + "<code>\(finding.fingerprint.description.xml)</code>. "
                + ##"<a href="#\##(Self.anchor(rule))">What to do</a></p>"##,
        ]
        if let verification = finding.verification {
            lines.append(
                #"<p class="verification \#(verification.liveness.rawValue)">\#(verification.sentence.xml)</p>"#)
        }
        lines += finding.remarks.map { "<p>\($0.xml)</p>" }
        return lines + places(finding) + ["</details>"]
    }

    /// `src/config.py:12 and 3 more`
    private static func first(_ finding: Finding) -> String {
        guard let first = finding.occurrences.first else { return "" }
        let others = finding.occurrences.count - 1
        return "\(first.path):\(first.region.startLine)" + (others > 0 ? " and \(Quantity.grouped(others)) more" : "")
    }

    private func places(_ finding: Finding) -> [String] {
        let places = finding.occurrences.map(place)
        if places.count <= Self.openPlaces { return ["<ol>"] + places + ["</ol>"] }
        return ["<ol>"] + places.prefix(Self.openPlaces) + ["</ol><details class=\"more\">"]
            + [
                "<summary>\(Quantity.count(places.count - Self.openPlaces, "more place", plural: "more places"))</summary>"
            ]
            + [#"<ol start="\#(Self.openPlaces + 1)">"#] + places.dropFirst(Self.openPlaces) + ["</ol></details>"]
    }

    private func place(_ occurrence: Occurrence) -> String {
        let region = occurrence.region
        var notes: [String] = []
        if let image = occurrence.image { notes += image.notes.map(\.xml) }
        if let origin = occurrence.origin.sentence { notes.append((origin + occurrence.versions).xml) }
        if let decoding = occurrence.decoding { notes.append("decoded from \(decoding)".xml) }
        if let history = occurrence.history {
            notes += [introduction(history), history.fate.xml]
            if !history.otherPaths.isEmpty { notes.append("also at \(history.otherPaths.joined(separator: ", "))".xml) }
        }
        let name = "<code>\(occurrence.path.xml):\(region.startLine):\(region.startColumn)</code>"
        return "<li>" + (links?.address(of: occurrence).map { Self.link($0, name) } ?? name)
            + (occurrence.snippet.isEmpty ? "" : "<pre>\(occurrence.snippet.xml)</pre>")
            + notes.map { #"<p class="faint">\#($0)</p>"# }.joined() + "</li>"
    }

    /// With a link to the commit, where there is a page of it.
    private func introduction(_ history: Occurrence.History) -> String {
        guard let links, let commit = history.introduced else { return history.introduction.xml }
        return history.introduction.xml
            + " (\(Self.link(links.address(ofCommit: commit.id.description), "commit")))"
    }

    // MARK: What to do

    private var steps: [String] {
        var seen: Set<String> = []
        let rules = (result.findings + (result.hygiene ?? [])).map(\.rule).filter { seen.insert($0.id).inserted }
        guard !rules.isEmpty else { return [] }
        return ["<h2>What to do</h2>"]
            + rules.map { rule in
                let steps = rule.steps.map { "<li>\($0.xml)</li>" }.joined()
                let links = rule.links.map { "<li>\(Self.link($0, $0.xml))</li>" }
                return #"<section id="\#(Self.anchor(rule))"><h3>\#(rule.id.xml)</h3><ol>\#(steps)</ol>"#
                    + (links.isEmpty ? "" : "<ul>\(links.joined())</ul>") + "</section>"
            }
    }

    /// Good in an attribute and in an address alike, whatever a team calls its rules.
    private static func anchor(_ rule: Rule) -> String {
        "rule-" + rule.id.utf8.map { String($0, radix: 16) }.joined()
    }
}
