import TestSupport
import Testing

/// Hooks in a folder of the repository, which everybody has: nothing of one machine stands in them, and a clone has all of them.
@Suite struct HookSharedTests {
    /// A hook that is no script of a shell, and writes down that it ran.
    enum Other: String, CaseIterable {
        case python = "#!/usr/bin/env python3\nimport os\nopen(os.environ['ran'], 'a').write('other\\n')\n"
        case node =
            "#!/usr/bin/env node\nimport { appendFileSync } from 'node:fs';\nappendFileSync(process.env.ran, 'other\\n');\n"
        case perl = "#!/usr/bin/perl -w\nopen(my $f, '>>', $ENV{ran}); print $f \"other\\n\";\n"
        /// A program: a copy of one of the system's that does nothing.
        case binary = ""
    }

    private func story(_ seed: UInt64, _ other: Other, _ name: String = "pre-commit") -> HookStory {
        // With it node takes what has no type for a module.
        let repository = RepositoryBuilder().commit("first", ["a": "1", "package.json": "{\"type\": \"module\"}\n"])
        let story = HookStory(seed, repository: repository)
        if other == .binary {
            story.shell("mkdir -p .githooks && cp \"$(command -v touch)\" .githooks/\(name)")
        } else {
            story.repository.write([".githooks/\(name)": other.rawValue])
        }
        story.shell("chmod +x .githooks/\(name) && git config core.hooksPath .githooks")
        story.keep()
        return story
    }

    private func ran(_ story: HookStory) -> [String: String] { ["ran": story.repository.directory("ran")] }

    private func otherRan(_ story: HookStory) -> Bool {
        Command.run(["grep", "-q", "other", story.repository.directory("ran")]).status == 0
    }

    /// Somebody else's clone, with its own hooks switched on.
    private func clone(_ story: HookStory, _ seed: UInt64) -> HookStory {
        story.repository.run(["clone", "--quiet", story.repository.path, "../clone"])
        let clone = HookStory(seed, repository: story.repository.sibling("clone"))
        clone.repository.git("config", "core.hooksPath", ".githooks")
        return clone
    }

    @Test(arguments: Other.allCases) func aCloneHasBothHooks(_ other: Other) {
        let story = story(1520, other)
        let before = story.repository.directory.read(story.repository.relative(".githooks/pre-commit"))
        let installed = story.windsock("install")
        installed.expectSuccess()
        #expect(installed.output.contains("commit both files"), "\(installed.output)")
        let kept = ".githooks/pre-commit-before-windsock"
        #expect(installed.output.contains("git add -- :/.githooks/pre-commit :/\(kept)"), "\(installed.output)")
        #expect(!story.content(".githooks/pre-commit").contains(Windsock.folder))
        #expect(story.content(".githooks/pre-commit").contains("command -v windsock"))
        // As it is said.
        story.shell("git add -- :/.githooks/pre-commit :/\(kept)")
        #expect(
            story.repository.git("status", "--porcelain").split(separator: "\n").allSatisfy {
                $0.hasPrefix("R") || $0.hasPrefix("A") || $0.hasPrefix("M")
            })
        story.keep()
        let clone = clone(story, 1521)
        #expect(clone.refusesAKey(environment: ran(story)))
        guard other != .binary else { return }
        // Without windsock the other runs all the same.
        clone.repository.stage(["a": "2"])
        clone.git(
            "commit", "--quiet", "-m", "x", environment: ran(story).merging(["PATH": HookStory.pathWithout]) { $1 }
        ).expectSuccess()
        #expect(otherRan(story))
        story.windsock("doctor", environment: ran(story)).expectSuccess()
        // Twice is once.
        let again = story.content(".githooks/pre-commit")
        story.windsock("install").expectSuccess()
        #expect(story.content(".githooks/pre-commit") == again)
        let uninstalled = story.windsock("uninstall")
        #expect(uninstalled.output.contains("commit .githooks/pre-commit and \(kept), too"), "\(uninstalled.output)")
        #expect(story.repository.directory.read(story.repository.relative(".githooks/pre-commit")) == before)
        #expect(!story.exists(kept))
    }

    @Test func whatAPushSaysIsThereForTheOther() {
        let story = story(1522, .binary, "pre-push")
        story.repository.write([
            ".githooks/pre-push":
                "#!/usr/bin/env python3\nimport os, sys\nopen(os.environ['ran'], 'a').write('other ' + sys.argv[1] + ' ' + sys.stdin.read())\n"
        ])
        story.windsock("install", "--pre-push").expectSuccess()
        story.keep()
        story.repository.run(["init", "--quiet", "--bare", "../target.git"])
        story.repository.git("remote", "add", "origin", "../target.git")
        story.git("push", "--quiet", "origin", "main", environment: ran(story)).expectSuccess()
        let seen = String(decoding: story.repository.directory.read("ran"), as: UTF8.self)
        #expect(seen.hasPrefix("other origin refs/heads/main \(story.repository.id("HEAD"))"), "\(seen)")
    }

    @Test func oneThatIsMissingIsMissed() {
        let story = story(1523, .python)
        story.windsock("install").expectSuccess()
        story.shell("git rm -q --cached -r .githooks; git add .githooks/pre-commit")
        story.repository.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "half")
        let clone = clone(story, 1524)
        clone.repository.stage(["a": "2"])
        let outcome = clone.git("commit", "--quiet", "-m", "x", environment: ran(story))
        #expect(outcome.status != 0)
        #expect(
            outcome.errors.contains("pre-commit-before-windsock, which .githooks/pre-commit runs, is missing"),
            "\(outcome.errors)")
    }

    /// What version 0.1.0 and others after it have written into a file that everybody has.
    @Test(arguments: [true, false]) func aPathOfOneMachineIsTakenOut(_ isShell: Bool) {
        let story = story(1525, .python)
        story.shell("mv .githooks/pre-commit .githooks/pre-commit.before-windsock")
        if isShell { story.script(".githooks/pre-commit.before-windsock", "echo other >> \"$ran\"") }
        story.script(
            ".githooks/pre-commit",
            "# Installed by `windsock hook install`; `windsock hook uninstall` takes it away.\nwindsock='\(Windsock.path)'\nexec \"$windsock\" scan --staged"
        )
        story.windsock("install").expectSuccess()
        #expect(!story.content(".githooks/pre-commit").contains(Windsock.folder))
        story.repository.stage(["a": "2"])
        story.git("commit", "--quiet", "-m", "x", environment: ran(story)).expectSuccess()
        #expect(otherRan(story))
        #expect(story.refusesAKey(environment: ran(story)))
        story.windsock("uninstall").expectSuccess()
        #expect(!story.content(".githooks/pre-commit").contains("windsock"))
        #expect(!story.exists(".githooks/pre-commit.before-windsock"))
    }

    /// One script that several hooks are links to, and that asks which it is.
    @Test func aScriptWithSeveralNamesRunsEachHookOnce() {
        let story = HookStory(1526)
        story.script(".githooks/all", "echo \"$(basename \"$0\")\" >> \"$ran\"")
        story.shell(
            "cd .githooks && ln -s all pre-commit && ln -s all commit-msg && git config core.hooksPath .githooks")
        let installed = story.windsock("install")
        #expect(installed.output.contains("added windsock to .githooks/all; commit that file"), "\(installed.output)")
        story.keep()
        story.repository.stage(["a": "2"])
        story.git("commit", "--quiet", "-m", "x", environment: ran(story)).expectSuccess()
        #expect(String(decoding: story.repository.directory.read("ran"), as: UTF8.self) == "pre-commit\ncommit-msg\n")
        #expect(story.refusesAKey(environment: ran(story)))
        story.windsock("install", "--hook", "commit-msg").expectSuccess()
        story.windsock("doctor", environment: ran(story)).expectSuccess()
        story.windsock("uninstall").expectSuccess()
        #expect(story.content(".githooks/all") == "#!/bin/sh\necho \"$(basename \"$0\")\" >> \"$ran\"\n")
    }

    @Test func whatGitIgnoresIsForThisCloneAlone() {
        let story = HookStory(1527)
        story.script(".githooks/pre-commit", "open(0)", interpreter: "#!/usr/bin/env python3")
        story.shell("git config core.hooksPath .githooks && echo .githooks > .gitignore")
        let installed = story.windsock("install")
        #expect(installed.output.contains("git ignores it"), "\(installed.output)")
        #expect(!installed.output.contains("commit that") && !installed.output.contains("commit both"))
    }

    @Test func uninstallingSaysWhatIsToBeCommitted() {
        let story = HookStory(1528)
        story.script(".githooks/pre-commit", "true")
        story.shell("git config core.hooksPath .githooks")
        story.windsock("install").expectSuccess()
        story.keep()
        let first = story.windsock("uninstall")
        #expect(
            first.output.contains("took windsock out of .githooks/pre-commit; commit .githooks/pre-commit, too"),
            "\(first.output)")
        let second = story.windsock("uninstall")
        second.expectSuccess()
        #expect(second.output.contains("nothing was changed"))
    }

    // MARK: husky

    /// Up to version 8 git runs what lies in husky's folder itself.
    @Test func aProgramInHuskysFolderStays() {
        let story = story(1529, .node)
        story.shell(
            "mv .githooks .husky && mkdir .husky/_ && : > .husky/_/husky.sh && git config core.hooksPath .husky")
        let before = story.content(".husky/pre-commit")
        story.windsock("install").expectSuccess()
        story.keep()
        story.repository.stage(["a": "2"])
        story.git("commit", "--quiet", "-m", "x", environment: ran(story)).expectSuccess()
        #expect(otherRan(story))
        #expect(story.refusesAKey(environment: ran(story)))
        story.windsock("uninstall").expectSuccess()
        #expect(story.content(".husky/pre-commit") == before)
    }

    @Test func whatIsNoTextIsNeverWrittenOver() {
        let story = HookStory(1530)
        story.shell(
            "mkdir -p .husky/_ && : > .husky/_/h && git config core.hooksPath .husky/_ && cp \"$(command -v touch)\" .husky/pre-commit && cp .husky/pre-commit kept"
        )
        let outcome = story.windsock("install")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("is no text"))
        story.shell("cmp kept .husky/pre-commit")
    }
}
