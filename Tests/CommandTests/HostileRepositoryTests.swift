import TestSupport
import Testing

/// A repository is data: whatever its configuration names is not run, also where git itself is asked about it.
@Suite struct HostileRepositoryTests {
    let key = RandomKey(720)

    /// A repository in which everything that git can be told to run leaves a file.
    private func story(_ form: RepositoryFormatTests.Form) -> (RepositoryBuilder, mark: String) {
        let story = RepositoryBuilder(options: form.options).commit(
            "first", ["a.txt": key.line, "b.txt": "1\n", "src/c": "1\n"])
        story.stage(["b.txt": "2\n"])
        story.write(["a.txt": key.line + "\n\n"])
        form.apply(to: story)
        let mark = story.directory("ran")
        story.directory.write("planted", "#!/bin/sh\necho \"$0 $*\" >> \(mark)\nexit 0\n")
        let program = story.directory("planted")
        Command.run(["chmod", "+x", program]).expectSuccess()
        let settings = [
            "core.fsmonitor": program, "core.hooksPath": story.directory("hooks"), "core.pager": program,
            "core.sshCommand": program, "core.gitProxy": program, "core.askPass": program, "core.editor": program,
            "core.virtualFilesystem": program, "core.alternateRefsCommand": program, "diff.external": program,
            "diff.x.textconv": program, "diff.x.command": program, "filter.x.clean": program,
            "filter.x.smudge": program, "filter.x.process": program, "merge.x.driver": program,
            "gpg.program": program, "gpg.ssh.program": program, "log.showSignature": "true",
            "credential.helper": "!\(program)", "uploadpack.packObjectsHook": program,
            "interactive.diffFilter": program,
            "extensions.partialClone": "evil", "remote.evil.url": "ext::\(program)", "remote.evil.promisor": "true",
            "remote.evil.uploadpack": program, "protocol.ext.allow": "always", "pager.ls-files": "true",
            "pager.for-each-ref": "true", "trace2.eventTarget": story.directory("ran"),
        ]
        for name in ["ls-files", "cat-file", "for-each-ref", "rev-parse", "log", "worktree", "symbolic-ref"] {
            story.git("config", "alias.\(name)", "!\(program)")
        }
        for hook in [
            "pre-commit", "post-index-change", "fsmonitor-watchman", "query-watchman", "reference-transaction",
        ] {
            for folder in ["hooks", story.relative(".git/hooks")] {
                story.directory.write("\(folder)/\(hook)", "#!/bin/sh\necho hook >> \(mark)\n")
                Command.run(["chmod", "+x", story.directory("\(folder)/\(hook)")]).expectSuccess()
            }
        }
        story.write([".gitattributes": "* filter=x diff=x merge=x\n"])
        // The configuration of one worktree counts beside that of all.
        let lines = settings.map { name, value in
            let parts = name.split(separator: ".")
            let section = parts.count == 2 ? "[\(parts[0])]" : "[\(parts[0]) \"\(parts[1])\"]"
            return "\(section)\n\t\(parts[parts.count - 1]) = \"\(value)\"\n"
        }.joined()
        let path = story.relative(".git/config")
        let text = String(decoding: story.directory.read(path), as: UTF8.self)
        story.directory.write(
            path,
            text.replacing("repositoryformatversion = 0", with: "repositoryformatversion = 1") + lines
                + "[extensions]\n\tworktreeConfig = true\n")
        story.directory.write(story.relative(".git/config.worktree"), lines)
        return (story, mark)
    }

    static let modes = [
        ["scan"], ["scan", "--staged"], ["scan", "--uncommitted"], ["scan", "--range", "HEAD"], ["scan", "--history"],
        ["scan", "--history", "--hygiene"], ["baseline", "create"],
    ]

    @Test(arguments: [RepositoryFormatTests.Form.plain, .splitIndex, .sha256], modes)
    func nothingThatARepositoryNamesIsRun(_ form: RepositoryFormatTests.Form, _ mode: [String]) {
        let (story, mark) = story(form)
        let outcome = Windsock.run(mode, in: story)
        #expect(outcome.status >= 0, "\(outcome.errors)")
        #expect(Command.run(["test", "-e", mark]).status != 0, "\(mode): \(outcome.errors)")
    }

    /// What is not there is not fetched either: the remote is the repository's choice.
    @Test func whatAPartialCloneLacksIsNotFetched() throws {
        let (story, mark) = story(.sha256)
        // An object that is named and gone, as a partial clone leaves it.
        let blob = story.run(["rev-parse", "HEAD:b.txt"]).output.prefix { $0 != "\n" }
        story.directory.remove(story.looseObject(String(blob)))
        let history = Windsock.run(["scan", "--history"], in: story)
        #expect(history.status == 1 || history.status == 3)
        #expect(Command.run(["test", "-e", mark]).status != 0, "\(history.errors)")
    }
}
