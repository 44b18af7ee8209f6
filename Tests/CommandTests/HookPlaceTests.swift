import TestSupport
import Testing

/// Where git looks for hooks is what git says.
@Suite struct HookPlaceTests {
    /// `core.hooksPath` by the ways that it can be set, to `~/hooks` and to an absolute path.
    @Test(arguments: ["local", "global", "worktree", "include", "count", "parameters"], ["~/hooks", "absolute"])
    func itIsFoundWhereverItIsSet(_ scope: String, _ place: String) {
        let story = HookStory(320)
        let home = story.repository.directory.path
        let value = place == "absolute" ? home + "/hooks" : place
        var environment = ["HOME": home]
        switch scope {
        case "local": story.repository.git("config", "core.hooksPath", value)
        case "worktree":
            story.repository.git("config", "extensions.worktreeConfig", "true")
            story.repository.git("config", "--worktree", "core.hooksPath", value)
        case "global":
            environment["GIT_CONFIG_GLOBAL"] = story.repository.directory.write(
                "global", "[core]\nhooksPath = \(value)\n")
        case "include":
            story.repository.git("config", "include.path", "../../more")
            story.repository.directory.write("more", "[core]\nhooksPath = \(value)\n")
        case "count":
            environment.merge(
                ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": value]) { $1 }
        default: environment["GIT_CONFIG_PARAMETERS"] = "'core.hooksPath'='\(value)'"
        }
        let installed = story.windsock("install", environment: environment)
        installed.expectSuccess()
        #expect(installed.output.contains("installed \(home)/hooks/pre-commit"))
        #expect(!story.exists("~"))
        #expect(!story.exists(".git/hooks/pre-commit"))
        #expect(story.refusesAKey(environment: environment))
        story.windsock("doctor", environment: environment).expectSuccess()
        // Where the variable is gone git looks elsewhere, and the doctor does, too.
        if scope != "local", scope != "worktree", scope != "include" {
            #expect(story.windsock("doctor").status == 1)
            #expect(!story.refusesAKey())
        }
        story.windsock("uninstall", environment: environment).expectSuccess()
        #expect(!story.refusesAKey(environment: environment))
    }

    /// A folder of the repository is everybody's: no path of this machine stands in it.
    @Test(arguments: ["", "deep"]) func aFolderOfTheRepositoryIsSharedFromAnySubfolder(_ folder: String) {
        let story = HookStory(321, repository: RepositoryBuilder().commit("first", ["a": "1", "deep/b": "1"]))
        story.repository.git("config", "core.hooksPath", ".githooks")
        story.script(".githooks/pre-commit", "test \"$(basename \"$0\")\" = pre-commit || exit 0\ntest ! -e refuse")
        let outcome = Windsock.run(
            ["hook", "install"], in: story.repository.path + "/" + folder, environment: story.environment())
        #expect(outcome.output.contains("commit that file"))
        #expect(!outcome.output.contains("//"))
        #expect(!story.content(".githooks/pre-commit").contains(Windsock.folder))
        #expect(story.refusesAKey())
        story.repository.write(["refuse": ""])
        story.repository.stage(["a": "2"])
        #expect(story.git("commit", "-m", "refused by the other").status == 1)
        story.windsock("doctor").expectSuccess()
    }

    @Test func aSharedFolderThatHasNoHookYetGetsOneForEverybody() {
        let story = HookStory(324)
        story.repository.git("config", "core.hooksPath", "hooks")
        story.windsock("install").expectSuccess()
        #expect(!story.content("hooks/pre-commit").contains(Windsock.folder))
        #expect(!story.exists(".git/hooks/pre-commit"))
        #expect(story.refusesAKey())
        story.windsock("uninstall").expectSuccess()
        #expect(!story.exists("hooks/pre-commit"))
    }

    /// Git runs no hook there, and says nothing.
    @Test(arguments: ["/dev/null", "file"]) func whatIsNoFolderIsSaid(_ place: String) {
        let story = HookStory(322)
        let value = place == "file" ? story.repository.directory.write("file", "") : place
        story.repository.git("config", "core.hooksPath", value)
        for command in ["install", "doctor", "uninstall"] {
            let outcome = story.windsock(command)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("core.hooksPath (file:.git/config) is \(value), which is not a folder"))
            #expect(outcome.errors.contains("git config --unset core.hooksPath"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func outsideOfARepositoryNothingIsInstalled() {
        let directory = TemporaryDirectory()
        let outcome = Windsock.run(["hook", "install"], in: directory)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("could not find the repository of ."))
    }

    /// A script that asks for its name, or for files beside it, finds both.
    @Test(arguments: ["#!/bin/sh", "#!/usr/bin/env bash", "#!/bin/sh -e"])
    func aHookThatWasThereSeesItsOwnName(_ interpreter: String) {
        let story = HookStory(323)
        story.script(".git/hooks/helper", "exit 0")
        story.script(
            ".git/hooks/pre-commit",
            "[ \"$(basename \"$0\")\" = pre-commit ] && [ -x \"$(dirname \"$0\")/helper\" ] && : > \"$ran\"",
            interpreter: interpreter)
        story.windsock("install").expectSuccess()
        let ran = story.repository.directory("ran")
        story.repository.stage(["a": "2"])
        story.git("commit", "-m", "clean", environment: ["ran": ran]).expectSuccess()
        #expect(Command.run(["test", "-e", ran]).status == 0)
        #expect(story.refusesAKey(environment: ["ran": ran]))
    }
}
