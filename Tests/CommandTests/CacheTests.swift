import TestSupport
import Testing

/// A history that is scanned again: faster, and never another result.
@Suite struct CacheTests {
    private func story(keys: Range<UInt64>) -> RepositoryBuilder {
        let story = RepositoryBuilder().commit("first", ["README": "text\n", "image": "\0\u{1}\u{2}\0"])
        for seed in keys {
            story.commit("file \(seed)", ["f\(seed)": "text \(seed)\n"]).commit(
                "key \(seed)", ["d/\(seed).env": RandomKey(seed).line])
        }
        return story
    }

    /// What a report says of a repository, without times and without what the cache saved.
    private func facts(_ scan: Scan) -> [String] {
        let findings = scan.report.findings.map { finding in
            let places = finding.occurrences.map { place in
                "\(place.path):\(place.startLine) \(String(describing: place.history))"
            }
            return "\(finding.fingerprint) \(places)"
        }
        let summary = scan.report.summary
        return findings
            + [
                "\(scan.status) \(summary.commits) \(summary.omitted) \(summary.problems.map(\.message)) \(summary.suppressed)"
            ]
    }

    private func expectAsWithoutCache(
        _ story: RepositoryBuilder, times: Int = 1, _ sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let plain = try Windsock.scan("--history", "--no-cache", in: story)
        for _ in 0..<times {
            let cached = try Windsock.scan("--history", in: story)
            #expect(facts(cached) == facts(plain), sourceLocation: sourceLocation)
        }
        #expect(plain.report.summary.known == 0, sourceLocation: sourceLocation)
    }

    @Test func whatWasReadInPartIsNeverTakenForClean() throws {
        let story = RepositoryBuilder().commit("first", ["README": "text\n"])
        let made = Windsock.shell(
            "yes 0123456789abcdef | head -c 100000 | gzip > rows.gz && git add rows.gz"
                + " && git -c user.name=T -c user.email=t@example.org commit -qm rows",
            in: story)
        #expect(made.status == 0)
        for _ in 0..<2 {
            let scan = try Windsock.scan("--history", "--max-file-size", "4k", in: story)
            #expect(scan.status == 3)
            #expect(scan.report.summary.problems.count == 1)
        }
    }

    @Test(arguments: [false, true]) func theSecondScanReadsOnlyWhatHasFindings(isPacked: Bool) throws {
        let story = story(keys: 700..<703)
        if isPacked { story.git("repack", "-adq") }
        let first = try Windsock.scan("--history", in: story)
        let second = try Windsock.scan("--history", in: story)
        #expect(first.report.findings.count == 3)
        #expect(facts(first) == facts(second))
        #expect(first.report.summary.known == 0)
        #expect(first.report.summary.blobs == 7)
        #expect(second.report.summary.blobs == 3)
        #expect(second.report.summary.known == 4 + 7)
        #expect(second.report.summary.omitted == ["binary": 1])
        try expectAsWithoutCache(story)
        let text = Windsock.run(["scan", "--history"], in: story).output
        #expect(text.contains("Not read again: 11 objects in which an earlier scan found nothing to report"))
    }

    /// Where nothing has changed, nothing is asked again; so whatever may change the report has to be noticed.
    @Test(arguments: [false, true]) func everyChangeOfTheRepositoryIsSeen(isPacked: Bool) throws {
        let story = story(keys: 720..<722)
        story.commit("moved", ["d/720.env": nil, "moved/720.env": RandomKey(720).line])
        if isPacked { story.git("repack", "-adq") }
        let changes: [[String]] = [
            ["status"], ["branch", "old", "HEAD~1"], ["tag", "v1", "HEAD~2"], ["tag", "-a", "-m", "words", "v2"],
            ["branch", "-D", "old"], ["checkout", "-q", "-b", "side", "HEAD~1"], ["rm", "-q", "README"],
            ["commit", "-q", "--amend", "-m", "amended"], ["checkout", "-q", "-f", "main"],
            ["reset", "-q", "--hard", "HEAD~1"],
            ["update-ref", "refs/pull/1/head", "HEAD"], ["tag", "-d", "v1"], ["gc", "-q", "--prune=now"],
            ["reflog", "expire", "--expire=now", "--all"], ["gc", "-q", "--prune=now"],
            ["notes", "add", "-m", "noted"],
        ]
        for change in changes {
            story.run(change)
            try expectAsWithoutCache(story, times: 2)
        }
        story.store(RandomKey(729).line)
        try expectAsWithoutCache(story, times: 2)
        story.write(["new.env": RandomKey(728).line])
        story.git("add", "new.env")
        try expectAsWithoutCache(story, times: 2)
        let file = String(decoding: story.directory.read(story.relative(".git/windsock/scanned")), as: UTF8.self)
        for word in ["env", "moved", "side", "main", "Ada", RandomKey(720).line] { #expect(!file.contains(word)) }
    }

    /// A repository whose packs are read as packs, the first time, the second time or always.
    private func largeStory(weakCount: Int) -> RepositoryBuilder {
        let story = RepositoryBuilder()
        var stream = ""
        for number in 0..<240 {
            var text = "text \(number)\n"
            if number < weakCount { text = "api_key: \(RandomKey(lowercase: UInt64(5000 + number), length: 20))\n" }
            if number % 60 == 7 { text = RandomKey(UInt64(6000 + number)).line }
            stream += """
                commit refs/heads/main
                committer Ada <ada@example.org> \(1_700_000_000 + number * 60) +0000
                data 4
                msg

                M 100644 inline a/d\(number % 7)/f\(number % 50).env
                data \(text.utf8.count)
                \(text)

                """
        }
        story.run(["-c", "fastimport.unpackLimit=1", "fast-import", "--quiet"], input: stream)
        story.git("reset", "-q", "--hard")
        return story
    }

    @Test(arguments: [0, 230]) func everyChangeOfALargeRepositoryIsSeen(weakCount: Int) throws {
        let story = largeStory(weakCount: weakCount)
        try expectAsWithoutCache(story, times: 2)
        for round in 0..<3 {
            story.commit(
                "more \(round)",
                ["g\(round)": "words \(round)\n", "key\(round).env": RandomKey(UInt64(6500 + round)).line])
            try expectAsWithoutCache(story, times: 2)
        }
        let changes: [[String]] = [
            ["mv", "a", "b"], ["commit", "-q", "-m", "moved"], ["branch", "old", "HEAD~9"], ["repack", "-dq"],
            ["checkout", "-q", "--orphan", "other", "old"], ["commit", "-q", "-m", "other"],
            ["branch", "-q", "-D", "main"], ["repack", "-adq"], ["repack", "-Adq"],
        ]
        for change in changes {
            story.run(change)
            try expectAsWithoutCache(story)
        }
        let weak = RandomKey(lowercase: 5003, length: 20)
        story.commit("named", ["named.env": "MISTRAL_API_KEY=\(weak)\n"])
        try expectAsWithoutCache(story, times: 2)
        let lost = story.commit("last", ["last": "words\n"]).blob("words\n")
        try expectAsWithoutCache(story)
        story.directory.remove(story.looseObject(lost))
        try expectAsWithoutCache(story, times: 3)
        story.commit("after", ["last": nil, "after": "more words\n"])
        try expectAsWithoutCache(story, times: 2)
        story.store("words\n")
        try expectAsWithoutCache(story, times: 2)
    }

    /// What the last scan found out cannot be told again then; what is in the blobs can.
    @Test func aCommitThatIsDamagedLaterTakesNoFinding() throws {
        let story = story(keys: 740..<742)
        #expect(try Windsock.scan("--history", in: story).report.findings.count == 2)
        let commit = story.id("HEAD")
        story.directory.remove(story.looseObject(commit))
        story.directory.write(story.looseObject(commit), "damaged")
        let second = try Windsock.scan("--history", in: story)
        #expect(second.status == 1)
        #expect(second.report.findings.count == 2)
    }

    @Test func theFileIsInTheGitDirectoryAndMayBeDeletedAnyTime() throws {
        let story = story(keys: 710..<711)
        _ = try Windsock.scan("--history", in: story)
        #expect(story.git("status", "--porcelain") == "")
        #expect(!story.directory.read(story.relative(".git/windsock/scanned")).isEmpty)
        story.directory.remove(story.relative(".git/windsock/scanned"))
        #expect(try Windsock.scan("--history", in: story).report.summary.known == 0)
    }

    @Test func withoutCacheNothingIsWritten() throws {
        let story = story(keys: 711..<712)
        _ = try Windsock.scan("--history", "--no-cache", in: story)
        _ = try Windsock.scan("--history", "--explain", in: story)
        _ = try Windsock.scan(in: story)
        #expect(story.directory.read(story.relative(".git/windsock/scanned")).isEmpty)
    }

    /// What one rule set calls clean another need not.
    @Test func otherRulesReadEverything() throws {
        let token = "acme_\(RandomKey(lowercase: 713, length: 24))"
        let story = story(keys: 714..<715).commit("token", ["t": "see \(token)\n"]).commit("gone", ["t": nil])
        #expect(try Windsock.scan("--history", in: story).report.findings.count == 1)
        story.write(["acme.toml": SelectionOptionTests.acme])
        let more = try Windsock.scan("--history", "--rules", "acme.toml", in: story)
        #expect(more.report.findings.map(\.rule).sorted() == ["acme-token", "mistral-api-key"])
        #expect(more.report.summary.known == 0)
        for arguments in [["--max-file-size", "1k"], ["--no-inline-ignores"], ["--only", "mistral-*"]] {
            #expect(try Windsock.run(["--history"] + arguments, story).report.summary.known == 0)
        }
    }

    /// What is not reported today may be tomorrow, with the same rules.
    @Test func whatIsSuppressedIsNotClean() throws {
        let text = "weak: \(RandomKey(lowercase: 720, length: 20))\n"
        let rule =
            "[extend]\nuseDefault = true\n[[rules]]\nid = 'weak-word'\nregex = 'weak: ([a-z0-9A-Z]{20})'\nkeywords = ['weak:']\nconfidence = 'low'\n"
        let allowed = "key = \"\(RandomKey(721))\"  # mistral windsock:allow\n"
        let story = RepositoryBuilder().commit("first", ["notes.txt": text, "a.py": allowed])
            .write([".windsock.toml": rule])
        #expect(try Windsock.scan("--history", in: story).report.findings.isEmpty)
        #expect(try Windsock.scan("--history", in: story).report.summary.suppressed["inline"] == 1)
        let low = try Windsock.scan("--history", "--min-confidence", "low", in: story)
        #expect(low.report.findings.map(\.rule) == ["weak-word"])
    }

    @Test func aDamagedFileIsAsGoodAsNone() throws {
        let story = story(keys: 730..<732)
        _ = try Windsock.scan("--history", in: story)
        let name = Array(story.relative(".git/windsock/scanned").utf8)
        let good = story.directory.read(story.relative(".git/windsock/scanned"))
        for position in [3, 20, 50, 60, good.count / 2, good.count - 3] {
            var damaged = good
            damaged[position] ^= 1
            story.directory.write(name, damaged)
            try expectAsWithoutCache(story)
        }
    }

    @Test func twoAtTheSameTimeAreBothRight() throws {
        let story = story(keys: 740..<744)
        let plain = facts(try Windsock.scan("--history", "--no-cache", in: story))
        for round in 0..<4 {
            let outcome = Windsock.shell(
                """
                for i in 1 2 3; do "$windsock" scan --history --format json > ../out$i & done; wait; rm -f \(round % 2 == 0 ? ".git/windsock/scanned" : "")
                """, in: story)
            #expect(outcome.status == 0)
            for number in 1...3 {
                let output = String(decoding: story.directory.read("out\(number)"), as: UTF8.self)
                let scan = try Scan(Command.Outcome(status: 1, output: output, errors: ""))
                #expect(facts(scan) == plain)
            }
        }
        try expectAsWithoutCache(story)
    }

    /// Killed or interrupted at any moment, a scan leaves a cache that says nothing wrong, and nothing that stops the next one.
    @Test func killedScansLeaveNoLie() throws {
        let story = story(keys: 750..<754)
        var generator = SeededGenerator(seed: 17)
        for round in 0..<24 {
            story.commit(
                "round \(round)", ["r\(round)": round % 3 == 0 ? RandomKey(UInt64(800 + round)).line : "\(round)\n"])
            if round == 12 { story.git("repack", "-adq") }
            let milliseconds = Int.random(in: 1...(round % 2 == 0 ? 60 : 400), using: &generator)
            let delay = "0." + String(repeating: "0", count: 3 - "\(milliseconds)".count) + "\(milliseconds)"
            let killed = Windsock.shell(
                "timeout --signal=\(round % 5 == 4 ? "INT" : "KILL") \(delay) \"$windsock\" scan --history >/dev/null 2>&1; echo $?",
                in: story)
            #expect(["0\n", "1\n", "124\n", "137\n"].contains(killed.output), "\(killed.output)")
            if round % 4 == 3 { try expectAsWithoutCache(story) }
        }
    }
}
