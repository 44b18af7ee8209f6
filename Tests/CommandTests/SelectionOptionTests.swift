import TestSupport
import Testing

/// What is scanned, with which rules, and what of it is reported.
@Suite struct SelectionOptionTests {
    let key = RandomKey(70)

    @Test func ignoredFilesAreLeftOutUnlessAskedForOrNamedOrTracked() throws {
        let story = RepositoryBuilder()
            .commit("first", [".gitignore": "*.env\nprivate/\n"])
            .stage(["tracked.env": RandomKey(71).line])
            .write(["ignored.env": key.line, "private/deep/x.txt": RandomKey(72).line])
        #expect(try Windsock.scan(in: story).places == ["tracked.env:1"])
        #expect(try Windsock.scan("ignored.env", in: story).places == ["ignored.env:1"])
        #expect(try Windsock.scan("private", in: story).places == ["private/deep/x.txt:1"])
        #expect(
            try Windsock.scan("--no-gitignore", in: story).places
                == ["ignored.env:1", "private/deep/x.txt:1", "tracked.env:1"])
    }

    @Test func manyNamedFilesAreOneScanAndTheSummaryStaysShort() {
        let names = (1...50).map { "file\($0)" }
        let story = RepositoryBuilder().write(Dictionary(uniqueKeysWithValues: names.map { ($0, "some text\n") }))
        let outcome = Windsock.run(["scan", "--"] + names, in: story)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Scanned 50 files, 500 bytes"))
        #expect(outcome.output.contains("(tree of file1 file2 file3 and 47 more)"))
    }

    /// As pre-commit passes them.
    @Test func namesBehindTwoHyphensAreFilesWhateverTheyLookLike() throws {
        let story = RepositoryBuilder().write(["--quiet": key.line, "-": RandomKey(78).line])
        #expect(try Windsock.scan("--", "--quiet", in: story).places == ["--quiet:1"])
        #expect(try Windsock.scan("--", "--quiet", "./-", in: story).places == ["--quiet:1", "-:1"].sorted())
    }

    @Test func aPlainFolderIsScannedWithoutGit() throws {
        let folder = TemporaryDirectory()
        folder.write("a/b/.env", key.line)
        let scan = try Windsock.scan(folder.path, in: "/")
        #expect(scan.status == 1)
        #expect(scan.places == ["a/b/.env:1"])
    }

    @Test func standardInputHasTheNameItIsGiven() throws {
        let named = try Windsock.scan("-", "--stdin-name", "deploy/.env", in: "/", input: key.line)
        #expect(named.status == 1)
        #expect(named.places == ["deploy/.env:1"])
        #expect(named.report.findings[0].occurrences[0].origin == "standardInput")
        #expect(try Windsock.scan("-", in: "/", input: key.line).places == ["standard input:1"])
    }

    /// The name decides where rules ask for it: a word is less sure in prose than in settings.
    @Test func standardInputIsJudgedByItsName() throws {
        let text = "password: dragon\n"
        #expect(try Windsock.scan("-", "--stdin-name", "settings.yaml", in: "/", input: text).status == 1)
        #expect(try Windsock.scan("-", "--stdin-name", "notes.txt", in: "/", input: text).status == 0)
    }

    @Test func whatIsLessSureThanAskedForIsCountedOnly() throws {
        let text = "password: dragon\n"
        func scan(_ file: String, _ confidence: String) throws -> Scan {
            try Windsock.scan("-", "--stdin-name", file, "--min-confidence", confidence, in: "/", input: text)
        }
        #expect(try scan("notes.txt", "low").report.findings.map(\.rule) == ["generic-secret"])
        #expect(try scan("notes.txt", "low").report.findings.map(\.confidence) == ["low"])
        #expect(try scan("notes.txt", "medium").report.summary.suppressed == ["below threshold": 1])
        #expect(try scan("settings.yaml", "medium").report.findings.map(\.confidence) == ["medium"])
        #expect(try scan("settings.yaml", "high").status == 0)
        #expect(try scan("settings.yaml", "high").report.summary.suppressed == ["below threshold": 1])
    }

    @Test func whatIsLessSevereThanAskedForIsCountedOnly() throws {
        func scan(_ severity: String) throws -> Scan {
            try Windsock.scan("-", "--min-severity", severity, in: "/", input: key.line)
        }
        #expect(try scan("high").status == 1)
        #expect(try scan("critical").status == 0)
        #expect(try scan("critical").report.summary.suppressed == ["below threshold": 1])
    }

    /// Rules of the tests' own, as a team would write them.
    static let acme = """
        title = "our rules"
        [[rules]]
        id = "acme-token"
        description = "Acme token"
        regex = '''\\bacme_([a-z0-9]{24})\\b'''
        keywords = ["acme_"]
        [[rules.allowlists]]
        stopwords = ["sandbox"]

        """

    let acmeToken = "acme_\(RandomKey(lowercase: 75, length: 24))"

    @Test func aGitleaksConfigurationReplacesTheBuiltInRulesOrExtendsThem() throws {
        let story = RepositoryBuilder().commit(
            "first", [".env": key.line, "a": "token \(acmeToken)\n", ".gitleaks.toml": Self.acme])
        let alone = try Windsock.scan("--config", ".gitleaks.toml", in: story)
        #expect(alone.report.findings.map(\.rule) == ["acme-token"])
        #expect(alone.outcome.errors.contains("using only the one rule of .gitleaks.toml"))
        story.write([".gitleaks.toml": Self.acme + "[extend]\nuseDefault = true\n"])
        let both = try Windsock.scan("--config", ".gitleaks.toml", in: story)
        #expect(both.report.findings.map(\.rule).sorted() == ["acme-token", "mistral-api-key"])
        let without = "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key']\n"
        story.write([".gitleaks.toml": Self.acme + without])
        let less = try Windsock.scan("--config", ".gitleaks.toml", in: story)
        #expect(!less.report.findings.contains { $0.rule == "mistral-api-key" })
    }

    @Test func anAllowListOfTheConfigurationHoldsForBuiltInRules() throws {
        let story = RepositoryBuilder().commit(
            "first",
            [
                "fixtures/.env": key.line, ".env": RandomKey(76).line,
                ".windsock.toml": "[[allowlists]]\npaths = ['''^fixtures/''']\n",
            ])
        #expect(try Windsock.scan(in: story).places == [".env:1"])
    }

    @Test func rulesAreAddedFromFilesAndFolders() throws {
        let story = RepositoryBuilder().commit(
            "first",
            [
                ".env": key.line, "a": "token \(acmeToken)\n", "rules/acme.toml": Self.acme,
                "rules/README": "no rule",
            ])
        for path in ["rules", "rules/acme.toml"] {
            let scan = try Windsock.scan("--rules", path, in: story)
            #expect(scan.report.findings.map(\.rule).sorted() == ["acme-token", "mistral-api-key"])
        }
    }

    @Test func onlyTheNamedRulesRun() throws {
        let story = RepositoryBuilder().commit(
            "first", [".env": key.line + "URL=mistral://apikey:\(RandomKey(77))@api.mistral.ai\n"])
        func rules(_ only: String...) throws -> [String] {
            try Windsock.run(only.flatMap { ["--only", $0] }, story).report.findings.map(\.rule).sorted()
        }
        #expect(try rules("mistral-connection-string") == ["mistral-connection-string"])
        #expect(try rules("mistral-*") == ["mistral-api-key", "mistral-connection-string"])
        #expect(try rules("github-*") == [])
    }
}
