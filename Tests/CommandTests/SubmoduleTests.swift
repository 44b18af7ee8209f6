import TestSupport
import Testing

/// `--recurse-submodules`: other repositories, as far as they are here.
@Suite struct SubmoduleTests {
    /// `outer` with `lib`, which has `deep`; keys in each.
    private func story() -> (outer: RepositoryBuilder, keys: [RandomKey]) {
        let keys = (780..<784).map { RandomKey($0) }
        let deep = RepositoryBuilder("deep").commit("deep", ["deep.env": keys[0].line])
        let lib = RepositoryBuilder("lib").commit("old", ["old.env": keys[1].line])
            .commit("lib", ["old.env": nil, "lib.env": keys[2].line])
        lib.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", deep.path, "deep")
        lib.commit("add deep")
        let outer = RepositoryBuilder("outer").commit("outer", [".env": keys[3].line])
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.path, "vendor/lib")
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--recursive")
        outer.commit("add lib")
        return (outer, keys)
    }

    @Test func withoutItSubmodulesAreNamedOnly() throws {
        let (outer, _) = story()
        let scan = try Windsock.scan("--history", in: outer)
        #expect(scan.places == [".env:1"])
        #expect(scan.report.summary.omitted["submodule"] == 1)
    }

    @Test func theirHistoriesAreScannedWithTheirPaths() throws {
        let (outer, keys) = story()
        let scan = try Windsock.scan("--history", "--recurse-submodules", in: outer)
        #expect(
            scan.places == [
                ".env:1", "vendor/lib/deep/deep.env:1", "vendor/lib/lib.env:1", "vendor/lib/old.env:1",
            ])
        #expect(scan.report.summary.complete)
        #expect(scan.report.summary.omitted["submodule"] == nil)
        #expect(keys.allSatisfy { !scan.outcome.reveals($0.description) })
        // Each repository has a cache of its own.
        let again = try Windsock.scan("--history", "--recurse-submodules", in: outer)
        #expect(again.places == scan.places)
        #expect(again.report.summary.known > 0)
        #expect(outer.git("status", "--porcelain") == "")
    }

    /// What is below a threshold in one repository may be above it in another: what was remembered of each says nothing of
    /// both together.
    @Test(arguments: [["--min-confidence", "high"], ["--min-severity", "critical"], ["--min-confidence", "low"]])
    func aSecondHistoryFindsWhatTheFirstDid(thresholds: [String]) throws {
        let key = RandomKey(790)
        let lib = RepositoryBuilder("lib").commit("lib", ["hi.py": "MISTRAL_API_KEY = \"\(key)\"\n"])
        let outer = RepositoryBuilder("outer").commit("outer", ["low.py": "n = 1\nsecret_key = \"\(key)\"\n"])
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.path, "lib")
        outer.commit("add lib")
        let arguments = ["--history", "--recurse-submodules"] + thresholds
        let first = try Windsock.run(arguments, outer)
        let second = try Windsock.run(arguments, outer)
        #expect(second.places == first.places)
        #expect(second.status == first.status)
        #expect(second.report.summary.suppressed == first.report.summary.suppressed)
    }

    /// The same blob is explained under each of its paths.
    @Test func theSameFileInBothIsExplainedInBoth() throws {
        let key = RandomKey(791)
        let lib = RepositoryBuilder("lib").commit("lib", ["hi.py": key.line])
        let outer = RepositoryBuilder("outer").commit("outer", ["hi.py": key.line])
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.path, "lib")
        outer.commit("add lib")
        let outcome = Windsock.run(["scan", "--history", "--recurse-submodules", "--explain"], in: outer)
        for path in ["hi.py", "lib/hi.py"] {
            #expect(outcome.output.contains("\n  \(path):1:17  mistral-api-key  "), "\(outcome.output)")
        }
    }

    @Test func theirFilesAreScannedWithTheirPaths() throws {
        let (outer, _) = story()
        let scan = try Windsock.scan("--recurse-submodules", in: outer)
        #expect(scan.places == [".env:1", "vendor/lib/deep/deep.env:1", "vendor/lib/lib.env:1"])
        #expect(scan.report.summary.complete)
    }

    /// What was checked out once is still in the git directory.
    @Test func whatIsNotCheckedOutHasAHistory() throws {
        let (outer, _) = story()
        outer.git("submodule", "--quiet", "deinit", "--force", "--all")
        let history = try Windsock.scan("--history", "--recurse-submodules", in: outer)
        #expect(history.places.contains("vendor/lib/old.env:1"))
        let files = try Windsock.scan("--recurse-submodules", in: outer)
        #expect(files.report.summary.problems.map(\.subject).contains("vendor/lib"))
        #expect(files.report.summary.problems.first?.advice == "git submodule update --init --recursive")
    }

    @Test func whatIsNotHereMakesTheScanIncomplete() throws {
        let lib = RepositoryBuilder("lib").commit("lib", ["a": "1"])
        let outer = RepositoryBuilder("outer").commit("outer", ["a": "1"])
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.path, "lib")
        outer.commit("add lib")
        outer.run(["clone", "--quiet", "file://\(outer.path)", "../clone"])
        for arguments in [["--history"], []] {
            let scan = try Windsock.run(arguments + ["--recurse-submodules"], outer.sibling("clone"))
            #expect(scan.status == 3)
            #expect(scan.report.summary.problems.map(\.subject) == ["lib"])
        }
    }

    @Test func aSubmoduleThatWentLeftItsHistory() throws {
        let (outer, _) = story()
        outer.git("rm", "--quiet", "--force", "vendor/lib")
        outer.commit("no more lib")
        let history = try Windsock.scan("--history", "--recurse-submodules", in: outer)
        #expect(history.places.contains("vendor/lib/old.env:1"))
        let files = try Windsock.scan("--recurse-submodules", in: outer)
        #expect(files.places == [".env:1"])
        #expect(files.report.summary.complete)
    }

    @Test(arguments: [[], ["--history"]])
    func theirMatchesAreExplained(_ arguments: [String]) {
        let (outer, _) = story()
        let outcome = Windsock.run(["scan", "--explain", "--recurse-submodules"] + arguments, in: outer)
        for path in [".env", "vendor/lib/lib.env", "vendor/lib/deep/deep.env"] {
            #expect(outcome.output.contains("\n  \(path):1:17  mistral-api-key  "), "\(outcome.output)")
        }
    }

    /// A secret is as sure as its surest place, whichever repository has that.
    @Test func aSecretThatIsSureThereIsSureHere() throws {
        let rule = """
            [[rules]]
            id = "acme-key"
            provider = "Acme"
            regex = '\\b([a-z0-9]{24})\\b'
            confidence = "high"
            [rules.context]
            words = ["acme"]
            nearby = "medium"
            """
        let key = RandomKey(lowercase: 785, length: 24)
        let lib = RepositoryBuilder("lib").commit("lib", ["sure.txt": "ACME_KEY=\(key)\n"])
        let outer = RepositoryBuilder("outer").write(["rule.toml": rule])
            .commit("outer", ["near.txt": "# acme\n\nvalue = \"\(key)\"\n"])
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.path, "lib")
        outer.commit("add lib")
        let scan = try Windsock.scan("--recurse-submodules", "--rules", "rule.toml", in: outer)
        #expect(scan.report.findings.map(\.rule) == ["acme-key"])
        #expect(scan.report.findings.first?.confidence == "high")
        #expect(scan.places == ["lib/sure.txt:1", "near.txt:3"])
        #expect(try Windsock.scan("--rules", "rule.toml", in: outer).report.findings.map(\.confidence) == ["medium"])
    }

    @Test(arguments: [["--staged"], ["--range", "HEAD"], ["--uncommitted"]])
    func itGoesWithHistoriesAndFiles(_ arguments: [String]) {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        #expect(Windsock.run(["scan", "--recurse-submodules"] + arguments, in: story).status == 2)
    }
}
