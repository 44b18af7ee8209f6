import TestSupport
import Testing

/// `windsock hook doctor` tells each broken state, and leaves nothing behind.
@Suite struct HookDoctorTests {
    private func installed(_ seed: UInt64) -> HookStory {
        let story = HookStory(seed)
        story.windsock("install").expectSuccess()
        return story
    }

    @Test func itLeavesNothingBehind() throws {
        let story = installed(380)
        let before = (story.repository.git("count-objects"), story.repository.git("for-each-ref"))
        story.repository.write(["a": "changed", "untracked": "1"])
        story.repository.stage(["staged": "1"])
        let status = story.repository.git("status", "--porcelain")
        let objects = story.repository.git("count-objects")
        story.windsock("doctor").expectSuccess()
        #expect(story.repository.git("count-objects") == objects)
        #expect(story.repository.git("for-each-ref") == before.1)
        #expect(story.repository.git("status", "--porcelain") == status)
        #expect(story.repository.git("worktree", "list").split(separator: "\n").count == 1)
        #expect(try Windsock.scan("--history", in: story.repository).report.findings.isEmpty)
    }

    @Test(arguments: ["linked worktree", "subfolder", "unborn", "detached"]) func itTriesAnyKindOfCheckout(
        _ kind: String
    ) {
        let repository = kind == "unborn" ? RepositoryBuilder() : RepositoryBuilder().commit("first", ["deep/a": "1"])
        let story = HookStory(381, repository: repository)
        var folder = repository.path
        switch kind {
        case "linked worktree":
            repository.git("worktree", "add", "--quiet", "../linked", "-b", "other")
            folder = repository.sibling("linked").path
        case "subfolder": folder += "/deep"
        case "detached": repository.git("checkout", "--quiet", "--detach")
        default: break
        }
        for command in ["install", "doctor"] {
            let outcome = Windsock.run(["hook", command], in: folder, environment: story.environment())
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    /// Each state in which a key would go through, and what the doctor says of it.
    @Test(arguments: [
        ("rm .git/hooks/pre-commit", "there is no hook at"),
        ("chmod -x .git/hooks/pre-commit", "not executable"),
        ("sed -i 's|^windsock=.*|windsock=/nowhere|' .git/hooks/pre-commit", "which is gone"),
        ("printf '#!/bin/sh\\ntrue\\n' > .git/hooks/pre-commit", "another program's hook"),
        ("sed -i '3i exit 0' .git/hooks/pre-commit", "went through"),
        ("git config core.hooksPath other", "where git does not look"),
        (
            "mv .git/hooks/pre-commit .git/hooks/pre-commit.old; printf '#!/bin/sh\\n# LEFTHOOK\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit",
            "lefthook has moved"
        ),
        ("printf '#!/bin/sh\\necho no; exit 7\\n' > .git/hooks/pre-commit", "not by windsock"),
        ("printf '[[allowlists]]\\npaths = [\".*\"]\\n' > .windsock.toml", "does the configuration here silence it"),
    ])
    func itTellsABrokenState(_ script: String, _ words: String) {
        let story = installed(382)
        story.shell(script)
        let doctor = story.windsock("doctor")
        #expect(doctor.status == 1)
        #expect(doctor.errors.contains(words), "\(doctor.errors)")
        #expect(!doctor.errors.contains("leak.env"))
    }

    @Test func aNameWithQuotesAndSpacesIsRun() {
        let folder = TemporaryDirectory()
        let place = folder("it's a folder")
        Command.run(["mkdir", place]).expectSuccess()
        Command.run(["cp", Windsock.path, place + "/windsock"]).expectSuccess()
        let story = HookStory(383)
        Command.run(
            [place + "/windsock", "hook", "install"], in: story.repository.path, environment: story.environment()
        ).expectSuccess()
        #expect(story.refusesAKey())
        story.windsock("doctor").expectSuccess()
    }
}
