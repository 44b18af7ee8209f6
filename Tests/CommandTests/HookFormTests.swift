import TestSupport
import Testing

@testable import Reports
@testable import WindsockCommand

/// Hooks and paths in forms that are rare and right.
@Suite struct HookFormTests {
    private func story(_ seed: UInt64, _ files: [String: String] = [:]) -> HookStory {
        HookStory(
            seed, repository: RepositoryBuilder().commit("first", ["a": "1\n"].merging(files) { _, given in given }))
    }

    // MARK: What is pushed again

    @Test(arguments: [
        ["private", "HEAD:refs/heads/next"], ["--force-with-lease", "private", "HEAD:refs/heads/next"],
        ["private", "HEAD:refs/heads/next", "--tags"], ["-o", "ci.skip", "private", "HEAD:refs/heads/next"],
    ]) func aPushThatIsPassedGoesWhereItWasMeantTo(_ words: [String]) throws {
        let story = story(1590)
        story.shell("git init -q --bare ../origin.git && git init -q --bare ../private.git")
        story.shell("git -C ../private.git config receive.advertisePushOptions true")
        story.shell("git remote add origin ../origin.git && git remote add private ../private.git")
        story.windsock("install", "--hook", "pre-push").expectSuccess()
        story.repository.commit("key", ["k.env": story.key.line])
        let refused = Command.run(
            ["git", "push"] + words, in: story.repository.path, environment: story.environment())
        story.expectRefused(refused)
        let said = refused.output + refused.errors
        let line = try #require(said.split(separator: "\n").first { $0.contains("--no-verify") }, "\(said)")
        let start = try #require(line.firstRange(of: "git push"))
        story.shell(String(line[start.lowerBound...]))
        story.shell("git -C ../private.git rev-parse --verify --quiet refs/heads/next")
        #expect(Command.run(["git", "-C", story.repository.path + "/../origin.git", "for-each-ref"]).output.isEmpty)
    }

    /// As the keys of maintainers are published.
    @Test(arguments: [("blob", "a"), ("tree", "HEAD^{tree}")]) func aTagOfFilesIsReadAndPushed(
        _ kind: String, _ name: String
    ) {
        let story = story(1589)
        story.shell("git init -q --bare ../origin.git && git remote add origin ../origin.git")
        story.windsock("install", "--hook", "pre-push").expectSuccess()
        story.shell("git tag -am m plain \(kind == "blob" ? "HEAD:a" : name) && git push -q origin plain")
        story.repository.write(["k.env": story.key.line])
        story.shell("git add k.env && git tag leak \(kind == "blob" ? ":k.env" : "$(git write-tree)")")
        story.expectRefused(story.git("push", "origin", "leak"))
        #expect(story.repository.git("ls-remote", "origin").contains("plain"))
        #expect(!story.repository.git("ls-remote", "origin").contains("leak"))
    }

    @Test func whatMayBeASecretInAPushIsNotSaidAgain() {
        let key = RandomKey(1591)
        let command = StoppedCommit.command(
            ["git", "push", "https://ada:\(key)@host.example/x.git", "main"], isPush: true)
        #expect(command == StoppedCommand(beginning: "git push"))
    }

    // MARK: Paths that git would take for patterns

    @Test(arguments: [
        "!x.env", "-rf.env", "^b.env", ":a.env", "pages/[id].ts", "a*b?.env", "(top)x", "wie \u{e4}.env", "x\\y",
    ])
    func whatIsPastedTakesOutThatFileAlone(_ path: String) {
        let story = story(1592, ["pages/i.ts": "1\n", "other": "1\n", "axb1.env": "1\n"])
        story.repository.write(["pages/i.ts": "2\n", "other": "2\n", "axb1.env": "2\n"])
        story.repository.write([path: story.key.line])
        story.shell("git add --all")
        story.shell("git restore --staged -- \(Pathspec.quoted(path))")
        let staged = story.repository.git("-c", "core.quotePath=false", "diff", "--cached", "--name-only")
        #expect(Set(staged.split(separator: "\n")) == ["axb1.env", "other", "pages/i.ts"], "\(Pathspec.quoted(path))")
    }

    @Test func aNameThatIsNoTextIsFoundByItsForm() {
        let story = story(1593)
        story.shell("printf 'x\\n' > \"$(printf 'b\\377.env')\" && git add --all")
        story.shell("git restore --staged -- \(Pathspec.quoted("b\u{FFFD}.env"))")
        #expect(story.repository.git("diff", "--cached", "--name-only").isEmpty)
    }

    // MARK: Line ends of Windows

    @Test func aHookWithLineEndsOfWindowsIsThereAfterwards() {
        let story = story(1594)
        let hook = "#!/usr/bin/env bash\r\necho one\r\necho two\r\n"
        story.repository.write([".githooks/pre-commit": hook])
        story.shell("chmod +x .githooks/pre-commit && git config core.hooksPath .githooks")
        story.windsock("install").expectSuccess()
        let installed = story.content(".githooks/pre-commit")
        #expect(installed.utf8.starts(with: "#!/usr/bin/env bash\r\n# windsock".utf8), "\(installed)")
        story.windsock("uninstall").expectSuccess()
        #expect(story.content(".githooks/pre-commit") == hook)
    }

    @Test(arguments: [
        ("lefthook.yml", "pre-commit:\r\n  commands:\r\n    lint:\r\n      run: true\r\n"),
        (
            ".pre-commit-config.yaml",
            "repos:\r\n  - repo: local\r\n    hooks:\r\n      - id: x\r\n        name: x\r\n        entry: true\r\n        language: system\r\n"
        ),
    ]) func aManagersFileKeepsItsLineEnds(_ name: String, _ text: String) {
        let story = story(1595)
        story.repository.write([name: text])
        story.windsock("install").expectSuccess()
        let installed = story.content(name)
        #expect(installed.contains("windsock hook run pre-commit"))
        #expect(
            !installed.unicodeScalars.split(separator: "\n").dropLast().contains { $0.last != "\r" }, "\(installed)")
        story.windsock("uninstall").expectSuccess()
        #expect(story.content(name) == text)
    }

    // MARK: Where git runs nothing

    @Test func anEmptyFolderOfHooksIsSaid() {
        let story = story(1596)
        story.repository.git("config", "core.hooksPath", "")
        for words in [["install"], ["doctor"]] {
            let outcome = Command.run(
                [Windsock.path, "hook"] + words, in: story.repository.path, environment: story.environment())
            #expect(outcome.status != 0)
            #expect(outcome.errors.contains("core.hooksPath") && outcome.errors.contains("is empty"), "\(outcome)")
        }
        #expect(!story.exists("pre-commit"))
    }

    /// As people keep their dotfiles: the repository lies elsewhere, and variables say where.
    @Test func theDoctorFindsARepositoryThatVariablesName() {
        let story = story(1599)
        story.shell("mkdir ../home && git init -q --bare ../dots.git && git -C ../dots.git config core.bare false")
        let home = story.repository.sibling("home").path
        let variables = ["GIT_DIR": story.repository.sibling("dots.git").path, "GIT_WORK_TREE": home]
        let run = { (words: [String]) in
            Command.run(words, in: home, environment: story.environment(variables))
        }
        run(["sh", "-c", "echo a >a && git add a && git commit -qm a"]).expectSuccess()
        for words in [["install"], ["doctor"]] {
            let outcome = run([Windsock.path, "hook"] + words)
            #expect(outcome.status == 0, "\(outcome)")
        }
    }

    @Test func aHookThatIsSwitchedOffStaysOff() {
        let story = story(1597)
        story.repository.write([".githooks/pre-commit": "#!/bin/sh\necho old\n"])
        story.shell("chmod -x .githooks/pre-commit && git config core.hooksPath .githooks")
        let outcome = story.windsock("install")
        #expect(outcome.status != 0 && outcome.errors.contains("is not executable"), "\(outcome)")
        #expect(story.content(".githooks/pre-commit") == "#!/bin/sh\necho old\n")
    }

    @Test(arguments: [["commit.gpgSign", "true"], ["core.autocrlf", "true"]])
    func theDoctorMindsNoSettingOfTheUsers(_ setting: [String]) {
        let story = story(1598)
        story.windsock("install").expectSuccess()
        story.repository.git("config", "gpg.program", "false")
        story.repository.git("config", "core.safecrlf", "true")
        story.repository.run(["config"] + setting)
        let outcome = story.windsock("doctor")
        #expect(outcome.status == 0, "\(outcome)")
    }
}
