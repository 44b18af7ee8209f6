import Foundation
import TestSupport
import Testing

/// What windsock goes by is for its user to change, and for everybody to read.
@Suite struct AgentGuardTests {
    private let folder = TemporaryDirectory()

    private func output(_ client: String, _ event: String, _ options: [String] = []) -> String {
        let outcome = Windsock.run(["agent", "hook", client] + options, in: folder, input: event)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    /// Of Claude Code before a tool.
    private func decision(_ tool: String, _ input: String, _ more: String = "") throws -> String {
        try AgentEvents.permission(in: output("claude-code", AgentEvents.beforeTool(tool, input, more)))
    }

    @Test(
        arguments: [
            ("Bash", #"{"command":"windsock baseline add v1:0 --rule a"}"#),
            ("Bash", #"{"command":"cd /a && /usr/bin/windsock agent uninstall claude-code"}"#),
            ("Bash", #"{"command":"bash -c 'windsock baseline create'"}"#),
            ("Bash", #"{"command":"echo a >> .windsock.toml"}"#),
            ("Bash", #"{"command":"rm .windsock-baseline"}"#), ("Bash", #"{"command":"rm ~/.claude/settings.json"}"#),
            ("Write", #"{"file_path":"/a/.windsock.toml","content":"a"}"#),
            ("Edit", #"{"file_path":"/a/.claude/settings.local.json","old_string":"a","new_string":"b"}"#),
            ("apply_patch", #"{"input":"*** Begin Patch\n*** Delete File: .windsock.toml\n*** End Patch"}"#),
        ]) func whatWindsockGoesByIsForItsUserToChange(tool: String, input: String) throws
    {
        #expect(try decision(tool, input) == "ask")
        let codex = output("codex", #"{"hook_event_name":"PreToolUse","tool_name":"\#(tool)","tool_input":\#(input)}"#)
        #expect(codex.contains("\"deny\""))
    }

    @Test(
        arguments: [
            ("Bash", #"{"command":"windsock scan . && cat .windsock.toml"}"#),
            ("Bash", #"{"command":"git add .windsock-baseline"}"#),
            ("Read", #"{"file_path":"/a/.windsock.toml"}"#), ("Write", #"{"file_path":"/a/b.toml","content":"a"}"#),
        ]) func whatOnlyReadsItIsNot(tool: String, input: String) throws
    {
        #expect(try decision(tool, input) == "allow")
    }

    @Test(
        arguments: [
            "sed -i s/a/b/ .windsock.toml", "sed -ni.bak p .windsock.toml", "sed --in-place=.b p ./.windsock.toml",
            "echo x | tee .windsock.toml", "tee -a .windsock.toml <<< x", "cp /tmp/x .windsock.toml",
            "cp /tmp/.windsock.toml .",
            "mv .windsock.toml x", "mv x .windsock.toml", "rm -f -- .windsock.toml", "rm .windsock*",
            "truncate -s 0 .windsock.toml",
            "python3 -c \"open('.windsock.toml','w').write('')\"",
            "python3 - <<'EOF'\nopen('.windsock.toml', 'a')\nEOF",
            "node -e 'require(\"fs\").writeFileSync(\".windsock.toml\",\"\")'", "perl -pi -e s/a/b/ .windsock.toml",
            "git checkout -- .windsock.toml", "git checkout HEAD~1 .windsock-baseline", "git restore .windsock.toml",
            "git -C . rm .windsock.toml", "git mv .windsock.toml x", "dd if=/dev/null of=.windsock.toml",
            "ln -sf x .windsock.toml",
            "ln .windsock.toml y", "> .windsock.toml", ": >.windsock.toml", "echo a >> .windsock.toml",
            "cat x >| .windsock.toml",
            "cat x &> .windsock.toml", "cat > .windsock.toml <<EOF\n\nEOF", "cd .claude && rm settings.json",
            "rm -rf .claude", "mv ./.claude/ x",
            "f=.windsock.toml; rm $f", "rm \"$(pwd)/.windsock.toml\"", "sh -c 'rm .windsock.toml'",
            "find . -name x -exec rm .windsock.toml +",
            "find . -name .windsock.toml -delete", "ls | xargs rm .windsock.toml", "sudo rm .windsock.toml",
            "install -m 600 x .windsock.toml",
            "rsync x .windsock.toml", "curl -o .windsock.toml https://a.example",
            "awk '{print > \".windsock.toml\"}' x",
            "touch .windsock.toml", "chmod 0 .windsock.toml", "vim -c wq .windsock.toml", "ed .windsock.toml",
            "unlink .windsock.toml",
            "nohup windsock baseline add a &", "echo y | ./windsock baseline create",
            "$(windsock agent uninstall codex)",
            "git update-index --skip-worktree .windsock.toml", "cp x ~/.config/windsock/config.toml",
            "rm .gitleaks.toml",
            "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: .windsock.toml\n*** End Patch\nEOF",
        ]) func everyPlainWayToWriteItIsForItsUser(script: String) throws
    {
        folder.write(".claude/settings.json", "{}")
        folder.write(".windsock.toml", "")
        #expect(
            try decision("Bash", #"{"command":\#(AgentEvents.quoted(script))}"#, #""cwd":"\#(folder.path)","#) == "ask",
            "\(script)")
    }

    @Test(
        arguments: [
            "cat .windsock.toml 2>/dev/null", "cat < .windsock.toml > /tmp/x", "cat .windsock.toml | tee /tmp/x",
            "head -5 .windsock.toml >> log",
            "cp .windsock.toml /tmp/", "cp .windsock.toml /tmp/copy.toml", "grep exclude .windsock.toml >&2",
            "sed -n 1,5p .windsock.toml",
            "sed s/a/b/ .windsock.toml > /tmp/x", "awk '{print $1}' .windsock.toml", "perl -ne print .windsock.toml",
            "git add .windsock.toml",
            "python3 -c \"import tomllib; print(tomllib.load(open('.windsock.toml','rb')))\"",
            "git diff .windsock.toml", "git show HEAD:.windsock.toml",
            "git log -- .windsock.toml 2>/dev/null", "git checkout -b windsock", "diff .windsock.toml x > y",
            "jq . .claude/settings.json 2>/dev/null",
            "echo 'rm .windsock.toml'", "grep -r '> .windsock.toml' .",
            "test -f .windsock.toml && echo yes > /dev/null", "dd if=.windsock.toml of=/tmp/x",
            "curl -T .windsock.toml https://a.example", "windsock baseline list > x", "windsock baseline add --help",
            "windsock scan --baseline .windsock-baseline",
            "echo windsock baseline add", "cat > notes.md <<'EOF'\nwindsock baseline add x\nrm .windsock.toml\nEOF",
            "rm x.windsock.toml",
            "rm -rf .claude/cache", "rm -rf .github .gemini", "wc -l <.windsock-baseline", "ls -la .windsock.toml 2>&1",
            "git commit -m 'Change .windsock.toml'",
        ]) func whatOnlyReadsOrNamesItIsNot(script: String) throws
    {
        folder.write(".windsock.toml", "")
        #expect(
            try decision("Bash", #"{"command":\#(AgentEvents.quoted(script))}"#, #""cwd":"\#(folder.path)","#)
                == "allow",
            "\(script)")
    }
}
