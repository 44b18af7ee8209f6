import TestSupport
import Testing

/// A manager of hooks, made again as far as hooks see it: which scripts it puts where, what these ask for in `$0` and their folder, and
/// what it does with hooks that it finds. `.ci/hooks-test` has the real pre-commit and lefthook.
struct HookManagerStandIn: CustomTestStringConvertible {
    var testDescription: String
    /// A shell's script that writes the repository's configuration, whose pre-commit hook appends to the file `$ran`.
    var configure: String
    var install: String
    var uninstall: String
    /// A file of the repository in which windsock is to be found, once it is installed.
    var file: String
    /// The orders after which windsock is gone with the manager, which takes away hooks of others, too.
    var lost: [String] = []

    static let all = [husky9, husky8, husky4, lefthook, preCommit, overcommit, simpleGitHooks]

    static let husky9 = HookManagerStandIn(
        testDescription: "husky 9",
        configure: """
            mkdir -p .husky && echo 'echo other >> "$ran"' > .husky/pre-commit
            """,
        install: #"""
            mkdir -p .husky/_ && echo '*' > .husky/_/.gitignore
            cat > .husky/_/h <<'end'
            hook=$(basename "$0")
            own=$(dirname "$(dirname "$0")")/$hook
            [ -f "$own" ] || exit 0
            [ "${HUSKY-}" = 0 ] && exit 0
            sh -e "$own" "$@"
            exit $?
            end
            for hook in pre-commit pre-merge-commit commit-msg pre-push; do
                printf '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n' > .husky/_/$hook && chmod +x .husky/_/$hook
            done
            git config core.hooksPath .husky/_
            """#,
        uninstall: "rm -rf .husky/_; git config --unset core.hooksPath || true", file: ".husky/pre-commit")

    /// Each script runs itself again by way of husky.sh.
    static let husky8 = HookManagerStandIn(
        testDescription: "husky 5 to 8",
        configure: #"""
            mkdir -p .husky
            printf '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\necho other >> "$ran"\n' > .husky/pre-commit
            chmod +x .husky/pre-commit
            """#,
        install: #"""
            mkdir -p .husky/_ && echo '*' > .husky/_/.gitignore
            cat > .husky/_/husky.sh <<'end'
            if [ -z "$husky_skip_init" ]; then
                if [ "$HUSKY" = 0 ]; then exit 0; fi
                export husky_skip_init=1
                sh -e "$0" "$@"
                exit $?
            fi
            end
            git config core.hooksPath .husky
            """#,
        uninstall: "rm -rf .husky/_; git config --unset core.hooksPath || true", file: ".husky/pre-commit")

    /// Commands in package.json, run by a script beside the hook that knows its name. A hook of somebody else's is left alone.
    static let husky4 = HookManagerStandIn(
        testDescription: "husky 4",
        configure: #"""
            cat > package.json <<'end'
            {
              "name": "x",
              "husky": {
                "hooks": {
                  "pre-commit": "echo other >> \"$ran\""
                }
              }
            }
            end
            """#,
        install: #"""
            cat > .git/hooks/husky.sh <<'end'
            command=$(python3 - "$(basename "$0")" <<'python'
            import json, sys
            print(json.load(open("package.json"))["husky"]["hooks"].get(sys.argv[1], ""))
            python
            )
            export HUSKY_GIT_PARAMS="$*"
            sh -c "$command"
            end
            for hook in pre-commit; do
                if [ ! -e .git/hooks/$hook ] || grep -q '# husky' .git/hooks/$hook; then
                    printf '#!/bin/sh\n# husky\n\n. "$(dirname "$0")/husky.sh"\n' > .git/hooks/$hook
                    chmod +x .git/hooks/$hook
                fi
            done
            """#,
        uninstall: "rm .git/hooks/husky.sh; grep -l '# husky' .git/hooks/pre-commit | xargs -r rm",
        file: "package.json",
        lost: ["MWm", "MWwWm"])

    static let lefthook = HookManagerStandIn(
        testDescription: "lefthook",
        configure: #"""
            printf 'pre-commit:\n  commands:\n    other:\n      run: echo other >> "$ran"\n' > lefthook.yml
            """#,
        install: #"""
            if [ -e .git/hooks/pre-commit ] && ! grep -q LEFTHOOK .git/hooks/pre-commit; then
                mv .git/hooks/pre-commit .git/hooks/pre-commit.old
            fi
            cat > .git/hooks/pre-commit <<'end'
            #!/bin/sh
            # LEFTHOOK
            code=0
            sed -n 's/^ *run: //p' lefthook.yml | sed 's/{0}//' > "${TMPDIR:-/tmp}/lefthook.$$"
            while read -r line; do sh -c "$line" </dev/null || code=1; done < "${TMPDIR:-/tmp}/lefthook.$$"
            rm "${TMPDIR:-/tmp}/lefthook.$$"
            exit $code
            end
            chmod +x .git/hooks/pre-commit
            """#,
        uninstall: #"""
            if grep -q LEFTHOOK .git/hooks/pre-commit; then rm .git/hooks/pre-commit; fi
            [ ! -e .git/hooks/pre-commit.old ] || mv .git/hooks/pre-commit.old .git/hooks/pre-commit
            """#, file: "lefthook.yml")

    static let preCommit = HookManagerStandIn(
        testDescription: "pre-commit",
        configure: #"""
            cat > .pre-commit-config.yaml <<'end'
            repos:
            -   repo: local
                hooks:
                -   id: other
                    entry: sh -c 'echo other >> "$ran"'
            end
            """#,
        install: #"""
            if [ -e .git/hooks/pre-commit ] && ! grep -q 'generated by pre-commit' .git/hooks/pre-commit; then
                mv .git/hooks/pre-commit .git/hooks/pre-commit.legacy
            fi
            cat > .git/hooks/pre-commit <<'end'
            #!/usr/bin/env bash
            # File generated by pre-commit: https://pre-commit.com
            here=$(cd "$(dirname "$0")" && pwd)
            if grep -qs 'generated by pre-commit' "$here/pre-commit.legacy"; then echo "bug: migration mode"; exit 1; fi
            code=0
            if [ -x "$here/pre-commit.legacy" ]; then "$here/pre-commit.legacy" "$@" || code=1; fi
            while read -r line; do eval "$line" </dev/null || code=1; done < <(sed -n 's/^ *entry: //p' .pre-commit-config.yaml)
            exit $code
            end
            chmod +x .git/hooks/pre-commit
            """#,
        uninstall: #"""
            if grep -q 'generated by pre-commit' .git/hooks/pre-commit; then rm .git/hooks/pre-commit; fi
            [ ! -e .git/hooks/pre-commit.legacy ] || mv .git/hooks/pre-commit.legacy .git/hooks/pre-commit
            """#, file: ".pre-commit-config.yaml")

    /// No shell's script, and it wants to be called by the name of its hook.
    static let overcommit = HookManagerStandIn(
        testDescription: "overcommit",
        configure: #"""
            cat > .overcommit.yml <<'end'
            PreCommit:
              Other:
                enabled: true
                command: ['sh', '-c', 'echo other >> "$ran"']
            end
            """#,
        install: #"""
            mkdir -p .git/hooks/old-hooks
            if [ -e .git/hooks/pre-commit ] && ! grep -q Overcommit .git/hooks/pre-commit; then
                mv .git/hooks/pre-commit .git/hooks/old-hooks/
            fi
            cat > .git/hooks/pre-commit <<'end'
            #!/usr/bin/env python3
            # Entrypoint for Overcommit
            import ast, os, re, subprocess, sys
            if os.path.basename(sys.argv[0]) != "pre-commit":
                sys.exit(64)
            commands = re.findall(r"^ *command: (\[.*\])$", open(".overcommit.yml").read(), re.M)
            sys.exit(max([subprocess.run(ast.literal_eval(line)).returncode for line in commands] + [0]))
            end
            chmod +x .git/hooks/pre-commit
            """#,
        uninstall: #"""
            if grep -q Overcommit .git/hooks/pre-commit; then rm .git/hooks/pre-commit; fi
            [ ! -e .git/hooks/old-hooks/pre-commit ] || mv .git/hooks/old-hooks/pre-commit .git/hooks/pre-commit
            """#, file: ".overcommit.yml")

    /// Writes the commands themselves into hooks, and takes away all hooks that it has no command for.
    static let simpleGitHooks = HookManagerStandIn(
        testDescription: "simple-git-hooks",
        configure: #"""
            cat > package.json <<'end'
            {
              "simple-git-hooks": {
                "pre-commit": "echo other >> \"$ran\""
              }
            }
            end
            """#,
        install: #"""
            rm -f .git/hooks/*
            python3 - <<'python'
            import json, os
            for hook, command in json.load(open("package.json"))["simple-git-hooks"].items():
                path = ".git/hooks/" + hook
                open(path, "w").write('#!/bin/sh\n\nif [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then\n    exit 0\nfi\n\n' + command)
                os.chmod(path, 0o755)
            python
            """#,
        uninstall: "rm -f .git/hooks/*", file: "package.json", lost: ["MWm", "WMm", "MWwWm"])
}
