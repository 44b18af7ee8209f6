import Foundation
import TestSupport
import Testing

/// Ways around what clients are answered, each of which was one.
@Suite struct AgentWayAroundTests {
    private let folder = TemporaryDirectory()
    private let key = RandomKey(2240).description

    private func output(_ client: String, _ event: String, _ options: [String] = []) -> String {
        let outcome = Windsock.run(["agent", "hook", client] + options, in: folder, input: event)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.reveals(key), "\(event)")
        return outcome.output
    }

    /// Of Claude Code before a tool.
    private func decision(_ tool: String, _ input: String, _ more: String = "") throws -> String {
        try AgentEvents.permission(in: output("claude-code", AgentEvents.beforeTool(tool, input, more)))
    }

    @Test(arguments: ["diff --git a/a b/a\n-", "diff --git \n", "*** Begin Patch\n*** Update File: a\n-", "a\u{0}b\n"])
    func howATextBeginsHidesNothing(beginning: String) throws {
        let text = AgentEvents.quoted("\(beginning)MISTRAL_API_KEY=\(key)\nend\n")
        for (client, event) in [
            ("claude-code", #""hook_event_name":"UserPromptSubmit","prompt":TEXT"#),
            (
                "claude-code",
                #""hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{},"tool_response":{"stdout":TEXT}"#
            ),
            (
                "claude-code",
                #""hook_event_name":"PreToolUse","tool_name":"Write","tool_input":{"file_path":"/a","content":TEXT}"#
            ),
            ("claude-code", #""hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":TEXT}"#),
            ("codex", #""hook_event_name":"PostToolUse","tool_name":"shell","tool_input":{},"tool_response":TEXT"#),
            (
                "gemini",
                #""hook_event_name":"AfterTool","tool_name":"a","tool_input":{},"tool_response":{"llmContent":TEXT}"#
            ),
            ("cursor", #""hook_event_name":"beforeReadFile","file_path":"/a.patch","content":TEXT"#),
            ("cursor", #""hook_event_name":"postToolUse","tool_name":"Shell","tool_input":{},"tool_output":TEXT"#),
        ] {
            let event = "{\(event.replacing("TEXT", with: text))}"
            #expect(output(client, event).contains("windsock: "), "\(client) \(event)")
        }
    }

    @Test func namesOfWhatEditsTakeAwayHideNothingElsewhere() throws {
        for name in ["old_string", "old_str", "old_text", "oldText", "originalFile", "original_content"] {
            let value = #"{"\#(name)":"MISTRAL_API_KEY=\#(key)","new_string":"a"}"#
            #expect(try decision("mcp__slack__send", value) == "deny")
            #expect(try decision("Bash", value) == "deny")
            #expect(
                output(
                    "claude-code",
                    #"{"hook_event_name":"PostToolUse","tool_name":"Edit","tool_input":{},"tool_response":\#(value)}"#
                ).contains("\"block\""))
        }
        #expect(try decision("Edit", #"{"old_string":"MISTRAL_API_KEY=\#(key)","new_string":"a"}"#) == "allow")
        #expect(
            try decision("Edit", #"{"old_string":"b","new_string":"a","x":{"old_string":"MISTRAL_API_KEY=\#(key)"}}"#)
                == "deny")
    }

    @Test func whatClientsCallAnEditMayTakeAKeyAway() {
        let line = "MISTRAL_API_KEY=\(key)"
        let arguments = AgentEvents.quoted(#"{"path":"/a","old_str":"\#(line)","new_str":"a"}"#)
        #expect(output("copilot", #"{"toolName":"edit","toolArgs":\#(arguments)}"#) == "{}\n")
        let added = AgentEvents.quoted(#"{"path":"/a","old_str":"a","new_str":"\#(line)"}"#)
        #expect(output("copilot", #"{"toolName":"edit","toolArgs":\#(added)}"#).contains("deny"))
        func blocks(_ old: String, _ new: String) -> String {
            let content = AgentEvents.quoted("<<<<<<< SEARCH\n\(old)\n=======\n\(new)\n>>>>>>> REPLACE\n")
            return output(
                "vibe",
                #"{"hook_event_name":"pre_tool","tool_name":"search_replace","tool_input":{"file_path":"/a","content":\#(content)}}"#
            )
        }
        #expect(blocks(line, "a") == "{}\n")
        #expect(blocks("a", line).contains("deny"))
    }

    @Test func aValueIsJudgedByTheNameThatStaysBesideIt() throws {
        folder.write("c.py", "import os\nMISTRAL_API_KEY = \"TODO\"\n")
        let path = folder("c.py")
        #expect(try decision("Edit", #"{"file_path":"\#(path)","old_string":"TODO","new_string":"\#(key)"}"#) == "deny")
        #expect(try decision("Edit", #"{"file_path":"\#(path)","old_string":"TODO","new_string":"none"}"#) == "allow")
        func patch(_ first: Character, _ second: String) -> String {
            let text =
                "*** Begin Patch\n*** Update File: a.yml\n@@\n - name: MISTRAL_API_KEY\n-  value: TODO\n+  value: \(second)\n*** End Patch"
            return #"{"command":\#(AgentEvents.quoted(text))}"#
        }
        #expect(try decision("apply_patch", patch("+", key)) == "deny")
        #expect(try decision("apply_patch", patch("+", "none")) == "allow")
        folder.write("c.py", "MISTRAL_API_KEY = \"\(key)\"\nx = 1\n")
        #expect(
            try decision("Edit", #"{"file_path":"\#(path)","old_string":"x = 1","new_string":"x = 2"}"#) == "allow",
            "what stood there before is nothing that the edit does")
    }

    @Test func aModelIsNotToldItsWayAround() {
        let event = #"{"hook_event_name":"EVENT","prompt":"P","tool_name":"Bash","tool_input":{"command":"P"}}"#
            .replacing("\"P\"", with: "\"MISTRAL_API_KEY=\(key)\"")
        #expect(!output("codex", event.replacing("EVENT", with: "PreToolUse")).contains("baseline add"))
        #expect(output("codex", event.replacing("EVENT", with: "UserPromptSubmit")).contains("baseline add"))
        let cursor = output("cursor", event.replacing("EVENT", with: "preToolUse"))
        #expect(cursor.components(separatedBy: "baseline add").count == 2, "only the user reads it")
    }

    @Test func commitsAreLookedAtWhereTheyAreMade() throws {
        let repository = RepositoryBuilder()
        repository.write(["b.env": "x\n"]).stage(["a.env": "MISTRAL_API_KEY=\(key) # windsock:allow\n"])
        let path = repository.path
        for command in [
            "git -C \(path) commit -m x", "cd \(path) && git commit -m x", "GIT_DIR=\(path)/.git git commit -m x",
            "git --git-dir=\(path)/.git commit", "cd \(path); git -c user.name=\"Agent Smith\" commit -m x",
            "cd \(path); git\\\n commit -m x", "cd \(path); git --namespace n commit",
            "bash -lc 'cd \(path); git commit'",
        ] {
            #expect(try decision("Bash", #"{"command":\#(AgentEvents.quoted(command))}"#) == "deny", "\(command)")
        }
        #expect(try decision("Bash", #"{"command":"git commit","workdir":"\#(path)"}"#) == "deny")
        #expect(try decision("Bash", #"{"command":["bash","-lc","git commit -m x"]}"#, #""cwd":"\#(path)","#) == "deny")
        #expect(
            output(
                "cursor",
                #"{"hook_event_name":"beforeShellExecution","cwd":"","workspace_roots":["\#(path)"],"command":"git commit"}"#
            ).contains("deny"))
    }

    @Test(arguments: ["commit a.env -m x", "commit -m x -- a.env", "commit -o a.env", "commit -pm x", "commit -am x"])
    func whatACommitTakesFromFilesIsLookedAt(words: String) throws {
        let repository = RepositoryBuilder()
        repository.commit("x", ["a.env": "x\n"])
        repository.write(["a.env": "MISTRAL_API_KEY=\(key)\n"])
        #expect(try decision("Bash", #"{"command":"git \#(words)"}"#, #""cwd":"\#(repository.path)","#) == "deny")
        #expect(
            try decision("Bash", #"{"command":"git commit -m 'a.env'"}"#, #""cwd":"\#(repository.path)","#) == "allow")
    }

    @Test func aCommentThatIsCommittedAlreadyHolds() throws {
        let repository = RepositoryBuilder()
        let line = "MISTRAL_API_KEY=\(key) # windsock:allow\n"
        repository.commit("x", ["a.env": line])
        repository.stage(["a.env": line + "x=1\n"])
        #expect(try decision("Bash", #"{"command":"git commit -m x"}"#, #""cwd":"\#(repository.path)","#) == "allow")
    }

    @Test(
        arguments: [
            #"[{"prompt":"MISTRAL_API_KEY=KEY"}]"#, #"{"hook_event_name":"PromptOfTomorrow","prompt":"KEY"}"#,
            #"{"hook_event_name":"PreToolUse","tool_name":"Bash","given":"KEY"}"#,
            #"{"hook_event_name":"PostToolUse","tool_name":"Bash","got":"KEY"}"#,
            #"{"hook_event_name":"UserPromptSubmit","words":"KEY"}"#, "null", "{}", "[]", "1",
            #"{"hook_event_name":"UserPromptSubmit","prompt":null}"#, #"{"hook_event_name":null,"prompt":null}"#,
            #"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#,
        ]) func whatIsNotUnderstoodIsNotJudged(event: String)
    {
        let event = event.replacing("KEY", with: key)
        for client in ["claude-code", "codex", "gemini", "vibe", "copilot", "cursor"] {
            let closed = output(client, event, ["--fail-closed"])
            // The last is all that Cursor takes about what its own tools gave.
            let refusals = ["\"deny\"", "\"block\"", "\"continue\":false", "\"additional_context\""]
            #expect(refusals.contains { closed.contains($0) }, "\(client): \(event)")
            let open = output(client, event)
            #expect(!refusals.contains { open.contains($0) }, "\(client): \(event)")
        }
        #expect(output("claude-code", #"{"hook_event_name":"Stop"}"#, ["--fail-closed"]) == "{}\n")
    }

    // MARK: Settings

    private func agent(_ words: String...) -> Command.Outcome {
        Windsock.run(["agent"] + words, in: folder, environment: ["HOME": folder.path])
    }

    private func text(_ name: String) -> String { String(decoding: folder.read(name), as: UTF8.self) }

    @Test func whatSomebodyHasPutAroundItIsTheirs() {
        let own =
            #"{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"log.sh windsock agent hook claude-code | tee"}]}]}}"#
        folder.write(".claude/settings.json", own)
        #expect(agent("uninstall", "claude-code").status == 2)
        agent("install", "claude-code").expectSuccess()
        #expect(text(".claude/settings.json").contains("log.sh windsock"))
        agent("uninstall", "claude-code").expectSuccess()
        #expect(text(".claude/settings.json") == own)
    }

    @Test func aLinkThatWasMadeSinceStays() throws {
        let files = FileManager.default
        agent("install", "claude-code").expectSuccess()
        folder.write("dotfiles/a", "")
        try files.moveItem(atPath: folder(".claude/settings.json"), toPath: folder("dotfiles/settings.json"))
        try files.createSymbolicLink(
            atPath: folder(".claude/settings.json"), withDestinationPath: "../dotfiles/settings.json")
        agent("uninstall", "claude-code").expectSuccess()
        #expect(text("dotfiles/settings.json") == "{}\n")
        #expect(try files.destinationOfSymbolicLink(atPath: folder(".claude/settings.json")).hasSuffix("settings.json"))
    }

    @Test func theHooksNameWhatTheProgramWasStartedBy() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder("windsock"), withDestinationPath: "\(Windsock.folder)/windsock")
        Windsock.shell(
            "\"\(folder("windsock"))\" agent install claude-code", in: folder, environment: ["HOME": folder.path]
        )
        .expectSuccess()
        #expect(text(".claude/settings.json").contains("\"\(folder("windsock")) agent hook claude-code\""))
    }

    // MARK: What was kept

    @Test func aZeroHidesNothingThatWasKept() {
        folder.write(".bash_history", "ls\n\u{0}\u{0}\u{0}\nMISTRAL_API_KEY=\(key) ./run\n")
        #expect(agent("scan").status == 1)
        #expect(agent("clean", "--write").status == 0)
        #expect(!text(".bash_history").contains(key))
    }

    @Test func aFileThatCannotBeMaskedKeepsNoOtherFromIt() throws {
        let line = "MISTRAL_API_KEY=\(key) ./run\n"
        for name in [".bash_history", ".psql_history", ".zsh_history"] { folder.write(name, line) }
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder(".psql_history"))
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("could not mask \(folder(".psql_history"))"))
        #expect(outcome.output.components(separatedBy: "\n  masked in 1 place").count == 3)
        #expect(outcome.output.contains("\n  not masked in 1 place"))
        #expect(text(".psql_history") == line && text(".zsh_history") != line)
        #expect(agent("clean", "--write").status == 3, "nothing is masked, which is nothing to undo")
        // A file that is gone keeps the others from nothing.
        try FileManager.default.removeItem(atPath: folder(".bash_history"))
        let undone = agent("clean", "--undo")
        #expect(undone.status == 3)
        #expect(undone.errors.contains("could not put back what was masked in \(folder(".bash_history"))"))
        #expect(undone.output.contains("put back what was masked in 1 file\n"))
        #expect(text(".zsh_history") == line)
        #expect(agent("clean", "--undo").status == 2)
    }

    @Test func theLastRunIsUndoneFirst() throws {
        let line = "MISTRAL_API_KEY=\(key) ./run\n"
        let records = ".local/state/windsock/cleaned"
        folder.write(".bash_history", line)
        #expect(agent("clean", "--write").status == 0)
        let first = try #require(FileManager.default.contentsOfDirectory(atPath: folder(records)).first)
        try FileManager.default.moveItem(
            atPath: folder("\(records)/\(first)"), toPath: folder("\(records)/9999999999-9.jsonl"))
        folder.write(".zsh_history", line)
        #expect(agent("clean", "--write").status == 0)
        #expect(agent("clean", "--undo").status == 0)
        #expect(text(".zsh_history") == line && text(".bash_history") != line)
    }

    @Test func aKeyThatIsKnownIsMaskedWhereItStandsBare() {
        folder.write(".bash_history", "MISTRAL_API_KEY=\(key) ./run\n")
        folder.write(".claude/history.jsonl", "{\"display\":\"\(key)\"}\n")
        #expect(agent("scan").output.contains("1 secret in 2 of 2 files"))
        #expect(agent("clean", "--write").status == 0)
        #expect(!text(".claude/history.jsonl").contains(key))
        #expect(agent("scan").status == 0)
    }

    @Test func clientsKeepThingsWhereTheyAreTold() {
        let line = "MISTRAL_API_KEY=\(key)\n"
        let names = [
            "claude/history.jsonl", "codex/config.toml", "h/history", ".claude/file-history/a/b@v1",
            ".claude/debug/a.txt",
            ".claude/backups/.claude.json.backup.1", ".claude/settings.local.json",
        ]
        for name in names { folder.write(name, line) }
        folder.write(".windsock.toml", "[allowlist]\npaths = ['.*']\n")
        let outcome = Windsock.run(
            ["agent", "scan"], in: folder,
            environment: [
                "HOME": folder.path, "CLAUDE_CONFIG_DIR": folder("claude"), "CODEX_HOME": folder("codex"),
                "HISTFILE": folder("h/history"),
            ])
        for name in names { #expect(outcome.output.contains(folder(name)), "\(name)") }
    }

    @Test func whatAgentsReadInARepositoryIsLookedAt() {
        let names = [
            ".codex/config.toml", "CLAUDE.md", "AGENTS.md", ".cursor/rules/a.mdc", ".github/copilot-instructions.md",
        ]
        let line = "MISTRAL_API_KEY=\(key)\n"
        let repository = RepositoryBuilder().write(Dictionary(uniqueKeysWithValues: names.map { ($0, line) }))
        let outcome = Windsock.run(["agent", "scan", "--project"], in: repository, environment: ["HOME": folder.path])
        for name in names { #expect(outcome.output.contains(name), "\(name)") }
    }

    @Test func ofAnEditWhatComesIsMaskedAndWhatGoesStays() {
        let line = "MISTRAL_API_KEY=\(key)"
        let masked = "MISTRAL_API_KEY=\(key.prefix(4))…\(key.suffix(4))"
        let patch = AgentEvents.quoted("*** Begin Patch\n*** Update File: a\n-\(line)\n+\(line) # b\n*** End Patch")
        for (tool, input) in [
            ("apply_patch", #"{"command":\#(patch)}"#),
            ("Edit", #"{"old_string":"\#(line)","new_string":"\#(line) # b"}"#),
        ] {
            let event = #"{"hook_event_name":"PreToolUse","tool_name":"\#(tool)","tool_input":\#(input)}"#
            let outcome = Windsock.run(["agent", "hook", "claude-code", "--mask"], in: folder, input: event)
            #expect(outcome.output.contains("\"ask\""))
            #expect(outcome.output.contains("\(masked) # b"))
            #expect(outcome.output.components(separatedBy: key).count == 2, "what goes is what the file has")
        }
    }

    @Test(
        arguments: [
            ("{\"hooks\"", "{\"disableAllHooks\":true,\"hooks\""), ("PreToolUse", "PreToolUsed"),
            ("\"PostToolUse\": [{", "\"PostToolUse\": [{\"matcher\":\"Nothing\","),
        ]) func theDoctorSeesHooksThatAreNotRun(before: String, after: String) throws
    {
        agent("install", "claude-code").expectSuccess()
        let data = folder.read(".claude/settings.json")
        let value = try JSONSerialization.jsonObject(with: Data(data))
        let plain = String(
            decoding: try JSONSerialization.data(withJSONObject: value, options: .withoutEscapingSlashes), as: UTF8.self
        )
        let changed = plain.replacing(before.replacing(": [", with: ":["), with: after.replacing(": [", with: ":["))
        #expect(changed != plain)
        folder.write(".claude/settings.json", changed)
        #expect(agent("doctor", "claude-code").status == 1)
    }

    @Test func aNameThatHoldsAKeyIsNotRepeated() {
        _ = output(
            "claude-code",
            #"{"hook_event_name":"PreToolUse","tool_name":"x\#(key)","tool_input":{"a":"MISTRAL_API_KEY=\#(key)"}}"#)
    }
}
