import Rules
import Testing

@testable import Scanner

struct AllowlistTests {
    /// How many secrets of two are reported under an allow-list: `acme_q7rw2zxk` in `a.txt`, `acme_9mtb4lsv` in `docs/b.md`.
    private func reported(_ list: String, isGlobal: Bool = false) throws -> [String] {
        let rule =
            "[[rules]]\nid='acme-key'\nprovider='Acme'\nregex='k=(acme_[a-z0-9]{8})'\nkeywords=['acme_']\nformerly=['acme-token']\n"
        let table = isGlobal ? "[[allowlists]]" : "[[rules.allowlists]]"
        let scanner = BlobScanner(engine: try ScanEngine(toml: rule + "\(table)\n\(list)\n"))
        let texts = [("a.txt", "one k=acme_q7rw2zxk\nnext"), ("docs/b.md", "two k=acme_9mtb4lsv\nnext")]
        return texts.flatMap { path, text in scanner.scan(text, path: path).detections.map { $0.secret.revealed } }
    }

    private let first = "acme_q7rw2zxk"
    private let second = "acme_9mtb4lsv"

    @Test func eachCriterionAllows() throws {
        #expect(try reported("description='nothing'") == [first, second])
        #expect(try reported("regexes=['q7rw']") == [second])
        #expect(try reported("paths=['^docs/']") == [first])
        #expect(try reported("stopwords=['9MTB']") == [first])
        #expect(try reported("commits=['abc']") == [first, second])
    }

    @Test func regexesLookAtTheirTarget() throws {
        #expect(try reported("regexes=['^acme_q']") == [second])
        #expect(try reported("regexes=['^k=acme_q']") == [first, second])
        #expect(try reported("regexTarget='match'\nregexes=['^k=acme_q']") == [second])
        #expect(try reported("regexTarget='line'\nregexes=['^one k']") == [second])
        #expect(try reported("regexTarget='line'\nregexes=['next']") == [first, second])
    }

    @Test func aListMayNameARuleByAFormerID() throws {
        for (name, expected) in [("acme-key", [second]), ("acme-token", [second]), ("acme-other", [first, second])] {
            #expect(try reported("regexes=['q7rw']\ntargetRules=['\(name)']", isGlobal: true) == expected, "\(name)")
        }
    }

    @Test func oneCriterionIsEnoughUnlessAllAreDemanded() throws {
        let criteria = "paths=['^docs/']\nstopwords=['q7rw']"
        #expect(try reported(criteria) == [])
        #expect(try reported("condition='AND'\n" + criteria) == [first, second])
        #expect(try reported("condition='AND'\npaths=['^docs/']\nstopwords=['9mtb']") == [first])
        #expect(try reported("condition='AND'") == [first, second])
    }

    @Test func globalListsHoldForAllRulesOrForTheirTargets() throws {
        #expect(try reported("stopwords=['q7rw']", isGlobal: true) == [second])
        #expect(try reported("stopwords=['q7rw']\ntargetRules=['acme-key']", isGlobal: true) == [second])
        #expect(try reported("stopwords=['q7rw']\ntargetRules=['other-key']", isGlobal: true) == [first, second])
    }

    @Test func aBrokenPatternIsAnErrorBeforeTheScan() throws {
        for (field, broken) in [("regexes", "["), ("paths", "(")] {
            let engine = try ScanEngine(
                toml: "[[rules]]\nid='acme-key'\nregex='a'\n[[rules.allowlists]]\n\(field)=['\(broken)']\n")
            let error = try #require(throws: RuleFileError.self) { try engine.validate() }
            #expect(error.description.contains("acme-key"))
        }
    }

    @Test(arguments: ["regex='a('", "regex='a'\npath='['", "regex='a'\n[rules.context]\nwords=['w']\npaths=['(']"])
    func everyPatternOfARuleIsValidated(fields: String) throws {
        let engine = try ScanEngine(toml: "[[rules]]\nid='acme-key'\n\(fields)\n")
        #expect(throws: RuleFileError.self) { try engine.validate() }
        #expect(throws: Never.self) { try engine.validate(["another"]) }
    }
}
