import TestSupport
import Testing

/// What a hook says: nothing where nothing is wrong, and otherwise how to go on.
@Suite struct HookSpeechTests {
    private func installed(_ seed: UInt64) -> HookStory {
        let story = HookStory(seed)
        story.windsock("install").expectSuccess()
        return story
    }

    @Test func aCleanCommitPrintsNothing() {
        let story = installed(360)
        story.repository.stage(["b": "1"])
        let outcome = story.git("commit", "--quiet", "-m", "clean")
        #expect(outcome.status == 0)
        #expect(outcome.output + outcome.errors == "")
    }

    @Test func aStoppedCommitSaysHowToGoOn() {
        let story = installed(361)
        story.repository.stage(["one.env": story.key.line, "with space/two.env": RandomKey(362).line])
        let outcome = story.git("commit", "--quiet", "-m", "leak")
        story.expectRefused(outcome)
        let lines = (outcome.output + outcome.errors).split(separator: "\n", omittingEmptySubsequences: false)
        // Three lines a finding, and what to do once.
        #expect(lines.prefix(7).count { $0.hasPrefix("HIGH  mistral-api-key  ") } == 2)
        #expect(lines[6].isEmpty)
        #expect(lines.count { $0.contains("has not leaked") } == 1)
        #expect(lines.contains { $0.contains("git restore --staged -- :/one.env ':/with space/two.env'") })
        #expect(lines.contains { $0.contains("windsock:allow mistral-api-key REASON") })
        #expect(lines.contains { $0.contains("git commit --quiet --no-verify ") && $0.contains("CI") })
        #expect(!lines.contains { $0.contains("What to do") || $0.contains("Admin") })
        #expect(lines.count < 25)
        // What is in the index alone has not leaked either where a person asks, who may want to know all.
        let asked = Windsock.run(["scan", "--staged", "--verbose"], in: story.repository)
        #expect(asked.output.contains("What to do if it is elsewhere, too"))
        #expect(asked.output.contains("git restore --staged"))
    }

    /// Each way on works, pasted as it stands.
    @Test(arguments: ["restore", "comment", "baseline", "bypass"]) func eachWayOnWorks(_ way: String) throws {
        let story = installed(363)
        story.repository.stage(["one.env": story.key.line])
        let outcome = story.git("commit", "--quiet", "-m", "leak")
        story.expectRefused(outcome)
        let said = (outcome.output + outcome.errors).split(separator: "\n")
        func pasted(_ beginning: String) throws -> String {
            let line = try #require(said.first { $0.contains(beginning) })
            let start = try #require(line.firstRange(of: beginning))
            return String(line[start.lowerBound...])
        }
        switch way {
        case "restore":
            story.shell(try pasted("git restore"))
            story.git("commit", "--quiet", "--allow-empty", "-m", "clean").expectSuccess()
            #expect(story.content("one.env") == story.key.line)
        case "comment":
            let allow = try pasted("windsock:allow")
            story.repository.stage(["one.env": "\(story.key.assignment) # \(allow)\n"])
            story.git("commit", "--quiet", "-m", "allowed").expectSuccess()
        case "baseline":
            story.repository.write([".windsock-baseline": try pasted("v1:") + "\n"])
            story.git("commit", "--quiet", "-m", "accepted").expectSuccess()
            // A change beside the secret that is known does not stop anybody either.
            story.repository.stage(["one.env": story.key.line + "B=1\n"])
            story.git("commit", "--quiet", "-m", "edit").expectSuccess()
            #expect(HookStory(364, repository: story.repository).refusesAKey())
        default:
            story.shell(
                try pasted("git commit --quiet --no-verify").replacing("--no-verify", with: "--no-verify -m once"))
        }
    }

    @Test func beforeTheFirstCommitThereIsNothingToRestore() {
        let story = HookStory(365, repository: RepositoryBuilder().stage(["one.env": RandomKey(365).line]))
        story.windsock("install").expectSuccess()
        story.windsock("doctor").expectSuccess()
        let outcome = story.git("commit", "--quiet", "-m", "leak")
        story.expectRefused(outcome)
        #expect((outcome.output + outcome.errors).contains("git rm --cached -- :/one.env"))
    }

    @Test func aStoppedPushNamesTheCommit() {
        let story = HookStory(366)
        story.repository.run(["init", "--quiet", "--bare", "../target.git"])
        story.windsock("install", "--pre-push").expectSuccess()
        story.repository.commit("leak", [".env": story.key.line]).commit("more", ["b": "1"])
        let outcome = story.git("push", "--quiet", "../target.git", "main")
        story.expectRefused(outcome)
        let said = outcome.output + outcome.errors
        #expect(said.contains("git rebase --interactive --rebase-merges \(story.repository.id("HEAD~1").prefix(8))"))
        #expect(said.contains("git push --no-verify --quiet ../target.git main"))
    }

    /// What cannot be read stops a commit, too, and there is a way on.
    @Test func whatCouldNotBeReadIsSaidWithAWayOn() {
        let story = installed(367)
        let id = story.repository.store("something that is lost")
        story.repository.git("update-index", "--add", "--cacheinfo", "100644,\(id),lost")
        story.repository.directory.remove(story.repository.looseObject(id))
        let outcome = story.git("commit", "--quiet", "-m", "x")
        #expect(outcome.status != 0)
        let said = outcome.output + outcome.errors
        #expect(said.contains("INCOMPLETE"))
        #expect(said.contains("git commit --quiet --no-verify"))
        #expect(!said.contains("has not leaked"))
    }
}
