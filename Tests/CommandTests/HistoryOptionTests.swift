import TestSupport
import Testing

/// Parts of a history, and objects that are not what they are called.
@Suite struct HistoryOptionTests {
    private func story() -> RepositoryBuilder {
        RepositoryBuilder().commit("first", ["old.env": RandomKey(760).line])
            .branch("side").commit("side", ["side.env": RandomKey(761).line])
            .checkout("main").commit("second", ["old.env": nil, "new.env": RandomKey(762).line])
    }

    @Test func aBranchHasItsOwnKeys() throws {
        let story = story()
        #expect(try Windsock.scan("--history", "--branch", "main", in: story).places == ["new.env:1", "old.env:1"])
        #expect(try Windsock.scan("--history", "--branch", "side", in: story).places == ["old.env:1", "side.env:1"])
        let both = try Windsock.scan("--history", "--branch", "main", "--branch", "side", in: story)
        #expect(both.places.count == 3)
    }

    /// The cache knows no selection, and a selection's cache serves all.
    @Test func selectionsAndTheCacheGetOnWithEachOther() throws {
        let story = story().commit("third", ["clean": "text\n"])
        #expect(try Windsock.scan("--history", "--branch", "main", in: story).report.summary.known == 0)
        #expect(try Windsock.scan("--history", in: story).report.findings.count == 3)
        let again = try Windsock.scan("--history", "--branch", "main", in: story)
        #expect(again.report.findings.count == 2)
        #expect(again.report.summary.known == 4, "three messages and a blob")
    }

    @Test func sinceAMomentOnlyNewKeysCount() throws {
        let story = story()
        let time = story.git("show", "--no-patch", "--format=%ct", "main")
        #expect(try Windsock.scan("--history", "--since", "@\(time)", in: story).places == ["new.env:1"])
        #expect(try Windsock.scan("--history", "--since", "2024-01-01", in: story).places.count == 3)
        let none = try Windsock.scan("--history", "--since", "1d", in: story)
        #expect(none.status == 0, "nothing was committed since yesterday, which is no reason for an alarm")
        #expect(none.report.findings.isEmpty)
    }

    @Test(arguments: [
        ["--history", "--since", "yesterday"], ["--history", "--since", "2099-01-01"], ["--since", "7d"],
        ["--range", "HEAD", "--since", "7d"], ["--branch", "main"], ["--range", "HEAD", "--branch", "main"],
        ["--verify-objects"],
    ]) func whatMakesNoSenseIsWrongUsage(_ arguments: [String]) {
        let outcome = Windsock.run(["scan"] + arguments, in: story())
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Error: "))
    }

    @Test func aBranchThatDoesNotResolveIsIncomplete() {
        let outcome = Windsock.run(["scan", "--history", "--branch", "nonexistent"], in: story())
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("nonexistent"))
    }

    /// Well-formed, and another object than its name says.
    @Test func anObjectWithAnotherContentIsNamed() throws {
        let story = story()
        let victim = story.store("the victim")
        let other = story.store("another content")
        _ = Command.run(
            [
                "sh", "-c", "chmod u+w \"$0\"; cp \"$1\" \"$0\"", story.directory(story.looseObject(victim)),
                story.directory(story.looseObject(other)),
            ])
        #expect(try Windsock.scan("--history", "--no-cache", in: story).report.summary.complete)
        let verified = try Windsock.scan("--history", "--verify-objects", in: story)
        #expect(verified.report.summary.problems.map(\.subject) == ["blob \(victim)"])
        #expect(verified.report.findings.count == 3, "the rest is scanned")
        // Neither scan makes the other blind.
        #expect(try Windsock.scan("--history", in: story).report.summary.complete)
        #expect(try !Windsock.scan("--history", "--verify-objects", in: story).report.summary.complete)
    }

    /// Its first bytes tell that it would not have been searched anyway.
    @Test func aLargeBinaryDoesNotMakeTheScanIncomplete() throws {
        let binary = String(repeating: "\0\u{1}\u{2}\0", count: 1000)
        let text = String(repeating: "some text\n", count: 400)
        let story = RepositoryBuilder().commit("first", ["image": binary])
        let small = try Windsock.scan("--history", "--max-file-size", "1k", in: story)
        #expect(small.status == 0)
        #expect(small.report.summary.omitted == ["too large": 1])
        story.commit("second", ["text": text])
        let large = try Windsock.scan("--history", "--max-file-size", "1k", in: story)
        #expect(large.status == 3)
        #expect(large.report.summary.problems.map(\.subject) == ["blob \(story.blob(text))"])
    }

    @Test func whatWasLookedAtIsListed() throws {
        let pointer = """
            version https://git-lfs.github.com/spec/v1
            oid sha256:\(String(repeating: "4d7a", count: 16))
            size 12345

            """
        let large = String(repeating: "\0\u{1}\u{2}\0", count: 1000)
        let story = story().commit("third", ["image": "\0\u{1}\0", "model": pointer, "large": large]).tag("v1", "one")
        _ = Windsock.run(["scan", "--history", "--list-scanned", "../list", "--max-file-size", "1k"], in: story)
        let lines = String(decoding: story.directory.read("list"), as: UTF8.self).split(separator: "\n").map(
            String.init)
        let all = story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
        let expected = all.split(separator: "\n").filter { !$0.hasSuffix(" tree") }
            .map { line -> String in
                switch line.prefix(40) {
                case story.blob("\0\u{1}\0"), story.blob(large): return line + " binary"
                case story.blob(pointer): return line + " pointer"
                default: return String(line)
                }
            }
        #expect(lines == expected)
        #expect(Windsock.run(["scan", "--list-scanned", "../list"], in: story).status == 2)
    }
}
