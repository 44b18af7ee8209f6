import TestSupport
import Testing

/// Hooks as git runs them, installed by `windsock hook install`.
@Suite struct HookTests {
    let key = RandomKey(100)

    /// A repository with a commit and the hook installed; its own hook runs `before`, if there is one.
    private func story(before: String? = nil) -> RepositoryBuilder {
        let story = RepositoryBuilder().commit("first", ["a": "1", "b": "1"])
        if let before { hook(story, "pre-commit", before) }
        Windsock.run(["hook", "install"], in: story).expectSuccess()
        return story
    }

    private func hook(_ story: RepositoryBuilder, _ name: String, _ body: String) {
        let file = story.relative(".git/hooks/\(name)")
        story.directory.write(file, "#!/bin/sh\n\(body)\n")
        Command.run(["chmod", "+x", story.directory(file)]).expectSuccess()
    }

    private func git(_ story: RepositoryBuilder, _ arguments: String...) -> Command.Outcome {
        story.run(arguments, environment: Windsock.environment, allowsFailure: true)
    }

    private func expectRefused(_ outcome: Command.Outcome) {
        #expect(outcome.status == 1)
        #expect((outcome.output + outcome.errors).contains("mistral-api-key"))
        #expect(!outcome.reveals(key.description))
    }

    @Test func aCommitWithAKeyIsRefusedAndOneWithoutPasses() {
        let story = story()
        story.stage([".env": key.line])
        expectRefused(git(story, "commit", "-m", "leak"))
        #expect(story.git("rev-list", "--count", "HEAD") == "1")
        story.stage([".env": "MISTRAL_API_KEY=${FROM_VAULT}\n"])
        git(story, "commit", "-m", "clean").expectSuccess()
        #expect(story.git("rev-list", "--count", "HEAD") == "2")
    }

    @Test func theFirstCommitOfAllIsLookedAt() {
        let story = RepositoryBuilder().stage([".env": key.line])
        Windsock.run(["hook", "install"], in: story).expectSuccess()
        expectRefused(git(story, "commit", "-m", "leak"))
    }

    /// What is not committed does not count, and what was staged and then changed does.
    @Test func onlyTheIndexCounts() {
        let story = story()
        story.stage(["a": "2"]).write(["b": key.line, "untracked.env": key.line])
        git(story, "commit", "-m", "clean").expectSuccess()
        story.stage(["a": key.line]).write(["a": "3"])
        expectRefused(git(story, "commit", "-m", "leak"))
    }

    /// git gives the hook a temporary index (GIT_INDEX_FILE) for these.
    @Test func commitAllIsLookedAtThroughItsOwnIndex() {
        let story = story()
        story.write(["a": key.line])
        expectRefused(git(story, "commit", "-a", "-m", "leak"))
        story.write(["a": "2"])
        git(story, "commit", "-a", "-m", "clean").expectSuccess()
    }

    @Test func commitOfAPathIsLookedAtThroughItsOwnIndex() {
        let story = story()
        story.write(["a": key.line, "b": "2"])
        git(story, "commit", "-m", "clean", "b").expectSuccess()
        expectRefused(git(story, "commit", "-m", "leak", "a"))
        // A key that is staged and not part of this commit does not stop it.
        story.stage(["b": RandomKey(101).line]).write(["a": "2"])
        git(story, "commit", "-m", "clean", "a").expectSuccess()
    }

    @Test func anIndexThatIsNamedIsTheOneThatIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        story.write(["a": key.line])
        let other = ["GIT_INDEX_FILE": ".git/other"]
        story.run(["read-tree", "HEAD"], environment: other)
        story.run(["add", "a"], environment: other)
        #expect(try Windsock.scan("--staged", in: story).status == 0)
        #expect(try Windsock.scan("--staged", in: story, environment: other).places == ["a:1"])
    }

    @Test func aCommitFromASubfolderAndALinkedWorktreeIsLookedAt() {
        let story = story()
        story.git("worktree", "add", "--quiet", "../linked", "-b", "other")
        let linked = story.sibling("linked").stage(["deep/.env": key.line])
        expectRefused(git(linked, "commit", "-m", "leak"))
        expectRefused(git(linked, "-C", "deep", "commit", "-m", "leak"))
    }

    @Test func aHookThatWasThereRunsFirstAndItsRefusalStands() {
        let story = story(before: "echo ran >> \"$(git rev-parse --git-dir)/ran\"; test ! -e refuse")
        story.stage(["a": "2"])
        git(story, "commit", "-m", "clean").expectSuccess()
        story.stage([".env": key.line])
        expectRefused(git(story, "commit", "-m", "leak"))
        #expect(String(decoding: story.directory.read(story.relative(".git/ran")), as: UTF8.self) == "ran\nran\n")
        story.git("reset", "--quiet", "--hard")
        story.stage(["a": "3"]).write(["refuse": ""])
        #expect(git(story, "commit", "-m", "refused by the other").status == 1)
    }

    @Test func installingTwiceKeepsTheOtherHookOnce() {
        let story = story(before: "echo other > other")
        let again = Windsock.run(["hook", "install"], in: story)
        #expect(again.status == 0)
        #expect(again.output.contains("is kept as"))
        story.stage(["a": "2"])
        git(story, "commit", "-m", "clean").expectSuccess()
        #expect(story.directory.read(story.relative("other")) == Array("other\n".utf8))
    }

    @Test func uninstallingPutsBackWhatWasThere() {
        let story = story(before: "echo other > other")
        Windsock.run(["hook", "uninstall"], in: story).expectSuccess()
        story.stage(["a": key.line])
        git(story, "commit", "-m", "nobody looks").expectSuccess()
        #expect(story.directory.read(story.relative("other")) == Array("other\n".utf8))
        let second = Windsock.run(["hook", "uninstall"], in: story)
        #expect(second.status == 0)
        #expect(second.output.contains("nothing was changed"))
    }

    /// The program that installs is written into the hook: PATH may be another one where git runs it.
    @Test func theDoctorSaysThatTheProgramIsGone() {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        let copy = story.directory("it's a copy")
        Command.run(["cp", Windsock.path, copy]).expectSuccess()
        Command.run([copy, "hook", "install"], in: story.path).expectSuccess()
        #expect(Windsock.run(["hook", "doctor"], in: story).status == 0)
        story.stage([".env": key.line])
        expectRefused(git(story, "commit", "-m", "leak"))
        story.directory.remove("it's a copy")
        let gone = Windsock.run(["hook", "doctor"], in: story)
        #expect(gone.status == 1)
        #expect(gone.errors.contains("runs \(copy), which is gone"))
        // Without any windsock nothing can be looked at: that is no reason to let it pass.
        let outcome = git(story, "commit", "-m", "leak")
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("windsock"))
    }

    @Test func aFolderThatIsNoRepositoryHasNoHooks() {
        for command in ["install", "uninstall", "doctor"] {
            let outcome = Windsock.run(["hook", command], in: TemporaryDirectory())
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("git repository"))
        }
    }
}
