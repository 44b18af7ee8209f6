import TestSupport
import Testing

/// What `windsock hook doctor` tries is read as the hook itself would read it: whatever the configuration names is there.
@Suite struct HookTrialTests {
    private func installed(_ seed: UInt64, _ files: [String: String]) -> HookStory {
        let story = HookStory(seed, repository: RepositoryBuilder().commit("first", files))
        story.windsock("install").expectSuccess()
        return story
    }

    @Test(arguments: [
        [".windsock.toml": "[extend]\npath = 'ci/base.toml'\n", "ci/base.toml": "exclude = ['vendor/']\n"],
        [
            ".windsock.toml": "[extend]\npath = 'ci/base.toml'\n",
            "ci/base.toml": "[extend]\npath = 'deeper/own.toml'\n",
            "ci/deeper/own.toml": "exclude = ['vendor/']\n",
        ],
        [".windsock.toml": "baseline = ['ci/known']\n", "ci/known": "# nothing\n"],
        [
            ".gitleaks.toml": "[extend]\nuseDefault = true\npath = 'ci/base.toml'\n",
            "ci/base.toml": "[[allowlists]]\npaths = ['^vendor/']\n",
        ],
        [".windsock.toml": "[hook]\nbaseline = ['ci/known']\n", "ci/known": "# nothing\n"],
    ]) func whatAConfigurationNamesIsThere(_ files: [String: String]) {
        let story = installed(1500, files)
        #expect(story.refusesAKey())
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 0, "\(doctor.errors)")
    }

    @Test func whatGitIgnoresOrHasNotBeenToldOfIsThere() {
        let story = installed(1501, [".gitignore": ".windsock.toml\nmine/\n"])
        story.repository.write([
            ".windsock.toml": "[extend]\npath = 'mine/base.toml'\n", "mine/base.toml": "baseline = ['known']\n",
            "mine/known": "# nothing\n",
        ])
        #expect(story.refusesAKey())
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 0, "\(doctor.errors)")
    }

    /// The index counts, whatever the working directory has.
    @Test func theVersionOfTheIndexIsTried() {
        let story = installed(1502, ["a": "1"])
        story.repository.stage([".windsock.toml": "exclude = ['vendor/']\n"])
        story.repository.write([".windsock.toml": "exclude = ['*']\n"])
        #expect(story.windsock("doctor").status == 0)
        story.repository.stage([".windsock.toml": "exclude = ['*']\n"])
        story.repository.write([".windsock.toml": ""])
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 1)
        #expect(doctor.errors.contains("does the configuration here silence it"), "\(doctor.errors)")
    }

    /// Paths that options and variables name begin where hooks run, beside the repository, too.
    @Test(arguments: ["config", "rules", "baseline", "WINDSOCK_CONFIG", "WINDSOCK_BASELINE", "extended"])
    func whatIsNamedFromWhereHooksRunIsThere(_ how: String) {
        let story = HookStory(1503)
        story.repository.directory.write("shared.toml", "[extend]\npath = 'more.toml'\n")
        story.repository.directory.write("more.toml", "exclude = ['vendor/']\n")
        story.repository.directory.write("known", "# nothing\n")
        story.repository.write([
            "ci/rules.toml": "[[rules]]\nid = 'acme'\nregex = 'acme_[a-z]{9}'\nkeywords = ['acme_']\n"
        ])
        var environment: [String: String] = [:]
        var options: [String] = []
        switch how {
        case "config": options = ["--config=../shared.toml"]
        case "rules": options = ["--rules=ci/rules.toml"]
        case "baseline": options = ["--baseline=../known"]
        case "WINDSOCK_CONFIG": environment[how] = "../shared.toml"
        case "WINDSOCK_BASELINE": environment[how] = "../known"
        default:
            // As gitleaks has it, what is not beside the file is meant from where the program runs.
            options = ["--config=ci/own.toml"]
            story.repository.write([
                "ci/own.toml": "[extend]\nuseDefault = true\npath = 'top.toml'\n",
                "top.toml": "exclude = ['vendor/']\n",
            ])
        }
        let install = Windsock.run(
            ["hook", "install"] + (options.isEmpty ? [] : ["--"] + options), in: story.repository,
            environment: story.environment(environment))
        #expect(install.status == 0, "\(install.errors)")
        #expect(story.refusesAKey(environment: environment))
        let doctor = story.windsock("doctor", environment: environment)
        #expect(doctor.status == 0, "\(doctor.errors)")
    }

    @Test(arguments: ["commit-msg", "pre-merge-commit", "pre-push"]) func otherHooksAreTriedSo(_ kind: String) {
        let story = HookStory(
            1504,
            repository: RepositoryBuilder().commit(
                "first", [".windsock.toml": "baseline = ['ci/known']\n", "ci/known": "# nothing\n"]))
        story.windsock("install", "--hook", kind).expectSuccess()
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 0, "\(doctor.errors)")
    }

    /// Every commit is refused, and the doctor says for what.
    @Test func aConfigurationThatNothingCanBeReadWithIsSaid() {
        let story = installed(1505, [".windsock.toml": "[extend]\npath = 'gone.toml'\n"])
        story.repository.stage(["a": "2"])
        #expect(story.git("commit", "-m", "clean").status != 0)
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 1)
        #expect(doctor.errors.contains("refused, but not for the key"), "\(doctor.errors)")
        #expect(doctor.errors.contains("gone.toml"))
    }

    /// Another hook runs first, and needs files of the repository.
    @Test func anotherHookFindsTheFilesThatItNeeds() {
        let story = HookStory(1506, repository: RepositoryBuilder().commit("first", ["tools/lint": "ok\n"]))
        story.script(".git/hooks/pre-commit", "grep -q ok tools/lint")
        story.windsock("install").expectSuccess()
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 0, "\(doctor.errors)")
        #expect(story.repository.git("worktree", "list").split(separator: "\n").count == 1)
    }

    /// Another hook runs first, and needs what is not in git.
    @Test func anotherHookThatRefusesInTheWorktreeIsLeftOut() {
        let story = HookStory(1508)
        story.script(".git/hooks/pre-commit", "test -d node_modules || { echo no modules; exit 1; }")
        story.windsock("install").expectSuccess()
        story.shell("mkdir node_modules")
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 0, "\(doctor.errors)")
        #expect(doctor.output.contains("refuses in the trial's worktree"))
        #expect(story.refusesAKey())
        // Where windsock would not, that is said.
        story.shell("sed -i 's/^exec .*/exit 0/' .git/hooks/pre-commit")
        #expect(story.windsock("doctor").status == 1)
    }

    // MARK: What the doctor says to do

    @Test func itNamesTheHookInWhatItSaysToDo() {
        let story = HookStory(1507)
        story.windsock("install", "--pre-push").expectSuccess()
        story.shell(
            "mv .git/hooks/pre-push .git/hooks/pre-push.old; printf '#!/bin/sh\\n# LEFTHOOK\\n' > .git/hooks/pre-push; chmod +x .git/hooks/pre-push; printf 'pre-push:\\n' > .lefthook.yml"
        )
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 1)
        #expect(
            doctor.errors.contains("lefthook has moved windsock's hook to .git/hooks/pre-push.old"), "\(doctor.errors)")
        #expect(
            doctor.errors.contains(
                "`windsock hook install --hook pre-push` adds windsock to .lefthook.yml; then commit .lefthook.yml"))
    }
}
