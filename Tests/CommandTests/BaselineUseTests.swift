import Foundation
import TestSupport
import Testing

/// The baseline at the top of a repository is used by itself, and says who accepted what until when.
@Suite struct BaselineUseTests {
    private let key = RandomKey(900)
    private static let file = ".windsock-baseline"

    private func lines(_ story: RepositoryBuilder, _ name: String = file) -> [String] {
        String(decoding: story.directory.read(story.relative(name)), as: UTF8.self).split(separator: "\n").map(
            String.init)
    }

    private func accepted(_ arguments: [String] = [], _ files: [String: String]? = nil) -> RepositoryBuilder {
        let story = RepositoryBuilder().commit("first", files ?? ["a.env": key.line, "sub/b": "1"])
        Windsock.run(["baseline", "create"] + arguments, in: story).expectSuccess()
        return story
    }

    private func modes(_ story: RepositoryBuilder) -> [[String]] {
        story.stage(["a.env": key.line + "B=1\n"])
        return [[], ["sub/../a.env"], ["--staged"], ["--uncommitted"], ["--history", "--no-hygiene"]]
    }

    @Test func everyModeUsesTheOneAtTheTopByItself() throws {
        let story = accepted(["--reason", "rotated"])
        for mode in modes(story) {
            let arguments = ["scan", "--format", "json"] + mode
            let scan = try Scan(Windsock.run(arguments, in: story))
            #expect(scan.status == 0, "\(mode)")
            #expect(scan.report.summary.suppressed == ["baseline": 1], "\(mode)")
            #expect(scan.report.summary.suppressedBy == [Self.file: 1], "\(mode)")
            #expect(Windsock.run(["scan"] + mode + ["--no-baseline"], in: story).status == 1, "\(mode)")
        }
        // From a folder below, and from beside the repository.
        let below = story.path + "/sub"
        #expect(Windsock.run(["scan", "--staged"], in: below).status == 0)
        #expect(Windsock.run(["scan", ".."], in: below).status == 0)
        #expect(Windsock.run(["scan", "repository"], in: story.directory.path).status == 0)
        #expect(Windsock.run(["scan", "repository", "--no-baseline"], in: story.directory.path).status == 1)
    }

    @Test func nothingThatIsFoundElsewhereIsPruned() {
        let files = ["d/a.env": key.line, "e/b.env": RandomKey(903).line, "gone": RandomKey(904).line]
        let story = RepositoryBuilder().commit("first", files)
        story.commit("removed", ["gone": "1\n"])
        Windsock.run(["baseline", "create", "--history", "--no-hygiene"], in: story).expectSuccess()
        for (place, path) in [(story.path + "/d", "."), (story.path, "d"), (story.path, ".")] {
            let outcome = Windsock.run(["baseline", "prune", path], in: place)
            #expect(outcome.status == 0 && outcome.output.contains("3 secrets, 0 taken out"), "\(outcome)")
        }
    }

    @Test func baselinesThatAreNamedAddUp() throws {
        let story = accepted()
        story.write(["c.env": RandomKey(901).line])
        Windsock.run(["baseline", "create", "-o", "other", "--no-hygiene", "--", "c.env"], in: story).expectSuccess()
        let scan = try Windsock.scan("--baseline", "other", in: story)
        #expect(scan.status == 0)
        #expect(scan.report.summary.suppressedBy == [Self.file: 1, "other": 1])
        #expect(try Windsock.scan("--baseline", "other", "--no-baseline", in: story).places == ["a.env:1"])
        #expect(
            Windsock.run(["scan", "--baseline", "other"], in: story).output.contains(
                "2 baseline (.windsock-baseline 1, other 1)"))
    }

    @Test func aFileSaysWhereForTheReviewerAndWhoAndUntilWhen() throws {
        let day = "2999-12-31"
        let story = accepted(["--reason", "rotated in March", "--owner", "@platform", "--until", day])
        let text = lines(story)
        let number = try #require(text.firstIndex { $0.hasPrefix("v1:") })
        #expect(text[number].hasSuffix(" mistral-api-key until=\(day) owner=@platform rotated in March"))
        #expect(text[number - 1] == "# in a.env")
        #expect(text.contains { $0.hasPrefix("# rules ") })
        let list = Windsock.run(["baseline", "list"], in: story)
        #expect(list.output.contains("until \(day)  owner @platform  in a.env  rotated in March"))
        #expect(list.output.hasSuffix("\(Self.file): 1 secret, 0 expired\n"))
        let json = Windsock.run(["baseline", "list", "--format", "json"], in: story)
        #expect(json.output.contains(#""owner": "@platform""#) && json.output.contains(#""expired": false"#))
    }

    @Test func whatHasExpiredIsNewAndSaysSo() throws {
        let story = accepted(["--reason", "for the move", "--owner", "ada"])
        let old = lines(story).map {
            $0.hasPrefix("v1:") ? $0.replacing(" owner=", with: " until=2020-02-29 owner=") : $0
        }
        story.write([Self.file: old.joined(separator: "\n") + "\n"])
        let outcome = Windsock.run(["scan"], in: story)
        #expect(outcome.status == 1)
        #expect(
            outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                "was accepted until 2020-02-29 by .windsock-baseline (ada: for the move); that is over"))
        #expect(Windsock.run(["baseline", "list", "--expired"], in: story).output.contains("(over)"))
        // New has one meaning, wherever it is asked for.
        for mode in [[], ["--staged"], ["--uncommitted"]] {
            if mode == ["--staged"] { story.stage(["a.env": key.line + "B=1\n"]) }
            let gate = try Scan(Windsock.run(["scan", "--format", "json", "--fail-on", "new"] + mode, in: story))
            #expect(gate.status == 1, "\(mode)")
            #expect(gate.report.findings.first?.new == true)
        }
        #expect(try Windsock.scan(in: story).report.findings.first?.new == true)
        for (format, words) in [
            ("sarif", "\"new\":true"), ("html", "<span class=\"state\">new</span>"), ("markdown", "new"),
        ] {
            #expect(Windsock.run(["scan", "--format", format], in: story).output.contains(words), "\(format)")
        }
        // What nobody has accepted and a commit has is not.
        let unaccepted = try Windsock.scan("--fail-on", "new", "--no-baseline", in: story)
        #expect(unaccepted.status == 0 && unaccepted.report.findings.first?.new == false)
        // It is accepted anew on new terms.
        Windsock.run(["baseline", "create", "--reason", "again"], in: story).expectSuccess()
        #expect(lines(story).contains { $0.hasSuffix(" mistral-api-key again") })
        #expect(Windsock.run(["scan"], in: story).status == 0)
    }

    @Test func whatExpiresSoonIsMentioned() {
        let soon = Date(timeIntervalSinceNow: 5 * 86_400).formatted(.iso8601.year().month().day())
        let story = accepted(["--until", soon])
        let outcome = Windsock.run(["scan"], in: story)
        #expect(outcome.status == 0)
        let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("(mistral-api-key) is accepted until \(soon): in 5 days"))
        let later = accepted(["--until", "2999-01-01"])
        #expect(!Windsock.run(["scan"], in: later).output.contains("accepted until"))
    }

    @Test(arguments: ["2026-02-30", "soon", "2020-01-01"]) func aDayThatIsNoneIsWrongUsage(_ day: String) {
        let story = RepositoryBuilder().write(["a.env": key.line])
        #expect(Windsock.run(["baseline", "create", "--until", day], in: story).status == 2)
        story.write([Self.file: "v1:00000000000000000000000000000000 some-rule until=2026-02-30 x\n"])
        let outcome = Windsock.run(["scan"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(".windsock-baseline:1: until=2026-02-30 is no day of the calendar"))
    }

    @Test func singleSecretsAreAddedListedAndTakenOut() throws {
        let story = RepositoryBuilder().commit("first", ["a.env": key.line, "b.env": RandomKey(902).line])
        let report = try Windsock.scan(in: story).report
        let first = try #require(report.findings.first { $0.occurrences[0].path == "a.env" }).fingerprint
        let added = Windsock.run(["baseline", "add", first, "--reason", "test key", "--owner", "ada"], in: story)
        #expect(added.output == "\(Self.file): 1 secret, 1 new\n")
        #expect(lines(story).contains("\(first) mistral-api-key owner=ada test key"))
        #expect(lines(story).contains("# in a.env"))
        #expect(try Windsock.scan(in: story).places == ["b.env:1"])
        // Again, on other terms.
        #expect(
            Windsock.run(["baseline", "add", first, "--reason", "other"], in: story).output.hasSuffix(
                "1 secret, 0 new\n"))
        #expect(lines(story).contains("\(first) mistral-api-key other"))
        #expect(
            Windsock.run(["baseline", "remove", String(first.prefix(10))], in: story).output.hasSuffix(
                "0 secrets, 1 taken out\n"))
        #expect(try Windsock.scan(in: story).places == ["a.env:1", "b.env:1"])
    }

    @Test func whatCannotBeAddedOrTakenOutIsSaid() {
        let story = accepted()
        let unknown = "v1:00000000000000000000000000000000"
        let add = Windsock.run(["baseline", "add", unknown], in: story)
        #expect(add.status == 2 && add.errors.contains("--rule") && add.errors.contains("--history"))
        #expect(Windsock.run(["baseline", "add", unknown, "--rule", "mistral-api-key"], in: story).status == 0)
        let key = Windsock.run(["baseline", "add", self.key.description], in: story)
        #expect(key.status == 2 && !key.reveals(self.key.description))
        let gone = Windsock.run(["baseline", "remove", "v1:ffffffffff"], in: story)
        #expect(gone.status == 2 && gone.errors.contains("has no entry that begins with argument 1"))
        for little in ["v1:", "v1:abcdef", "v1", "", "abcdefabcdef", "v"] {
            let outcome = Windsock.run(["baseline", "remove", little], in: story)
            #expect(outcome.status == 2 && outcome.errors.contains("argument 1 says too little"), "\(outcome.errors)")
        }
    }

    @Test func whatIsTakenInIsShown() {
        let story = RepositoryBuilder().write(["a.env": key.line])
        let outcome = Windsock.run(["baseline", "create"], in: story)
        #expect(
            outcome.errors.contains(
                "high  mistral-api-key  \(key.description.prefix(4))…\(key.description.suffix(4))  a.env:1"))
        #expect(!outcome.reveals(key.description))
    }

    @Test func habitsCanBeAccepted() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let before = Windsock.run(["scan", "--history", "--hygiene"], in: story)
        #expect(before.status == 1)
        Windsock.run(["baseline", "create", "--history"], in: story).expectSuccess()
        #expect(lines(story).contains { $0.contains(" hygiene-secret-file") })
        #expect(lines(story).contains { $0.contains(" hygiene-old-secret") })
        #expect(Windsock.run(["scan", "--history", "--hygiene"], in: story).status == 0)
        // Who prunes by the files alone has not looked for habits.
        Windsock.run(["baseline", "prune"], in: story).expectSuccess()
        #expect(Windsock.run(["scan", "--history", "--hygiene"], in: story).status == 0)
        let alone = RepositoryBuilder().commit("first", [".env": key.line])
        Windsock.run(["baseline", "create", "--hygiene"], in: alone).expectSuccess()
        #expect(Windsock.run(["scan", "--hygiene"], in: alone).status == 0)
        Windsock.run(["baseline", "create", "--history", "--no-hygiene", "-o", "known"], in: alone).expectSuccess()
        #expect(!lines(alone, "known").contains { $0.contains("hygiene") })
    }

    /// What the rules of then would have seen had it been their kind, and stood there when they were asked.
    @Test func whatANewerVersionAloneSeesIsTold() throws {
        let story = RepositoryBuilder().commit(
            "first", ["a.env": key.line, "b.env": "acme_pw=Gq7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1Ua\n"])
        Windsock.run(["baseline", "create", "--only", "mistral-*"], in: story).expectSuccess()
        story.commit("baseline")
        story.write(["c.env": "acme_pw=Zt5Yh8Wn2Qk7Xc4Vb9Mp3Lr6Jf1Gd0Sa\n"])
        let rules = story.directory.write(
            "rules.toml", "[[rules]]\nid = 'acme-pw'\nregex = 'acme_pw=([A-Za-z0-9]{32})'\nkeywords = ['acme_pw']\n")
        let options = ["--rules", rules, "--only", "acme-pw"]
        let scan = Windsock.run(["scan"] + options, in: story)
        let blocks = scan.output.components(separatedBy: "\n\n").filter {
            $0.contains("acme-pw") && $0.contains(".env:1")
        }
        #expect(blocks.count == 2)
        for block in blocks {
            let isOld = block.contains("b.env:1")
            #expect(block.contains("new because the rules are") == isOld)
        }
        let create = Windsock.run(["baseline", "create"] + options, in: story)
        #expect(
            create.errors.split(separator: "\n").filter { $0.contains("newer rules alone") }.map {
                $0.contains("b.env")
            } == [true])
        #expect(create.errors.contains("1 secret of these stood there before"))
    }

    /// U7: of a value and of its base64 one is the secret, and the other says the same.
    @Test func aValueAndItsEncodedFormAreOneSecret() throws {
        let value = "Gq7Rw2ZxK9mTb4LsVy8Hd3Nc"
        let encoded = Data(value.utf8).base64EncodedString()
        let story = RepositoryBuilder().write([
            "a.env": "DB_PASSWORD=\(value)\n",
            "secret.yaml": "kind: Secret\ndata:\n  db-password: \(encoded)\n",
        ])
        let scan = try Windsock.scan(in: story)
        #expect(scan.report.findings.count == 1)
        #expect(scan.places == ["a.env:1", "secret.yaml:3"])
    }

    /// U2, A17: a hook that stops at what is known is switched off.
    @Test func theHookKnowsTheBaseline() {
        let story = RepositoryBuilder().commit("first", ["a.env": key.line])
        Windsock.run(["baseline", "create", "--history", "--reason", "x"], in: story).expectSuccess()
        story.commit("baseline")
        Windsock.run(["hook", "install"], in: story).expectSuccess()
        story.write(["a.env": key.line + "B=1\n"])
        story.run(["commit", "--quiet", "-am", "edit"], environment: Windsock.environment, allowsFailure: true)
            .expectSuccess()
        story.write(["copy.env": key.line])
        story.git("add", "copy.env")
        story.run(["commit", "--quiet", "-m", "copy"], environment: Windsock.environment, allowsFailure: true)
            .expectSuccess()
    }
}
