import Testing

@testable import Reports

struct HTMLTests {
    @Test func thePageStandsAlone() {
        let page = written(Sample.full, as: .html)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        for loading in ["<script", "<link", "<img", "src=", "@import", "url("] { #expect(!page.contains(loading)) }
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
        #expect(links.count == 2)
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

    @Test func aCleanScanSaysSo() {
        #expect(written(Sample.result([]), as: .html).contains(#"<p class="verdict clean">clean</p>"#))
    }
}
