import TestSupport
import Testing

/// Repositories that have lost something: what is lost is named, and what is left is scanned.
@Suite struct DamagedRepositoryTests {
    let key = RandomKey(50)

    /// A history with a key in one commit and another file, which the tests damage, in the next.
    private func story() -> (RepositoryBuilder, victim: String) {
        let text = "the blob that is damaged"
        let story = RepositoryBuilder().commit("first", [".env": key.line]).commit("second", ["victim": text])
        return (story, story.blob(text))
    }

    private func expectIncompleteWithTheKey(_ scan: Scan, _ subject: String, _ words: String...) {
        #expect(scan.status == 1)
        #expect(scan.places == [".env:1"])
        #expect(!scan.report.summary.complete)
        let problem = scan.report.summary.problems.first { $0.subject.contains(subject) }
        #expect(problem != nil, "\(scan.report.summary.problems)")
        for word in words { #expect(problem?.message.contains(word) == true, "\(problem?.message ?? "")") }
        #expect(!scan.outcome.reveals(key.description))
    }

    @Test func aCorruptLooseObjectIsNamed() throws {
        let (story, victim) = story()
        Command.run(["chmod", "u+w", story.directory(story.looseObject(victim))]).expectSuccess()
        story.directory.write(story.looseObject(victim), "not a zlib stream")
        expectIncompleteWithTheKey(try Windsock.scan("--history", in: story), victim)
        expectIncompleteWithTheKey(try Windsock.scan("--range", "HEAD", in: story), "victim")
    }

    @Test func aMissingBlobIsNamed() throws {
        let (story, victim) = story()
        story.directory.remove(story.looseObject(victim))
        expectIncompleteWithTheKey(try Windsock.scan("--history", in: story), victim, "missing")
        expectIncompleteWithTheKey(try Windsock.scan("--range", "HEAD", in: story), "victim", "not found")
    }

    @Test func aMissingBlobAloneIs3() throws {
        let story = RepositoryBuilder().commit("first", ["victim": "1", "b": "2"])
        story.directory.remove(story.looseObject(story.blob("1")))
        #expect(try Windsock.scan("--history", in: story).status == 3)
        #expect(try Windsock.scan("--range", "HEAD", in: story).status == 3)
    }

    @Test func aMissingStagedBlobIs3() throws {
        let story = RepositoryBuilder().stage(["victim": "1", "b": "2"])
        story.directory.remove(story.looseObject(story.blob("1")))
        let scan = try Windsock.scan("--staged", in: story)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject) == ["victim"])
    }

    @Test func aTruncatedPackMakesTheScanIncomplete() throws {
        let story = RepositoryBuilder()
        // Incompressible, so that a pack without its end still has the beginning.
        for number in 0..<40 {
            story.commit("\(number)", ["f\(number)": RandomKey(UInt64(500 + number), length: 400).description])
        }
        story.git("repack", "-adq")
        story.commit("loose", [".env": key.line])
        let shorten = "cd .git/objects/pack; chmod u+w *.pack; truncate -s $(($(stat -c %s *.pack) / 2)) *.pack"
        Command.run(["sh", "-c", shorten], in: story.path).expectSuccess()
        let scan = try Windsock.scan("--history", in: story)
        #expect(scan.status == 1)
        #expect(scan.report.findings.map(\.rule) == ["mistral-api-key"])
        #expect(!scan.report.summary.problems.isEmpty)
        #expect(!scan.outcome.reveals(key.description))
    }

    @Test func aShallowCloneIsNamedAsIncomplete() throws {
        let (story, _) = story()
        story.run(["clone", "--quiet", "--depth=1", "file://\(story.path)", "../shallow"])
        let clone = story.sibling("shallow")
        let history = try Windsock.scan("--history", in: clone)
        #expect(history.status == 1, "the checked-out tree still has the key")
        let problems = history.report.summary.problems
        #expect(problems.map(\.message) == ["this is a shallow clone: what came before is not in it"])
        #expect(history.report.summary.problems[0].advice == "git fetch --unshallow")
        #expect(try Windsock.scan("--range", "HEAD", in: clone).report.summary.complete == false)
        let missing = Windsock.run(["scan", "--range", "HEAD~1..HEAD"], in: clone)
        #expect(missing.status == 3)
        #expect(missing.errors.contains("a shallow clone may lack it"))
        #expect(try Windsock.scan(in: clone).report.summary.complete, "the files are all there")
    }

    @Test func aShallowCloneWithoutFindingsIs3() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("second", ["a": "2"])
        story.run(["clone", "--quiet", "--depth=1", "file://\(story.path)", "../shallow"])
        #expect(try Windsock.scan("--history", in: story.sibling("shallow")).status == 3)
    }

    @Test func aPartialCloneIsNamedAsIncomplete() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("second", ["a": "2"])
        story.git("config", "uploadpack.allowFilter", "true")
        story.run(["clone", "--quiet", "--filter=blob:none", "file://\(story.path)", "../partial"])
        let scan = try Windsock.scan("--history", in: story.sibling("partial"))
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.count == 1)
        #expect(scan.report.summary.problems[0].message.contains("this is a partial clone"))
        #expect(scan.report.summary.problems[0].advice?.contains("git fetch --refetch --no-filter") == true)
    }

    @Test func aReferenceToNothingIsNamed() throws {
        let (story, _) = story()
        story.directory.write(story.relative(".git/refs/heads/broken"), String(repeating: "1", count: 40) + "\n")
        expectIncompleteWithTheKey(try Windsock.scan("--history", in: story), "broken")
    }

    /// The library says of most of these that the file is gone.
    @Test(arguments: [
        ("truncate -s 0", "is empty"), ("rm -f INDEX; mkdir", "is a folder"),
        ("rm -f INDEX; mkfifo", "no regular file"),
        ("rm -f INDEX; ln -s index", "cannot be opened"), ("truncate -s 40", "invalid entry"),
    ]) func whatIsWrongWithAnIndexIsSaid(_ command: String, _ cause: String) throws {
        let story = RepositoryBuilder().commit("first", [".env": RandomKey(1230).line])
        let index = story.path + "/.git/index"
        Command.run(["sh", "-c", command.replacing("INDEX", with: index) + " " + index]).expectSuccess()
        let reports = ["--report", "sarif=out.sarif", "--report", "junit=out.xml", "--format", "json"]
        let outcome = Windsock.run(["scan", "--staged"] + reports, in: story)
        #expect(outcome.status == 3 && outcome.errors.contains(cause), "\(outcome.errors)")
        #expect(!outcome.errors.contains("no longer exists") && !outcome.errors.contains("clone"))
        #expect(outcome.errors.contains("git reset"), "\(outcome.errors)")
        // Who reads the reports finds the cause there.
        let scan = try Scan(outcome)
        #expect(!scan.report.summary.complete && scan.report.summary.mode == "staged")
        #expect(scan.report.summary.problems.first?.message.contains(cause) == true)
        for name in ["out.sarif", "out.xml"] {
            let text = String(decoding: story.directory.read(story.relative(name)), as: UTF8.self)
            #expect(text.contains(cause), "\(name): \(text)")
        }
        // The files are there all the same.
        #expect(try Windsock.scan(in: story).places.contains(".env:1"))
    }

    /// Whatever a scan cannot begin with: a step that uploads the report must find one.
    @Test(arguments: [["--range", "nowhere..HEAD"], ["--history", "--branch", "nowhere"]])
    func aScanThatCannotBeginWritesReports(_ mode: [String]) throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        for format in ["sarif", "json", "jsonl", "gitlab", "junit", "csv", "html", "markdown", "github", "short"] {
            let outcome = Windsock.run(["scan", "--format", format, "--output", "report"] + mode, in: story)
            #expect(outcome.status == 3)
            let text = String(decoding: story.directory.read(story.relative("report")), as: UTF8.self)
            #expect(!text.isEmpty || ["csv", "short", "github"].contains(format), "\(format)")
            story.run(["update-index", "--refresh"], allowsFailure: true)
        }
        #expect(Windsock.run(["scan"] + mode, in: story).output == "", "nobody asked for a report")
    }

    /// The history does not need the index except for what was never committed.
    @Test func aCorruptIndexDoesNotTakeTheFindingsOfTheHistory() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).stage([".env": key.line])
        story.directory.write(story.relative(".git/index"), "not an index")
        let history = try Windsock.scan("--history", in: story)
        #expect(history.status == 1)
        #expect(history.report.findings.count == 1)
        #expect(!history.report.summary.complete)
        let staged = Windsock.run(["scan", "--staged"], in: story)
        #expect(staged.status == 3)
        #expect(staged.errors.contains("could not scan the index"))
    }
}

extension Command.Outcome {
    func expectSuccess() { #expect(status == 0, "\(errors)") }
}
