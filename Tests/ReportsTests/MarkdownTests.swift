import Findings
import Testing

@testable import Reports

struct MarkdownTests {
    @Test func aFindingIsARow() {
        var result = Sample.result()
        result.repository = SourceRepository(
            address: "https://github.com/acme/shop", commit: Sample.commit.id.description, branch: "main")
        let text = written(result, as: .markdown)
        #expect(text.hasPrefix("<!-- windsock -->\n### windsock: 1 secret found (1 high)\n"))
        let address = "https://github.com/acme/shop/blob/\(Sample.commit.id)/src/config.py#L12"
        #expect(
            text.contains(
                "| **high** | <code>mistral-api-key</code> | <code>q7Rw…1UaE</code> | "
                    + "<a href=\"\(address)\"><code>src/config.py&#58;12</code></a> |  |\n"))
        #expect(
            text.contains(
                "<details><summary>What to do: <code>mistral-api-key</code></summary>\n\nA Mistral AI API key."))
        #expect(text.contains("\n1. Open the console.\n2. Revoke the key.\n"))
    }

    @Test func aCleanScanSaysSo() {
        #expect(
            written(Sample.result([]), as: .markdown)
                == "<!-- windsock -->\n### windsock: clean\n\n\nScanned 1,234 files, 12.3 MB in 0.52 s (tree of <code>.</code>).\n"
        )
    }

    @Test func whatIsNotReadAndWhatIsNotReportedIsSaid() {
        let text = written(Sample.full, as: .markdown)
        #expect(text.contains("#### Not read\n\n- <code>objects/ab/cdef</code>: <code>the object is corrupt</code>"))
        #expect(text.contains("Found, but not reported: 2 baseline."))
        #expect(text.contains("| removed |") || text.contains("| in HEAD |"))
    }

    @Test func changedLinesComeFirst() throws {
        var findings = [
            Sample.finding(), Sample.finding(secret: Sample.otherKey, occurrences: [Sample.occurrence(path: "b")]),
        ]
        for index in findings.indices { findings[index].occurrences[0].isOnChangedLine = index == 1 }
        let rows = written(Sample.result(findings), as: .markdown).split(separator: "\n").filter {
            $0.hasPrefix("| **")
        }
        #expect(rows[0].contains("<code>b&#58;12</code> (changed here)"))
        #expect(!rows[1].contains("changed here"))
    }

    /// GitHub refuses comments of more than 65,536 characters.
    @Test func aCommentHasRoomForIt() {
        let findings = (0..<3000).map {
            Sample.finding(secret: "secret-number-\($0)", occurrences: [Sample.occurrence(line: $0 + 1)])
        }
        let text = written(Sample.result(findings), as: .markdown)
        #expect(text.utf16.count < 65_000)
        #expect(text.contains(#/and [0-9,]+ more findings, for which there is no room here\./#))
        #expect(text.contains("3,000 secrets found"))
    }

    @Test(arguments: [Hostile.result, Hostile.emptyTexts])
    func nothingOfARepositoryIsMarkup(result: ScanResult) {
        let text = written(result, as: .markdown)
        let tags = text.matches(of: #/<[^>]*>?/#.matchingSemantics(.unicodeScalar)).map { String($0.0) }
        let own: Set<Substring> = [
            "code", "/code", "a", "/a", "details", "/details", "summary", "/summary", "br", "!--",
        ]
        for tag in tags where !tag.hasPrefix("<https://example.org/") {
            #expect(own.contains(tag.dropFirst().prefix { $0 != " " && $0 != ">" }), "\(tag)")
        }
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            #expect(line.unicodeScalars.count { $0 == "|" } == 6, "\(line)")
        }
    }

    @Test func nobodyIsMentioned() {
        var rule = Sample.rule
        rule.description = "Ask @acme/security, or @ada."
        var finding = Sample.finding(rule: rule, occurrences: [Sample.occurrence(path: "@acme/team|x`y`")])
        finding.occurrences[0].confidence = .high
        let text = written(Sample.result([finding]), as: .markdown)
        #expect(!text.contains("@acme") && !text.contains("@ada"))
        #expect(text.contains("<code>&#64;acme/team&#124;x&#96;y&#96;&#58;12</code>"))
    }
}
