import BuiltinRules
import Findings
import Rules
import Scanner
import TestSupport
import Testing

@testable import LanguageModel

struct ExcerptTests {
    private static let engine = ScanEngine(.builtin)

    /// The lines that are shown of a file, around the first secret of it.
    private func excerpt(_ text: String, path: String = "app.py") throws -> Excerpt {
        let scanner = BlobScanner(engine: Self.engine)
        let bytes = Array(text.utf8)
        let found = bytes.withUnsafeBytes { scanner.scan($0, path: path) }.detections
        let first = try #require(found.first { Self.engine.rules[$0.ruleIndex].id.hasPrefix("mistral") })
        return ExcerptMaker(engines: [Self.engine]).excerpt(
            of: bytes, path: path, around: first.region, secret: first.secret)
    }

    private var key: String {
        var keys = SeededGenerator(seed: 2300)
        return keys.key(32)
    }

    @Test func linesAroundAndTheTopOfTheFileAreShown() throws {
        let text = (1...100).map { $0 == 60 ? "MISTRAL_API_KEY = '\(key)'" : "line(\($0))" }.joined(separator: "\r\n")
        let excerpt = try excerpt(text)
        #expect(excerpt.lines.map(\.number) == Array(1...10) + Array(48...72))
        #expect(excerpt.lines.first { $0.number == 60 }?.shown == "MISTRAL_API_KEY = '__SECRET__'")
        #expect(excerpt.lines.first?.shown == "line(1)")
        #expect(excerpt.masked.contains(Array(key.utf8)))
    }

    @Test(
        arguments: [
            ("x = 'grace.f@ferry.example'", "x = '__MASKED__'"),
            ("# /home/grace/x /Users/grace", "# /home/__MASKED__/x /Users/__MASKED__"),
            ("p = 'C:\\\\Users\\\\grace\\\\x'", "p = 'C:\\\\Users\\\\__MASKED__\\\\x'"),
            ("git clone git@forge.example:ferry/boats.git -b x", "git clone __MASKED__ -b x"),
            ("url = 'https://forge.example/ferry/boats.git'", "url = 'https://__MASKED__'"),
            ("file:///home/grace/x", "file:///home/__MASKED__/x"),
            ("import '../src/home/page'", "import '../src/home/page'"),
            ("a = b @ c", "a = b @ c"), ("@app.route('/home/')", "@app.route('/home/')"),
            ("password = 'Fähre und Hafen 17'", "password = '__MASKED__'"),
        ])
    func whatNamesPeopleIsMasked(line: String, shown: String) throws {
        let excerpt = try excerpt("\(line)\nMISTRAL_API_KEY = '\(key)'\n")
        #expect(excerpt.lines.first?.shown == shown)
    }

    @Test(arguments: [
        ("home/grace/a.py", "home/__MASKED__/a.py"), ("src/home/a.py", "src/home/a.py"), ("src/a.py", "src/a.py"),
        ("x/grace@ferry.example.txt", "x/__MASKED__"),
    ])
    func aPathNamesNobody(path: String, shown: String) { #expect(PersonalDetails.masked(path: path) == shown) }

    @Test func aLongLineIsCutAndCannotBePatched() throws {
        let excerpt = try excerpt(
            "MISTRAL_API_KEY = '\(key)'; x = go(\(String(repeating: "wren.tern ", count: 200)))\n")
        #expect(excerpt.lines.first?.isCut == true)
        #expect((excerpt.lines.first?.shown.utf8.count ?? 0) < 450)
        #expect(excerpt.lines.first?.shown.contains(key) == false)
    }

    @Test func aSecretInAHistoryOfTheSameFileIsMaskedWhereverItStands() throws {
        let excerpt = try excerpt(
            "# old: \(key)\nMISTRAL_API_KEY = '\(key)'\nprint('\(key)x', \"\(key.uppercased())\")\n")
        #expect(!excerpt.lines.contains { $0.shown.contains(key) })
    }
}
