import BuiltinRules
import Bytes
import Findings
import TestSupport
import Testing

@testable import Scanner

/// Each kind of file and value where generic rules are silent has a filter with a name, which `--explain` shows.
struct PlaceTests {
    private func kind(_ path: String) -> DropReason? { FileKind.first(in: Place.kinds, for: path)?.reason }

    @Test(arguments: [
        ("node_modules/a/b.js", DropReason.vendored), ("x/vendor/lib/a.go", .vendored), ("third_party/a.c", .vendored),
        ("static/app.min.js", .minified), ("a/main.js.map", .minified), ("logo.svg", .media), ("font.bdf", .media),
        ("po/de.po", .translation), ("app/locales/de.json", .translation), ("res/Localizable.strings", .translation),
        ("test/wordlist.txt", .wordList), ("en.dic", .wordList), ("wycheproof/aes.json", .testVectors),
        ("a/testvectors/b.txt", .testVectors), ("SHA256.rsp", .testVectors),
    ])
    func kindsOfFilesAreKnownByTheirPath(path: String, reason: DropReason) {
        #expect(kind(path) == reason)
        #expect(kind(path.uppercased()) == reason)
    }

    @Test(arguments: [
        "src/vendor.js", "a.js", "config/settings.json", "lang/parser.go", "i18n.py", "deploy/prod.env", "words.go",
        "README.md",
        "vendors/list.txt",
    ])
    func otherFilesAreNone(path: String) { #expect(kind(path) == nil) }

    private static let rules = """
        [[rules]]
        id = 'generic-key'
        regex = 'key *= *"([A-Za-z0-9]{20,200})"'
        keywords = ['key']
        strength = 'generic'
        [[rules]]
        id = 'acme-key'
        provider = 'Acme'
        regex = 'acme_[A-Za-z0-9]{16}'
        keywords = ['acme_']
        """

    private func filter(_ text: String, _ path: String) throws -> DropReason? {
        var options = BlobScanner.Options()
        options.explains = true
        let result = BlobScanner(engine: try ScanEngine(toml: Self.rules), options: options).scan(text, path: path)
        let place = try #require(result.explanations.first)
        if case .dropped(let reason, _) = place.verdict { return reason }
        return nil
    }

    @Test(arguments: [
        ("vendor/a.go", DropReason.vendored), ("a.min.js", .minified), ("a.svg", .media),
        ("locale/de.yml", .translation),
        ("words.txt", .wordList), ("test-vectors/a.json", .testVectors), ("yarn.lock", .generatedFile), ("a.go", nil),
    ])
    func genericRulesAreSilentThereAndAProvidersTokenCounts(path: String, expected: DropReason?) throws {
        #expect(try filter("key = \"q7Rw2ZxK9mTb4LsVy8Hd\"", path) == expected)
        #expect(try filter("acme_q7Rw2ZxK9mTb4LsV", path) == nil)
    }

    @Test func eachFileIsJudgedByItsOwnPath() throws {
        let scanner = BlobScanner(engine: try ScanEngine(toml: Self.rules))
        let paths = ["a.go", "vendor/a.go", "b.go", "a-testvector.go", "rockyou.go", "c.go"]
        let counts = paths.map { scanner.scan("key = \"q7Rw2ZxK9mTb4LsVy8Hd\"", path: $0).detections.count }
        #expect(counts == [1, 0, 1, 0, 0, 1])
    }

    @Test func theOtherNamedKindsHaveTheirFilter() throws {
        for (value, reason) in [
            ("yourapikeygoesherenow1", DropReason.placeholder), ("abcdefghijklmnopqrstuvwxyz123", .sequence),
            ("getUserAuthenticationTokenFactory", .words),
        ] {
            #expect(try filter("key = \"\(value)\"", "a.go") == reason)
        }
    }

    @Test func publishedSamplesAreKnownByTheirHash() {
        // RFC 7617: base64 of "Aladdin:open sesame"; put together, so that no scanner finds it here.
        let sample = ["QWxhZGRpbjp", "vcGVuIHNlc2FtZQ=="].joined()
        #expect(sample.withBytes { PublishedSamples.contains($0) })
        #expect(CertainNo.isStandIn(Array(sample.utf8)))
        #expect(!CertainNo.isStandIn(Array(("R" + sample.dropFirst()).utf8)))
    }
}
