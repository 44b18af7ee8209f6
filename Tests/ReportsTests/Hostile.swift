import Findings
import Rules

/// Results made of texts that break reports.
enum Hostile {
    static let texts = [
        #"quotes " ' \ <b>&amp;</b> ]]> --> [link](http://evil) {0} `x`"#,
        "\u{1b}[2K\u{1b}[1A\rclean\n\u{0}\u{8}\u{9b}31m\u{7f}",
        "=HYPERLINK(\"http://evil\",\"x\")", "\t@SUM(1)", "+1", "-1", "  =1+1",
        "\u{2028}\u{2029}\u{202e}gnp.exe\u{feff}", "emoji 👩‍💻🇩🇪 e\u{301}", "\u{fffe}\u{ffff}\u{fffd}", "a,b;c\r\nd",
        String(repeating: "very long ", count: 2000), "%2e%2e/../C:\\x?y#z", " ", "\u{301}\"", "\"\u{301}",
        "<\u{338}script>",
    ]

    static var result: ScanResult {
        let findings = texts.map { text in
            let commit = Occurrence.Commit(
                id: Sample.commit.id, authorName: text, authorEmail: text, authorTime: .min, summary: text)
            let history = Occurrence.History(
                introduced: commit, removed: commit, isInHead: false, reachability: .references([text]),
                otherPaths: [text])
            let rule = Rule(
                id: "rule \(text.prefix(50))", description: text, provider: text,
                tags: (0..<30).map { "\(text.prefix(50))\($0)" },
                remediation: [text], references: [text, "https://example.org/\(text)"])
            return Sample.finding(
                rule: rule, secret: "secret of \(text)",
                occurrences: [
                    Sample.occurrence(path: text, snippet: text, decoders: [text], history: history),
                    Sample.occurrence(path: text, line: 0, origin: .tagMessage(Sample.commit.id), snippet: text),
                ])
        }
        var result = Sample.result(findings, mode: .tree)
        result.summary.target = texts[0]
        result.summary.omitted = Dictionary(uniqueKeysWithValues: Omission.Reason.allCases.map { ($0, 1) })
        result.summary.suppressed = Dictionary(uniqueKeysWithValues: Suppression.allCases.map { ($0, 1) })
        result.summary.problems = texts.map { .init(subject: $0, message: $0, advice: $0) }
        result.summary.startTime = .infinity
        result.summary.duration = .nan
        return result
    }

    static var emptyTexts: ScanResult {
        let commit = Occurrence.Commit(id: .zero, authorName: "", authorEmail: "", authorTime: .max, summary: "")
        let history = Occurrence.History(
            introduced: commit, removed: nil, isInHead: true, reachability: .references([]), otherPaths: [])
        let occurrence = Occurrence(
            path: "", origin: .standardInput, region: .init(startLine: 0, startColumn: 0, endLine: 0, endColumn: 0),
            confidence: .low, lineHash: "", snippet: "", history: history)
        var result = Sample.result([Sample.finding(rule: Rule(id: "r"), secret: "", occurrences: [occurrence])])
        result.summary.target = ""
        result.summary.problems = [.init(subject: "", message: "")]
        return result
    }
}
