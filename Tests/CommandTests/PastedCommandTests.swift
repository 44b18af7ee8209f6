import TestSupport
import Testing

@testable import WindsockCommand

/// The commands that a stopped commit says to paste: each is run as it stands, and does what it says.
@Suite struct PastedCommandTests {
    private func story(_ seed: UInt64, hook: String = "pre-commit") -> HookStory {
        let files = ["a.env": "A=1\n", "deep/b.env": "B=1\n", "c": "1\n"]
        let story = HookStory(seed, repository: RepositoryBuilder().commit("first", files))
        story.windsock("install", "--hook", hook).expectSuccess()
        return story
    }

    /// The line of what was said that has a beginning, from there to its comment.
    private func pasted(_ outcome: Command.Outcome, _ beginning: String) throws -> String {
        let lines = (outcome.output + outcome.errors).split(separator: "\n")
        let line = try #require(lines.first { $0.contains(beginning) }, "\(outcome.output)\(outcome.errors)")
        let start = try #require(line.firstRange(of: beginning))
        return String(line[start.lowerBound...])
    }

    private func isInHead(_ story: HookStory) -> Bool {
        story.repository.git("grep", "--cached", "-l", "-e", story.key.description, "--", ".").isEmpty == false
    }

    // MARK: What the index never had

    @Test(arguments: [
        ["-a", "-m", "x"], ["-am", "x"], ["--all", "--message=x"], ["-m", "x", "a.env", "c"],
        ["-m", "x", "-i", "a.env", "c"],
        ["--amend", "-a", "--no-edit"], ["-qam", "x", "--signoff"],
    ]) func whatGitTookFromFilesIsPutAside(_ arguments: [String]) throws {
        let story = story(1540)
        story.repository.write(["a.env": story.key.line, "c": "2\n"])
        let refused = Command.run(
            ["git", "commit"] + arguments, in: story.repository.path, environment: story.environment())
        story.expectRefused(refused)
        #expect(!(refused.output + refused.errors).contains("git restore --staged"))
        story.shell(try pasted(refused, "git stash push -- :/a.env"))
        Command.run(["git", "commit"] + arguments, in: story.repository.path, environment: story.environment())
            .expectSuccess()
        #expect(story.repository.git("show", "HEAD:c") == "2")
        #expect(story.repository.git("show", "HEAD:a.env") == "A=1")
        story.shell("git stash pop --quiet")
        #expect(story.content("a.env") == story.key.line)
    }

    /// What is staged, too, is put aside with it.
    @Test(arguments: [["-am", "x"], ["-m", "x", "new.env"]]) func whatIsStagedAsWellIsPutAside(_ arguments: [String])
        throws
    {
        let story = story(1541)
        story.repository.write(["c": "2\n"])
        story.repository.stage(["new.env": story.key.line])
        let refused = Command.run(
            ["git", "commit"] + arguments, in: story.repository.path, environment: story.environment())
        story.expectRefused(refused)
        story.shell(try pasted(refused, "git stash push -- :/new.env"))
        story.git("commit", "-am", "x").expectSuccess()
        #expect(!story.exists("new.env"))
        story.shell("git stash pop --quiet")
        #expect(story.content("new.env") == story.key.line)
    }

    @Test func fromASubfolderToo() throws {
        let story = story(1542)
        story.repository.write(["deep/b.env": story.key.line])
        let refused = Command.run(
            ["git", "commit", "-am", "x"], in: story.repository.path + "/deep", environment: story.environment())
        story.expectRefused(refused)
        story.shell("cd deep && \(try pasted(refused, "git stash push -- :/deep/b.env"))")
        #expect(story.content("deep/b.env") == "B=1\n")
        story.shell("git stash pop --quiet")
        // Whoever names a folder for git does it again.
        let again = story.git("-C", "deep", "commit", "-am", "x")
        story.shell(try pasted(again, "git -C deep stash push -- :/deep/b.env"))
        #expect(story.content("deep/b.env") == "B=1\n")
    }

    @Test func beforeTheFirstCommitTheFileIsChanged() {
        let story = HookStory(1543, repository: RepositoryBuilder().stage(["a.env": "A=1\n"]))
        story.windsock("install").expectSuccess()
        story.repository.write(["a.env": story.key.line])
        let refused = story.git("commit", "-am", "x")
        story.expectRefused(refused)
        let said = refused.output + refused.errors
        #expect(!said.contains("git stash") && !said.contains("git rm"), "\(said)")
        #expect(said.contains("change them, and commit again as before"))
    }

    // MARK: Messages

    @Test(arguments: [
        (["-a", "-m", "KEY"], "git commit -a --edit"), (["-am", "KEY"], "git commit -a --edit"),
        (["--amend", "-m", "KEY"], "git commit --amend --edit"), (["-m", "KEY", "--", "a.env"], "git commit --edit"),
        (["a.env", "-qm", "KEY"], "git commit -q --edit"), (["--all", "--message=KEY"], "git commit --all --edit"),
        (["-a", "-F", "../message"], "git commit -a --edit"),
        (["--author", "Eve <eve@example.org>", "-am", "KEY"], "git commit --author 'Eve <eve@example.org>' -a --edit"),
        (["--allow-empty", "-m", "x", "--trailer", "KEY"], "git commit --allow-empty --edit"),
    ]) func aMessageIsEditedInTheSameCommit(_ arguments: [String], _ beginning: String) throws {
        let story = story(1550, hook: "commit-msg")
        story.repository.directory.write("message", "\(story.key.line)\n")
        story.repository.write(["a.env": "A=2\n", "c": "2\n"])
        let before = story.repository.id("HEAD")
        let words = arguments.map { $0.replacing("KEY", with: story.key.assignment) }
        let refused = Command.run(
            ["git", "commit"] + words, in: story.repository.path, environment: story.environment())
        story.expectRefused(refused)
        let command = try pasted(refused, beginning)
        #expect(!command.contains("#"), "\(command)")
        let editor = story.repository.directory.write("editor", "#!/bin/sh\necho clean > \"$1\"\n")
        Command.run(["chmod", "+x", editor]).expectSuccess()
        let committed = Windsock.shell(
            command, in: story.repository, environment: story.environment(["GIT_EDITOR": editor]))
        #expect(committed.status == 0, "\(command): \(committed.errors)")
        #expect(story.repository.git("log", "-1", "--format=%s") == "clean")
        let isAmended = arguments.contains("--amend")
        #expect((story.repository.git("rev-list", "--count", "HEAD") == "1") == isAmended)
        #expect(isAmended || story.repository.id("HEAD~1") == before)
        let isWhole = arguments.contains { $0.hasPrefix("-a") && !$0.hasPrefix("--") || $0 == "--all" }
        #expect(story.repository.git("show", "HEAD:c") == (isWhole ? "2" : "1"))
        if arguments.contains("a.env") { #expect(story.repository.git("show", "HEAD:a.env") == "A=2") }
        if arguments.contains("--author") { #expect(story.repository.git("log", "-1", "--format=%an") == "Eve") }
    }

    @Test func anAliasAndAMergeAreGoneOnWith() throws {
        let story = story(1551, hook: "commit-msg")
        let editor = story.repository.directory.write("editor", "#!/bin/sh\necho clean > \"$1\"\n")
        Command.run(["chmod", "+x", editor]).expectSuccess()
        story.repository.git("config", "alias.ca", "commit --amend")
        let refused = story.git("ca", "-m", story.key.assignment)
        story.expectRefused(refused)
        // Git may call itself anew for it.
        let command = try pasted(
            refused,
            (refused.output + refused.errors).contains("git ca ") ? "git ca --edit" : "git commit --amend --edit")
        Windsock.shell(command, in: story.repository, environment: story.environment(["GIT_EDITOR": editor]))
            .expectSuccess()
        #expect(story.repository.git("rev-list", "--count", "HEAD") == "1")
        story.repository.branch("side").commit("side", ["s": "1"]).checkout("main").commit("main", ["m": "1"])
        let merge = story.git("merge", "--no-ff", "side", "-m", story.key.assignment)
        story.expectRefused(merge)
        let goOn = try pasted(merge, "git commit --edit")
        Windsock.shell(goOn, in: story.repository, environment: story.environment(["GIT_EDITOR": editor]))
            .expectSuccess()
        #expect(story.repository.git("rev-list", "--parents", "-1", "HEAD").split(separator: " ").count == 3)
        #expect(story.repository.git("log", "-1", "--format=%s") == "clean")
    }

    // MARK: Once

    @Test(arguments: ["pre-commit", "commit-msg"]) func toPassOnceIsToPassWithAllOfIt(_ hook: String) throws {
        let story = story(1552, hook: hook)
        story.repository.write(["a.env": hook == "pre-commit" ? story.key.line : "A=2\n"])
        let refused = story.git("commit", "-am", hook == "pre-commit" ? "x" : story.key.assignment)
        story.expectRefused(refused)
        let command = try pasted(refused, "git commit -a --no-verify")
        let passed = Windsock.shell(
            command, in: story.repository,
            environment: story.environment(["GIT_EDITOR": "sh -c 'echo once >> \"$1\"' -"]))
        #expect(passed.status == 0, "\(command) \(passed.errors)")
        #expect(story.repository.git("show", "--format=", "--name-only", "HEAD") == "a.env")
    }

    // MARK: Words

    @Test(arguments: [
        (["git", "commit", "-am", "x"], "git commit -a", ""),
        (["/usr/bin/git", "-C", "a b", "commit", "-mx", "p"], "git -C 'a b' commit", " -- p"),
        (["git", "commit", "-vqm", "x", "-S", "-uno", "--", "-p"], "git commit -vq -S -uno", " -- -p"),
        (["git", "commit", "--mess", "x", "--date", "now", "--file=f"], "git commit --date now", ""),
        (["git", "commit", "-C", "HEAD", "-t", "f", "-F-", "--no-edit", "-e"], "git commit", ""),
        (["git", "cherry-pick", "abc"], "git commit", ""),
        (["git", "-c", "user.name=x", "ci"], "git -c user.name=x ci", ""),
    ]) func theWordsOfACommit(_ words: [String], _ beginning: String, _ paths: String) throws {
        let command = try #require(StoppedCommit.command(words))
        #expect(command.beginning == beginning && command.paths == paths)
        #expect(StoppedCommit.command(["sh", "-c", "x"]) == nil)
    }

    @Test func whatMayBeASecretAmongTheWordsIsNotSaid() throws {
        let key = RandomKey(1553)
        let command = try #require(StoppedCommit.command(["git", "commit", "--author", key.assignment, "-a"]))
        #expect(!command.isKnown && command.beginning == "git commit")
    }
}
