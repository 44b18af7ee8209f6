import Foundation
import TestSupport
import Testing

/// Which commits of an agent's command lines are stopped: those that would hold a key, and no others.
@Suite struct AgentCommitTests {
    private let key = RandomKey(2250).description
    private var line: String { "MISTRAL_API_KEY=\(key)\n" }

    /// What a shell's command line comes to, before it is run: whether it is stopped.
    private func isStopped(_ script: String, in folder: some Folder, options: [String] = []) throws -> Bool {
        let event: [String: Any] = [
            "hook_event_name": "PreToolUse", "cwd": folder.path, "tool_name": "Bash", "tool_input": ["command": script],
        ]
        let input = String(decoding: try JSONSerialization.data(withJSONObject: event), as: UTF8.self)
        let outcome = Windsock.run(["agent", "hook", "claude-code"] + options, in: folder, input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.reveals(key), "\(script): \(outcome.output)\(outcome.errors)")
        return outcome.output.contains("\"deny\"")
    }

    /// Tracked: a.txt, b.txt, changed and clean; untracked: .env with a key, new.txt without one.
    private func ordinary() -> RepositoryBuilder {
        let repository = RepositoryBuilder().commit("x", ["a.txt": "1\n", "sub/b.txt": "1\n"])
        return repository.write([".env": line, "a.txt": "2\n", "new.txt": "3\n", "sub/b.txt": "2\n"])
    }

    @Test(arguments: [
        "git commit -am x", "git add a.txt && git commit -m x", "git add a.txt new.txt; git commit -m x",
        "git commit -m x 2>&1", "git commit -m x > log", "git commit -am x &>log", "git commit -m x >>log 2>/dev/null",
        "git commit -m x </dev/null", "git commit -uno -m x", "git commit -Skey -m x", "git commit --all -m '.env'",
        "git commit a.txt -m x", "git commit -o a.txt -m x", "git commit sub -m x", "cd sub && git commit -m x .",
        "git add -u && git commit -m x", "git add sub && git commit -m x", "git add -A sub; git commit -m x",
        "cd sub && git add . && git commit -m x",
        "git commit -m \"$(cat <<'EOF'\nUse .env\n\ngit add .env\nEOF\n)\" a.txt",
        "git add *.txt && git commit -m x", "git add * && git commit -m x", "git add -A -- ':!.env' && git commit -m x",
        "git commit --dry-run .env", "git commit --help", "git add -n .env",
        "git stash", "git stash list", "git log --grep commit",
        "git add . && git reset -- .env && git commit -m x", "git add -A && git reset .env && git commit -m x",
        "git add -A && git restore --staged .env && git commit -m x",
        "git add -A && git rm -q --cached .env && git commit -m x",
        "git add a.txt && git commit --message=\"Release $(date)\"",
        "git add a.txt && git commit -m\"Release $(date)\"",
        "git add a.txt && git commit -m x --date=\"$(date)\" --author=\"$(git config user.name) <a@b.c>\"",
        // Words about a commit.
        "grep -r \"git add .env && git commit -a\" .", "echo 'git add .env; git commit'",
        "echo git add .env \\&\\& git commit",
        "printf '%s\\n' 'git add -A' 'git commit -m x'", "cat > notes.md <<'EOF'\ngit add -A\ngit commit -m x\nEOF",
        "cat > notes.md <<EOF\ngit add .env && git commit\nEOF", "# git add .env; git commit",
        "ls # git add .env && git commit -m x", "man git commit", "which git; alias c='git add .env; git commit'",
    ]) func whatDoesNotCommitTheKeyPasses(script: String) throws {
        #expect(try !isStopped(script, in: ordinary()), "\(script)")
    }

    @Test(arguments: [
        "git add . && git commit -m x", "git add -A; git commit -m x", "git add .env && git commit -m x",
        "git -C . add .env && git commit -m x", "git commit -m y; git add .env; git commit -m x",
        "git add ./.env\ngit commit -m x", "(git add .env) && git commit -m x", "git add \".env\" && git commit -m x",
        "git add '.e'nv && git commit -m x", "git add .en* && git commit -m x", "f=.env; git add $f && git commit -m x",
        "git add \"$(ls -A)\" && git commit -m x", "git add $FILES && git commit -m x",
        "ls -A | xargs git add; git commit",
        "git stage .env && git commit -m x", "git update-index --add .env && git commit -m x",
        "git stash -u", "git stash push --include-untracked -m x", "git stash save -u",
        "cd sub && git add .. && git commit",
        "git add -A && git reset nothing.log && git commit -m x", "git add -A; git reset node_modules; git commit -m x",
        "git add .env && git reset HEAD new.txt && git commit -m x",
        "git commit -F .env", "if true; then git add .env; git commit -m x; fi", "{ git add .env; git commit -m x; }",
        "for f in a.txt .env; do git add $f; done; git commit -m x", "! git add .env || git commit -m x",
        "git add {a.txt,.env} && git commit -m x", "git add .{env,x}; git commit",
        "powershell -Command \"git add .env; git commit -m x\"",
        "script -qc 'git add .env; git commit' /dev/null", "su me -c 'git add .env; git commit'",
        "git add --intent-to-add .env && git commit -am x", "git add -f . && git commit -m x",
    ]) func whatCommitsTheKeyIsStopped(script: String) throws {
        #expect(try isStopped(script, in: ordinary()), "\(script)")
    }

    @Test(arguments: ["git add -f .env && git commit -m x", "git add --force . && git commit", "git stash -a"])
    func whatIsIgnoredIsCommittedByForce(script: String) throws {
        let repository = RepositoryBuilder().commit("x", [".gitignore": ".env\n", "a.txt": "1\n"]).write([
            ".env": line, "a.txt": "2\n",
        ])
        #expect(try isStopped(script, in: repository))
        #expect(try !isStopped("git add -A && git commit -m x", in: repository))
        #expect(try !isStopped("git add .env; git commit -m x", in: repository), "git refuses to add it")
    }

    /// Ways to say `git commit`, of what is staged.
    @Test(arguments: [
        "git commit", "GIT_EDITOR=true git commit", "env -C . git commit", "env A=b git commit",
        "command git commit -m x",
        "sh -c \"git commit\"", "bash -lc 'git commit -m x'", "sh -ec 'cd . && git commit'", "eval \"git commit\"",
        "eval git commit -m x", "sudo -u me git commit", "nice -n 5 git commit", "timeout 10s git commit",
        "timeout -k 5 10 git commit", "time git commit", "nohup git commit &", "exec git commit",
        "xargs -n 1 git commit",
        "bash <<'EOF'\ngit commit -m x\nEOF", "bash <<< 'git commit'", "echo 'git commit' | sh",
        "cat <<EOF | bash\ngit commit\nEOF",
        "$(git commit)", "echo `git commit -m x`", "true && (git commit)", "false || git commit",
        "echo \"$(git commit)\"",
        "while true; do git commit; break; done", "if git commit; then :; fi", "f() { git commit; }; f", "git ci",
        "git ci -m x",
        "git all", "git sh", "git -c alias.x=commit x", "git rebase --continue", "git merge --continue",
        "git cherry-pick --continue", "git commit-tree $(git write-tree) -m x", "git -c a.b=c commit",
        "git --no-pager commit",
        "poetry run git commit", "direnv exec . git commit", "uv run -- git commit", "nix-shell --run 'git commit'",
        "find . -name a -exec git commit {} \\;", "env -S 'git commit -m x'", "g=git; $g commit",
        "c='git commit'; $c -m x",
        "git \\\n  commit \\\n  -m x", "\"git\" 'commit'", "git --git-dir=.git commit", "cat <(git commit)",
        "cat <<EOF\n$(git commit)\nEOF",
        "bash -euo pipefail -c 'git commit -mx'", "bash --noprofile --norc -eo pipefail -c 'git commit -mx'",
        "bash -O extglob -c 'git commit -mx'", "bash +e -c 'git commit -mx'", "bash -c -- 'git commit -mx'",
        "timeout 60 bash -euo pipefail -c 'git commit -mx'", "bash -exuo pipefail <<E\ngit commit -mx\nE",
        "bash -es -- a b <<X\ngit commit -mx\nX", "mkdir -p docs/new && cd docs/new && git commit -mx",
        "mkdir -p z; git -C z commit -mx", "mkdir -p build && cd build && touch x; cd ..; git commit -mx",
        "cd backend; git commit -mx", "cd backend 2>/dev/null || true; git commit -mx",
        "if [ -d web ]; then cd web; fi; git commit -mx", "ORIG=$(pwd); cd /tmp; ls; cd \"$ORIG\" && git commit -mx",
        "D=$PWD; cd /; cd \"$D\"; git commit -mx", "cd / && cd $OLDPWD && git commit -mx",
        "cd /; git -C $OLDPWD commit -mx", "git submodule foreach 'git commit'", "git stash push",
        "git commit --mess x",
    ]) func everyWayToCommitIsLookedAt(script: String) throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"]).stage(["a.env": line])
        repository.git("config", "alias.ci", "commit -q")
        repository.git("config", "alias.all", "ci --allow-empty")
        repository.git("config", "alias.sh", "!f() { git commit -m x; }; f")
        #expect(try isStopped(script, in: repository), "\(script)")
    }

    @Test(arguments: [
        "git rm --cached a.env && git commit -m x", "git restore --staged a.env && git commit -m x",
        "git reset && git commit -m x", "git reset -q HEAD a.env && git commit -m x",
        "git reset a.env && git add b && git commit -m x",
        "git commit b -m x", "git stash list", "git commit -h", "git show commit", "git branch commit",
    ]) func whatIsTakenOutOfTheIndexFirstIsNotCommitted(script: String) throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"]).stage(["a.env": line]).write(["b": "2\n"])
        #expect(try !isStopped(script, in: repository), "\(script)")
    }

    @Test(arguments: [
        "git rm --cached a.env; git commit -m x", "git reset b && git commit -m x", "git reset || git commit -m x",
        "git reset a.env && git add a.env && git commit -m x", "git rm --cached $X && git commit -m x",
    ]) func whatMayStayInTheIndexIs(script: String) throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"]).stage(["a.env": line]).write(["b": "2\n"])
        #expect(try isStopped(script, in: repository), "\(script)")
    }

    @Test func aFileThatWasMendedIsJudgedAsItIsNow() throws {
        let repository = RepositoryBuilder().commit("x", ["a.env": "1\n"]).stage(["a.env": line]).write(["a.env": "2\n"]
        )
        #expect(try isStopped("git commit -m x", in: repository))
        for script in ["git add a.env && git commit -m x", "git commit -am x", "git commit a.env -m x"] {
            #expect(try !isStopped(script, in: repository), "\(script)")
        }
        #expect(
            try isStopped("git add a.env nothing; git commit -m x", in: repository),
            "nothing is added where one is missing")
    }

    @Test func oneContentUnderTwoNamesIsLookedAtUnderBoth() throws {
        let repository = RepositoryBuilder().commit("x", ["c": "1\n"]).stage(["a.env": line, "b.env": line]).write([
            "a.env": "2\n"
        ])
        for script in [
            "git rm --cached a.env && git commit", "git add a.env && git commit -m x", "git commit b.env -m x",
        ] {
            #expect(try isStopped(script, in: repository), "\(script)")
        }
        #expect(try !isStopped("git commit a.env -m x", in: repository))
    }

    /// Below the folder of the event: a, which is clean; b, with a key that is staged.
    @Test(arguments: [
        ("cd a && git commit -m x; cd ../b && git commit -m x", true), ("cd a && git commit -m x", false),
        ("(cd b); git commit -m x", false), ("(cd a && git commit); (cd b && git commit)", true),
        ("git -C a commit; git -C b commit", true), ("git -C a commit -m b", false), ("env -C b git commit", true),
        ("env --chdir=a git commit", false), ("pushd a; git commit; popd; cd b; git commit", true),
        ("D=b; cd \"$D\" && git commit", true), ("for d in a b; do (cd $d && git commit -m x); done", true),
        ("for d in */; do (cd \"$d\"; git commit -m x); done", true), ("cd \"$(cat where)\" && git commit -m x", true),
        ("sh -c 'cd b; git commit'", true), ("cd a; sh -c 'cd ../b'; git commit", false),
        ("cd b | git -C a commit", false),
        ("git --git-dir=b/.git --work-tree=b commit", true), ("export GIT_DIR=$PWD/b/.git; git commit -m x", true),
        ("GIT_DIR=a/.git git commit -m x", false), ("cd a && cd - && cd b && git commit", true),
        ("git -C a -C ../b commit", true), ("cd b/.. && git -C a commit", false),
    ]) func commitsAreLookedAtWhereTheyAreMade(script: String, expected: Bool) throws {
        let folder = TemporaryDirectory()
        for name in ["a", "b"] {
            let made = Command.run(["git", "init", "-q", folder(name)], in: folder.path)
            #expect(made.status == 0)
        }
        folder.write("b/a.env", line)
        #expect(Command.run(["git", "-C", folder("b"), "add", "a.env"], in: folder.path).status == 0)
        #expect(try isStopped(script, in: folder) == expected, "\(script)")
    }

    @Test func aFolderThatOnlyTheShellKnowsIsToldOf() throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"])
        #expect(try !isStopped("cd \"$WHERE\" && git commit -m x", in: repository))
        #expect(try isStopped("cd \"$WHERE\" && git commit -m x", in: repository, options: ["--fail-closed"]))
        #expect(
            try !isStopped(
                "cd \"$(git rev-parse --show-toplevel)\" && git commit", in: repository, options: ["--fail-closed"]))
        repository.stage(["a.env": line])
        for script in ["cd \"$WHERE\" && git commit", "cd \"$(git rev-parse --show-toplevel)\" && git commit"] {
            #expect(try isStopped(script, in: repository), "\(script)")
        }
    }

    @Test func theFirstCommitOfANewRepositoryIsLookedAt() throws {
        let folder = TemporaryDirectory()
        folder.write("p/.env", line)
        folder.write("p/a.txt", "1\n")
        #expect(try isStopped("cd p && git init && git add . && git commit -m x", in: folder))
        #expect(try isStopped("git init p; git -C p add -A; git -C p commit -m x", in: folder))
        #expect(try !isStopped("cd p && git init -q && git add a.txt && git commit -m x", in: folder))
        folder.write("p/.gitignore", ".env\n")
        #expect(try !isStopped("cd p && git init && git add . && git commit -m x", in: folder))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder("p")).sorted() == [
                ".env", ".gitignore", "a.txt",
            ])
    }

    @Test func aScriptThatIsNoneIsReadToItsEnd() throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"]).stage(["a.env": line])
        for beginning in [
            "echo 'a", "echo \"a", "cat <<EOF\n", "echo $(", "echo `", "echo ${", "((", "}", ")",
            "case a in b) c;; esac;", "\\",
            String(repeating: "(", count: 200_000), String(repeating: "$(", count: 100_000),
            String(repeating: "`", count: 9_999),
        ] {
            _ = try isStopped(beginning + "\ngit status", in: repository)
        }
        #expect(try isStopped(") }; esac; git commit", in: repository))
        let clean = RepositoryBuilder().commit("x", ["b": "1\n"])
        let long = [
            String(repeating: "env ", count: 20_000), String(repeating: "* ", count: 20_000),
            String(repeating: "{a,b}", count: 20_000),
            String(repeating: "a;", count: 600_000), String(repeating: "git x;", count: 400),
        ]
        for script in long { #expect(try !isStopped(script, in: clean)) }
        for script in long.suffix(2) { #expect(try isStopped(script, in: clean, options: ["--fail-closed"])) }
    }

    @Test func whatIsLetPassMaskedIsLookedAtAllTheSame() throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"]).stage(["a.env": line])
        #expect(try isStopped("export MISTRAL_API_KEY=\(key); git commit -m x", in: repository, options: ["--mask"]))
        let other = RepositoryBuilder().commit("x", ["b": "1\n"])
        #expect(try !isStopped("export MISTRAL_API_KEY=\(key); git commit -m x", in: other, options: ["--mask"]))
    }

    @Test(.timeLimit(.minutes(1))) func scriptsThatGrowWithoutEndAreGivenUp() throws {
        let repository = RepositoryBuilder().commit("x", ["b": "1\n"]).stage(["a.env": line])
        let doubling = "a=xxxxxxxxxx; " + String(repeating: "a=$a$a; ", count: 40) + "git add $a; git commit -m x"
        #expect(try isStopped(doubling, in: repository))
        let stars = String(repeating: "*a", count: 60)
        #expect(try isStopped("ls /*/*/*/*/*/*/*; git add \(stars) /*/*/*/*; git commit -m x", in: repository))
    }
}
