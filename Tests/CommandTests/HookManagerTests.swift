import TestSupport
import Testing

/// `windsock hook` beside managers of hooks: whatever the order, what is installed runs and what was taken away does not.
@Suite struct HookManagerTests {
    /// W and w install windsock and take it away, M and m the manager.
    /// The twelve of `.ci/hooks-test`.
    static let orders = [
        "WM", "MW", "WMW", "MWM", "WMw", "MWw", "WMm", "MWm", "WMwW", "MWmM", "WMmMw", "MWwWm",
    ]

    private func story(_ manager: HookManagerStandIn, _ seed: UInt64) -> HookStory {
        let story = HookStory(seed)
        story.shell(manager.configure)
        story.keep()
        return story
    }

    private func ran(_ story: HookStory) -> [String: String] { ["ran": story.repository.directory("ran")] }

    private func otherRuns(_ story: HookStory) -> Bool {
        _ = Command.run(["rm", "-f", story.repository.directory("ran")])
        story.repository.stage(["a": story.content("a") + "1"])
        story.git("commit", "--quiet", "-m", "clean", environment: ran(story)).expectSuccess()
        // Once, and not twice.
        return story.repository.directory.read("ran") == Array("other\n".utf8)
    }

    @Test(arguments: HookManagerStandIn.all, orders)
    func inAnyOrderBothWork(_ manager: HookManagerStandIn, _ order: String) {
        let story = story(manager, 300)
        for step in order {
            switch step {
            case "W": story.windsock("install").expectSuccess()
            case "w": story.windsock("uninstall").expectSuccess()
            case "M": story.shell(manager.install)
            default: story.shell(manager.uninstall)
            }
            story.keep()
        }
        let isManaged = order.last { $0.lowercased() == "m" } == "M"
        let isInstalled = order.last { $0.lowercased() == "w" } == "W" && !manager.lost.contains(order)
        #expect(otherRuns(story) == isManaged)
        #expect(story.refusesAKey(environment: ran(story)) == isInstalled)
        guard order.count < 4 else { return }
        #expect(story.windsock("doctor", environment: ran(story)).status == (isInstalled ? 0 : 1))
    }

    /// What the manager's file says without windsock is byte for byte what it said before.
    @Test(arguments: HookManagerStandIn.all) func uninstallingLeavesTheFileAsItWas(_ manager: HookManagerStandIn) {
        let story = story(manager, 301)
        let before = story.content(manager.file)
        for arguments in [[], ["--", "--min-confidence=low"]] {
            let installed = Windsock.run(
                ["hook", "install", "--hook", "pre-commit", "--hook", "pre-push"] + arguments, in: story.repository,
                environment: story.environment())
            installed.expectSuccess()
            #expect(installed.output.contains("commit that file"))
            #expect(story.content(manager.file).contains("windsock hook run pre-commit"))
            #expect(story.content(manager.file).contains("--min-confidence=low") == !arguments.isEmpty)
            let installedOnce = story.content(manager.file)
            Windsock.run(
                ["hook", "install", "--hook", "pre-commit", "--hook", "pre-push"] + arguments, in: story.repository,
                environment: story.environment()
            ).expectSuccess()
            #expect(story.content(manager.file) == installedOnce)
        }
        story.windsock("uninstall").expectSuccess()
        #expect(story.content(manager.file) == before)
    }

    /// Who has no windsock can commit all the same.
    @Test(arguments: HookManagerStandIn.all) func theLinesAreForEverybody(_ manager: HookManagerStandIn) {
        let story = story(manager, 302)
        story.windsock("install").expectSuccess()
        Command.run(["rm", "-rf", story.repository.directory(story.repository.relative(".git/hooks"))]).expectSuccess()
        Command.run(["mkdir", story.repository.directory(story.repository.relative(".git/hooks"))]).expectSuccess()
        story.shell(manager.install)
        story.repository.stage(["leak.env": story.key.line])
        let outcome = story.git(
            "commit", "--quiet", "-m", "leak", environment: ran(story).merging(["PATH": HookStory.pathWithout]) { $1 })
        #expect(outcome.status == 0, "\(outcome.errors)")
        let doctor = story.windsock(
            "doctor", environment: ran(story).merging(["PATH": HookStory.pathWithout]) { $1 })
        #expect(doctor.status == 1)
        #expect(doctor.errors.contains("PATH"))
    }

    @Test(arguments: [
        (HookManagerStandIn.preCommit, ".pre-commit-config.yaml", "repos: &x\n"),
        (.lefthook, "lefthook.yml", "pre-commit: {commands: {other: {run: 'true'}}}\n"),
        (.lefthook, "lefthook.yml", "x: &x\n  commands: {}\npre-commit: *x\n"),
        (.overcommit, ".overcommit.yml", "PreCommit: {}\n"),
        (.simpleGitHooks, "package.json", "{\"simple-git-hooks\": {\"pre-commit\": [\"a\"]}}\n"),
    ])
    func aFileThatCannotBeAddedToIsLeftAndSaid(_ manager: HookManagerStandIn, _ file: String, _ content: String) {
        let story = story(manager, 303)
        story.repository.write([file: content])
        let outcome = story.windsock("install")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(file))
        #expect(outcome.errors.contains("windsock hook run pre-commit"))
        #expect(story.content(file) == content)
        #expect(!story.exists(".git/hooks/pre-commit"))
    }

    /// A list on one line, or of several in that style, gets one entry more, and is as it was without it.
    @Test(arguments: [
        "repos: []\n", "repos:   [ ]  # none yet\n", "repos: [{repo: local, hooks: []}]\nfail_fast: true\n",
        "default_stages: [pre-commit]\n\"repos\": [\n  # ours\n  {repo: local, hooks: []},\n]\n",
    ])
    func aListInFlowStyleIsAddedTo(_ content: String) {
        let story = story(.preCommit, 309)
        story.repository.write([".pre-commit-config.yaml": content])
        for _ in 1...2 {
            let outcome = story.windsock("install", "--hook", "pre-commit", "--hook", "pre-push")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let added = story.content(".pre-commit-config.yaml")
        #expect(added.ranges(of: "windsock hook run pre-commit").count == 1)
        #expect(added.ranges(of: "windsock hook run pre-push").count == 1)
        let parsed = Command.run(
            [
                "python3", "-c",
                "import sys, yaml; r = yaml.safe_load(sys.stdin)['repos']; print(sum(len(e['hooks']) for e in r))",
            ],
            input: added)
        // Where there is no reader of YAML, `.ci/pre-commit-test` has the real one.
        if parsed.status == 0 { #expect(parsed.output == "2\n") }
        story.windsock("uninstall").expectSuccess()
        #expect(story.content(".pre-commit-config.yaml") == content)
    }

    /// Forms of lefthook.yml: the lines go where they are run.
    @Test(arguments: [
        "", "# nothing yet\n", "output:\n  - summary\n",
        "pre-commit:\n  parallel: true\n  scripts:\n    \"x\":\n      runner: sh\n",
        "pre-commit:\n    commands:\n        # first\n        other:\n            run: 'true'\npre-push:\n    commands:\n        x:\n            run: 'true'\n",
    ])
    func lefthooksFileMayHaveAnyBlocks(_ content: String) {
        let story = story(.lefthook, 304)
        story.repository.write(["lefthook.yml": content])
        story.shell(HookManagerStandIn.lefthook.install)
        story.windsock("install").expectSuccess()
        #expect(story.refusesAKey())
        story.windsock("uninstall").expectSuccess()
        #expect(story.content("lefthook.yml") == content || content.isEmpty && story.content("lefthook.yml") == "\n")
    }

    /// windsock's own repository among those of pre-commit is left to whoever put it there.
    @Test func anEntryOfTheUsersIsEnough() {
        let story = story(.preCommit, 305)
        let content =
            "repos:\n- repo: https://example.org/windsock\n  rev: v1\n  hooks:\n  - id: windsock-staged-system\n"
        story.repository.write([".pre-commit-config.yaml": content])
        let outcome = story.windsock("install")
        #expect(outcome.output.contains("runs windsock already"))
        #expect(story.content(".pre-commit-config.yaml") == content)
    }

    /// Version 0.1.0 kept a manager's script behind its own, and pre-commit found itself there: every commit failed.
    @Test(arguments: [false, true]) func anOldChainIsMended(_ reinstalled: Bool) {
        let story = story(.preCommit, 306)
        story.shell(HookManagerStandIn.preCommit.install)
        story.shell("mv .git/hooks/pre-commit .git/hooks/pre-commit.before-windsock")
        story.script(
            ".git/hooks/pre-commit",
            """
            # Installed by `windsock hook install`; `windsock hook uninstall` takes it away.
            previous="${0%/*}/pre-commit.before-windsock"
            windsock='\(Windsock.path)'
            if [ -x "$previous" ]; then "$previous" "$@" || exit $?; fi
            exec "$windsock" scan --staged --no-progress
            """)
        if reinstalled { story.shell(HookManagerStandIn.preCommit.install) }
        story.windsock("install").expectSuccess()
        story.keep()
        #expect(otherRuns(story))
        #expect(story.refusesAKey(environment: ran(story)))
        story.windsock("uninstall").expectSuccess()
        story.keep()
        #expect(otherRuns(story))
        #expect(!story.refusesAKey(environment: ran(story)))
    }

    /// A hook that other lines may leave: windsock's stand ahead of them, and behind husky's own.
    @Test func nothingThatExitsStandsAheadOfWindsock() {
        let story = story(.husky8, 307)
        story.shell(HookManagerStandIn.husky8.install)
        story.script(
            ".husky/pre-commit", "# about\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n[ -n \"$CI\" ] && exit 0\nexit 0")
        story.windsock("install").expectSuccess()
        #expect(story.refusesAKey(environment: ["CI": "1"]))
    }

    /// What git says on standard input is there for the rest of the script.
    @Test(arguments: [HookManagerStandIn.husky9, .husky8]) func aPushIsReadAndHandedOn(_ manager: HookManagerStandIn) {
        let story = story(manager, 308)
        story.shell(manager.install)
        let lines = story.repository.directory("lines")
        story.script(
            ".husky/pre-push",
            (manager.testDescription == "husky 9" ? "" : ". \"$(dirname -- \"$0\")/_/husky.sh\"\n")
                + "cat >> '\(lines)'")
        story.windsock("install", "--pre-push").expectSuccess()
        story.repository.run(["init", "--quiet", "--bare", "../target.git"])
        story.repository.git("remote", "add", "origin", "../target.git")
        story.git("push", "--quiet", "origin", "main").expectSuccess()
        let zero = String(repeating: "0", count: 40)
        let seen = String(decoding: story.repository.directory.read("lines"), as: UTF8.self)
        #expect(seen == "refs/heads/main \(story.repository.id("HEAD")) refs/heads/main \(zero)\n")
        story.repository.stage(["leak.env": story.key.line])
        story.repository.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "leak")
        story.expectRefused(story.git("push", "--quiet", "origin", "main"))
        story.windsock("doctor", "--pre-push").expectSuccess()
    }
}
