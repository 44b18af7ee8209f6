import Findings
import Testing

@testable import Reports

struct HTMLTests {
    @Test func thePageStandsAlone() {
        let page = written(Sample.full, as: .html)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        #expect(page.matches(of: /<script/).count == 1)
        #expect(page.contains("script-src '\(HTMLScript.hash)'"))
        #expect(page.contains("<script>\(HTMLScript.text)</script>"))
        for part in ["</script", "<!--", "&"] { #expect(!HTMLScript.text.contains(part)) }
        for loading in ["<link", "<img", "src=", "@import", "url("] { #expect(!page.contains(loading)) }
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(page.contains("default-src 'none'"))
    }

    @Test func everythingIsOnIt() {
        let page = written(Sample.full, as: .html)
        for text in [
            "2 secrets found (1 high, 1 medium). INCOMPLETE: 1 item not read", "<code>q7Rw…1UaE</code>",
            "src/config.py:12:20", "MISTRAL_API_KEY = &quot;q7Rw…1UaE&quot;", "removed in ffeeddccbb of 2024-03-12",
            "app/settings4.ini:14:20", "<li>Open the console.</li><li>Revoke the key.</li>", "the object is corrupt",
            #"<a href="https://docs.mistral.ai/""#, "12 binary, 3 too large",
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test func linksToTheStepsLead() throws {
        let page = written(Sample.full, as: .html)
        let links = page.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        #expect(Set(links).count == 2)
        for link in links { #expect(page.contains("id=\"\(link)\"")) }
    }

    @Test func onlyWebAddressesBecomeLinks() {
        var rule = Sample.rule
        rule.references = ["javascript:alert(1)", "https://example.org/\"onclick=x", "https://example.org/a?b=c&d"]
        let page = written(Sample.result([Sample.finding(rule: rule)]), as: .html)
        #expect(
            page.matches(of: /<a href="http[^"]*"/).map { String($0.0) } == [
                #"<a href="https://example.org/a?b=c&amp;d""#
            ])
        #expect(!page.contains("javascript:"))
    }

    /// Hygiene findings are no secrets.
    @Test func everythingIsCountedOnce() {
        var result = Sample.full
        result.hygiene = (0..<5).map { Sample.finding(rule: Sample.otherRule, secret: "habit-number-\($0)") }
        let page = written(result, as: .html)
        #expect(page.contains("2 secrets found (1 high, 1 medium), 5 hygiene findings. INCOMPLETE"))
        #expect(page.contains(#"<tr data-filter="severity" data-value="high"><td>high</td><td>1</td></tr>"#))
        #expect(
            page.contains(#"<tr data-filter="rule" data-value="mistral-api-key"><td>mistral-api-key</td><td>1</td>"#))
        #expect(page.contains(#"<h2 id="hygiene">Hygiene</h2>"#))
        #expect(page.matches(of: /<details class="finding/).count == 7)
    }

    @Test func aThousandFindingsAreClosedLines() {
        let findings = (0..<1000).map {
            Sample.finding(secret: "secret-number-\($0)", occurrences: [Sample.occurrence(line: $0 + 1)])
        }
        let page = written(Sample.result(findings), as: .html)
        #expect(page.matches(of: /<details class="finding high"/).count == 1000)
        #expect(!page.contains(#"open="open""#))
        #expect(page.contains("<td>mistral-api-key</td><td>1,000</td>"))
        #expect(written(Sample.result(), as: .html).contains(#"open="open""#))
    }

    static let forges = [
        ("https://github.com/acme/shop", "https://github.com/acme/shop/blob/C/src/a%20b.py#L12"),
        ("https://gitlab.acme.example/acme/shop", "https://gitlab.acme.example/acme/shop/-/blob/C/src/a%20b.py#L12"),
        ("https://bitbucket.org/acme/shop", "https://bitbucket.org/acme/shop/src/C/src/a%20b.py#lines-12"),
        ("https://codeberg.org/acme/shop", "https://codeberg.org/acme/shop/src/commit/C/src/a%20b.py#L12"),
        (
            "https://dev.azure.com/acme/web/_git/shop",
            "https://dev.azure.com/acme/web/_git/shop?path=/src/a%20b.py&amp;version=GCC&amp;line=12&amp;lineEnd=13&amp;lineStartColumn=1"
        ),
        ("https://git.acme.example/acme/shop", nil), (nil, nil),
    ]

    @Test(arguments: forges) func placesLeadToTheForge(address: String?, link: String?) {
        let commit = Sample.commit.id.description
        var result = Sample.result([Sample.finding(occurrences: [Sample.occurrence(path: "src/a b.py")])])
        result.repository = SourceRepository(address: address, commit: commit)
        let links = written(result, as: .html).matches(of: #/<li><a href="([^"]+)" rel="noreferrer"><code>src/#).map {
            String($0.1).replacing(commit, with: "C")
        }
        #expect(links == [link].compactMap { $0 })
    }

    /// A line is best seen in the commit that has it so.
    @Test func whatIsGoneIsLinkedWhereItWas() {
        var result = Sample.full
        result.repository = SourceRepository(
            address: "https://github.com/acme/shop", commit: Sample.removal.id.description)
        let page = written(result, as: .html)
        #expect(page.contains("https://github.com/acme/shop/blob/\(Sample.commit.id)/src/config.py#L12"))
        #expect(page.contains("https://github.com/acme/shop/commit/\(Sample.commit.id)"))
        result.summary.mode = .staged
        result.findings[0].occurrences = [Sample.occurrence(origin: .index(Sample.commit.id))]
        #expect(!written(result, as: .html).contains("/blob/"))
    }

    @Test func aCleanScanSaysSo() {
        #expect(written(Sample.result([]), as: .html).contains(#"<p class="verdict clean">clean</p>"#))
    }
}
