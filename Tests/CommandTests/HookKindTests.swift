import TestSupport
import Testing

/// The hooks beside pre-commit, as git runs them.
@Suite struct HookKindTests {
    @Test func aMergeThatBringsAKeyIsRefused() {
        let story = HookStory(340)
        story.repository.branch("side").commit("leak", [".env": story.key.line]).checkout("main").commit(
            "more", ["b": "1"])
        story.windsock("install", "--hook", "pre-merge-commit").expectSuccess()
        story.expectRefused(story.git("merge", "--no-edit", "side"))
        #expect(story.repository.git("rev-list", "--count", "HEAD") == "2")
        let doctor = story.windsock("doctor")
        doctor.expectSuccess()
        #expect(doctor.output.contains("pre-merge-commit: works"))
    }

    @Test func aKeyInAMessageIsRefused() {
        let story = HookStory(341)
        story.windsock("install", "--hook", "commit-msg").expectSuccess()
        let refused = story.git("commit", "--allow-empty", "-m", "token", "-m", story.key.line)
        story.expectRefused(refused)
        #expect((refused.output + refused.errors).contains("git commit --allow-empty --edit --file"))
        let clean = story.git("commit", "--allow-empty", "-m", "clean")
        #expect(clean.status == 0)
        #expect(!(clean.output + clean.errors).contains("windsock"))
        story.windsock("doctor").expectSuccess()
    }

    /// `git commit --verbose` shows below its line what a commit takes away, which is not in the message.
    @Test func theDifferenceBelowTheMessageIsNoneOfIt() {
        let story = HookStory(342)
        story.repository.commit("leak", [".env": story.key.line])
        story.windsock("install", "--hook", "commit-msg").expectSuccess()
        story.repository.stage([".env": nil])
        let editor = story.repository.directory.write("editor", "#!/bin/sh\nsed -i '1s/^/removed/' \"$1\"\n")
        Command.run(["chmod", "+x", editor]).expectSuccess()
        story.git("commit", "--verbose", environment: ["GIT_EDITOR": editor]).expectSuccess()
        #expect(story.repository.git("log", "-1", "--format=%s") == "removed")
        // A line of the same form that somebody wrote is part of the message.
        let cut = "# ------------------------ >8 ------------------------\n"
        story.expectRefused(story.git("commit", "--allow-empty", "-m", "x\n\(cut)\(story.key.line)"))
    }

    /// On a server the objects of a push wait in quarantine, and what it has already is not looked at again.
    @Test(arguments: ["branch", "new branch", "tag", "forced"]) func aServerRefusesAPush(_ what: String) {
        let server = RepositoryBuilder("server.git", options: ["--bare"])
        let story = HookStory(343, repository: server)
        server.run(["clone", "--quiet", server.path, "../clone"])
        let clone = server.sibling("clone").commit("known", [".env": RandomKey(344).line])
        clone.git("push", "--quiet", "origin", "main")
        story.windsock("install", "--hook", "pre-receive").expectSuccess()
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 0, "\(doctor.errors)")
        clone.commit("clean", ["a": "1"])
        #expect(
            clone.run(["push", "--quiet", "origin", "main"], environment: story.environment(), allowsFailure: true)
                .status == 0)
        var arguments = ["push", "--quiet", "origin"]
        switch what {
        case "branch": arguments.append("main")
        case "new branch": arguments.append("main:new")
        case "tag":
            clone.tag("v1", story.key.line)
            arguments.append("v1")
        default:
            clone.git("reset", "--quiet", "--hard", "HEAD~1")
            arguments += ["--force", "main"]
        }
        if what != "tag" { clone.commit("leak", ["leak.env": story.key.line]).commit("removed", ["leak.env": nil]) }
        let before = server.git("for-each-ref")
        let refused = clone.run(arguments, environment: story.environment(), allowsFailure: true)
        story.expectRefused(refused)
        #expect(refused.errors.contains("1 secret found"))
        #expect(server.git("for-each-ref") == before)
    }

    @Test func aTagOfAPushIsReadByTheHook() {
        let story = HookStory(345)
        story.repository.run(["init", "--quiet", "--bare", "../target.git"])
        story.repository.git("remote", "add", "origin", "../target.git")
        story.windsock("install", "--pre-push").expectSuccess()
        story.git("push", "--quiet", "origin", "main").expectSuccess()
        story.repository.tag("v1", story.key.line)
        story.expectRefused(story.git("push", "--quiet", "origin", "v1"))
        story.expectRefused(story.git("push", "--quiet", "--tags", "origin"))
    }

    /// By git's template: what is made or cloned afterwards has the hook.
    @Test(arguments: [false, true]) func allNewRepositoriesHaveIt(_ hasTemplate: Bool) {
        let story = HookStory(346)
        let home = story.repository.directory.path
        var environment = ["HOME": home, "GIT_CONFIG_GLOBAL": home + "/gitconfig", "XDG_CONFIG_HOME": ""]
        story.repository.directory.write("gitconfig", hasTemplate ? "[init]\ntemplateDir = ~/mine\n" : "")
        story.repository.directory.write("mine/hooks/post-commit", "#!/bin/sh\n")
        let installed = story.windsock("install", "--global", environment: environment)
        installed.expectSuccess()
        let template = hasTemplate ? home + "/mine" : home + "/.config/windsock/template"
        #expect(installed.output.contains("installed \(template)/hooks/pre-commit"))
        story.windsock("doctor", "--global", environment: environment).expectSuccess()
        _ = story.git("init", "--quiet", "../new", environment: environment)
        let new = HookStory(347, repository: story.repository.sibling("new"))
        #expect(new.refusesAKey(environment: environment))
        // In a repository that is there already, where there is no hook yet.
        #expect(!story.refusesAKey(environment: environment))
        story.git("init", "--quiet", environment: environment).expectSuccess()
        #expect(story.refusesAKey(environment: environment))
        story.windsock("uninstall", "--global", environment: environment).expectSuccess()
        #expect(story.windsock("doctor", "--global", environment: environment).status == 1)
        #expect(
            String(decoding: story.repository.directory.read("gitconfig"), as: UTF8.self).contains("templateDir")
                == hasTemplate)
        environment["GIT_CONFIG_GLOBAL"] = story.repository.directory.write("other", "[core]\nhooksPath = ~/x\n")
        let refused = story.windsock("install", "--global", environment: environment)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("core.hooksPath"))
    }
}
