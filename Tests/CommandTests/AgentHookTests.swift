import Foundation
import TestSupport
import Testing

/// What clients of models are answered.
@Suite struct AgentHookTests {
    private let folder = TemporaryDirectory()
    private let key = RandomKey(2201).description

    /// An answer, read as what it is.
    private func answer(
        _ client: String, _ event: String, _ options: [String] = []
    ) throws -> [String: Any] {
        let outcome = Windsock.run(["agent", "hook", client] + options, in: folder, input: event)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.reveals(key), "\(client): \(event)")
        let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(value as? [String: Any])
    }

    private func text(_ answer: [String: Any], _ path: String) -> String? {
        var value: Any? = answer
        for name in path.split(separator: ".") { value = (value as? [String: Any])?[String(name)] }
        return value.map { "\($0)" }
    }

    private static let clean =
        #"{"hook_event_name":"EVENT","prompt":"Good morning","tool_name":"Bash","tool_input":{"command":"ls -l"},"tool_response":"total 0","content":"x = 1","tool_output":"{}"}"#

    @Test(
        arguments: [
            ("claude-code", "UserPromptSubmit", #""prompt":KEY"#, "decision", "block", "reason"),
            (
                "claude-code", "PreToolUse", #""tool_name":"Bash","tool_input":{"command":KEY}"#,
                "hookSpecificOutput.permissionDecision", "deny", "hookSpecificOutput.permissionDecisionReason"
            ),
            (
                "claude-code", "PostToolUse", #""tool_name":"Bash","tool_input":{},"tool_response":{"stdout":KEY}"#,
                "decision", "block", "reason"
            ),
            ("codex", "UserPromptSubmit", #""prompt":KEY"#, "decision", "block", "reason"),
            (
                "codex", "PreToolUse", #""tool_name":"apply_patch","tool_input":{"command":KEY}"#,
                "hookSpecificOutput.permissionDecision", "deny", "hookSpecificOutput.permissionDecisionReason"
            ),
            (
                "codex", "PostToolUse", #""tool_name":"Bash","tool_input":{},"tool_response":KEY"#, "decision", "block",
                "reason"
            ),
            ("gemini", "BeforeAgent", #""prompt":KEY"#, "decision", "deny", "reason"),
            (
                "gemini", "BeforeTool", #""tool_name":"write_file","tool_input":{"content":KEY}"#, "decision", "deny",
                "reason"
            ),
            (
                "gemini", "AfterTool", #""tool_name":"a","tool_input":{},"tool_response":{"llmContent":KEY}"#,
                "decision",
                "deny", "reason"
            ),
            ("copilot", "UserPromptSubmit", #""prompt":KEY"#, "continue", "0", "stopReason"),
            (
                "copilot", "PreToolUse", #""tool_name":"Bash","tool_input":{"command":KEY}"#, "permissionDecision",
                "deny",
                "hookSpecificOutput.permissionDecisionReason"
            ),
            (
                "copilot", "", #""toolName":"bash","toolArgs":{"command":KEY}"#, "permissionDecision", "deny",
                "permissionDecisionReason"
            ),
            (
                "copilot", "PostToolUse",
                #""tool_name":"Bash","tool_input":{},"tool_result":{"text_result_for_llm":KEY}"#,
                "decision", "block", "modifiedResult.textResultForLlm"
            ),
            (
                "copilot", "", #""prompt":"","transformedPrompt":KEY"#, "continue", "nil", "modifiedTransformedPrompt"
            ),
            ("cursor", "beforeSubmitPrompt", #""prompt":KEY"#, "continue", "0", "user_message"),
            (
                "cursor", "preToolUse", #""tool_name":"Shell","tool_input":{"command":KEY}"#, "permission", "deny",
                "agent_message"
            ),
            ("cursor", "beforeShellExecution", #""command":KEY"#, "permission", "deny", "user_message"),
            ("cursor", "beforeReadFile", #""file_path":"/a/b","content":KEY"#, "permission", "deny", "user_message"),
            (
                "cursor", "postToolUse", #""tool_name":"MCP:a","tool_input":{},"tool_output":KEY"#,
                "updated_mcp_tool_output",
                "MASKED", "additional_context"
            ),
            ("vibe", "pre_tool", #""tool_name":"bash","tool_input":{"command":KEY}"#, "decision", "deny", "reason"),
            (
                "vibe", "post_tool",
                #""tool_name":"bash","tool_input":{},"tool_output":{"stdout":KEY},"tool_output_text":KEY"#,
                "decision", "deny", "reason"
            ),
        ])
    func whatHoldsAKeyIsRefusedInTheWordsOfTheClient(
        client: String, event: String, members: String, field: String, word: String, reasonField: String
    ) throws {
        let name = event.isEmpty ? "" : #""hook_event_name":"\#(event)","#
        let members = members.replacing("KEY", with: "\"export MISTRAL_API_KEY=\(key)\\nls\"")
        let answer = try answer(client, "{\(name)\(members)}")
        let masked = "export MISTRAL_API_KEY=\(key.prefix(4))…\(key.suffix(4))\nls"
        #expect(text(answer, field) == (word == "MASKED" ? masked : word == "nil" ? nil : word))
        let reason = try #require(text(answer, reasonField))
        #expect(reason.hasPrefix("windsock: "))
        #expect(reason.contains("mistral-api-key of Mistral AI: \(key.prefix(4))…\(key.suffix(4))"))
        #expect(reason.contains("MISTRAL_API_KEY"))

        let clean = try self.answer(client, Self.clean.replacing("EVENT", with: event))
        #expect(Set(clean.keys).isSubset(of: ["permission"]), "nothing is said of \(event) without a key")
        if let permission = clean["permission"] as? String {
            #expect(permission == "allow" && event == "beforeReadFile")
        }
    }

    @Test func codexIsToldNoFieldThatItDoesNotKnow() throws {
        let known: Set = [
            "continue", "decision", "reason", "hookSpecificOutput", "stopReason", "suppressOutput", "systemMessage",
        ]
        for event in ["UserPromptSubmit", "PreToolUse", "PostToolUse"] {
            for options in [[], ["--mask"]] {
                let input =
                    #"{"hook_event_name":"\#(event)","prompt":"K","tool_name":"Bash","tool_input":{"command":"K"},"tool_response":"K"}"#
                    .replacing("\"K\"", with: "\"MISTRAL_API_KEY=\(key)\"")
                let answer = try answer("codex", input, options)
                #expect(Set(answer.keys).isSubset(of: known))
                let specific = (answer["hookSpecificOutput"] as? [String: Any])?.keys.map { $0 } ?? []
                let inner: Set = [
                    "hookEventName", "permissionDecision", "permissionDecisionReason", "updatedInput",
                    "additionalContext",
                ]
                #expect(Set(specific).isSubset(of: inner))
            }
        }
    }

    @Test(
        arguments: [
            (
                "claude-code", "PreToolUse", "hookSpecificOutput.updatedInput.command",
                "hookSpecificOutput.permissionDecision", "ask"
            ),
            (
                "codex", "PreToolUse", "hookSpecificOutput.updatedInput.command",
                "hookSpecificOutput.permissionDecision", "allow"
            ),
            ("gemini", "BeforeTool", "hookSpecificOutput.tool_input.command", "decision", nil),
            ("copilot", "PreToolUse", "modifiedArgs.command", "permissionDecision", nil),
            ("cursor", "preToolUse", "updated_input.command", "permission", nil),
            ("vibe", "pre_tool", "hook_specific_output.tool_input.command", "decision", nil),
            ("claude-code", "PostToolUse", "hookSpecificOutput.updatedToolOutput.stdout", "decision", nil),
            ("copilot", "PostToolUse", "modifiedResult.textResultForLlm", "decision", nil),
        ] as [(String, String, String, String, String?)])
    func maskLetsPassWithoutTheKeyWhereTheClientCan(
        client: String, event: String, field: String, decision: String, word: String?
    ) throws {
        let value = #""curl -H 'x-mistral-key: KEY' \ud83d\ude00 # \u00e9""#.replacing("KEY", with: key)
        let result =
            client == "copilot"
            ? #""tool_result":{"text_result_for_llm":VALUE}"# : #""tool_response":{"stdout":VALUE,"code":0}"#
        let isAfter = event == "PostToolUse"
        let members =
            isAfter ? "\"tool_input\":{},\(result)" : #""tool_input":{"command":VALUE,"timeout":1000,"a":[null]}"#
        let input = #"{"hook_event_name":"\#(event)","tool_name":"Bash",\#(members.replacing("VALUE", with: value))}"#
        let answer = try answer(client, input, ["--mask"])
        #expect(text(answer, field) == "curl -H 'x-mistral-key: \(key.prefix(4))…\(key.suffix(4))' 😀 # é")
        #expect(text(answer, decision) == word)
        if !isAfter {
            let path = field.split(separator: ".").dropLast().joined(separator: ".")
            #expect(text(answer, path + ".timeout") == "1000", "what is beside it stays")
        }
    }

    @Test(
        arguments: ["claude-code", "codex", "gemini"])
    func aPromptThatCannotBeReplacedIsRefusedWithTheTextToSendInItsPlace(client: String) throws {
        let answer = try answer(
            client, #"{"hook_event_name":"UserPromptSubmit","prompt":"why is MISTRAL_API_KEY=\#(key) refused?"}"#,
            ["--mask"])
        #expect(["block", "deny"].contains(answer["decision"] as? String))
        #expect(
            (answer["reason"] as? String)?.hasSuffix(
                "why is MISTRAL_API_KEY=\(key.prefix(4))…\(key.suffix(4)) refused?") == true)
    }

    @Test(
        arguments: [
            "", "{\"prompt\":\"", "null", String(repeating: "[", count: 100_000),
        ], ["claude-code", "cursor", "codex", "copilot", "gemini", "vibe"])
    func whatCannotBeJudgedPassesUnlessATeamWantsItOtherwise(event: String, client: String) throws {
        let open = Windsock.run(["agent", "hook", client], in: folder, input: event)
        #expect(open.status == 0)
        let isJSON = event == "null"
        #expect(isJSON || open.errors.hasPrefix("windsock: the event is no JSON: "))
        for word in ["deny", "block", "false"] { #expect(!open.output.contains(word)) }
        let closed = Windsock.run(["agent", "hook", client, "--fail-closed"], in: folder, input: event)
        #expect(closed.status == 0)
        #expect(isJSON || ["deny", "block"].contains { closed.output.contains("\"\($0)\"") })
        let value = try JSONSerialization.jsonObject(with: Data(closed.output.utf8))
        #expect(value is [String: Any])
    }

    @Test func wrongOptionsStopNoAgent() {
        for words in [["nobody"], ["codex", "--no-such-option"], [], ["codex", "a", "b"]] {
            let outcome = Windsock.run(["agent", "hook"] + words, in: folder, input: "{}")
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("wrong usage of agent hook"))
            #expect(!outcome.output.contains("deny") && !outcome.output.contains("block"))
        }
        let closed = Windsock.run(
            ["agent", "hook", "codex", "--no-such-option", "--fail-closed"], in: folder, input: "{}")
        #expect(closed.status == 0)
        #expect(closed.output.contains("\"block\""))
    }

    @Test func aCommentBesideAKeyCountsForNothing() throws {
        let answer = try answer(
            "claude-code",
            #"{"hook_event_name":"PreToolUse","tool_name":"Write","tool_input":{"file_path":"/a/.env","content":"MISTRAL_API_KEY=\#(key) # windsock:allow\n"}}"#
        )
        #expect(text(answer, "hookSpecificOutput.permissionDecision") == "deny")
    }

    @Test func namesAroundAValueCount() throws {
        let inputs = [
            #"{"env":{"MISTRAL_API_KEY":"\#(key)"}}"#,
            #"{"pairs":[{"name":"MISTRAL_API_KEY","value":"\#(key)"}]}"#,
            #"{"content":"{\"MISTRAL_API_KEY\":\"\#(key)\"}"}"#,
            #"{"content":"bWlzdHJhbA==","patch":"*** Begin Patch\n*** Add File: a\n+MISTRAL_API_KEY=\#(key)\n*** End Patch"}"#,
            #"{"content":"echo \#(Data("MISTRAL_API_KEY=\(key)".utf8).base64EncodedString()) | base64 -d"}"#,
        ]
        for input in inputs {
            for options in [[], ["--mask"]] {
                let event = #"{"hook_event_name":"PreToolUse","tool_name":"a","tool_input":\#(input)}"#
                let answer = try answer("claude-code", event, options)
                let decision = text(answer, "hookSpecificOutput.permissionDecision")
                #expect(decision == (options.isEmpty ? "deny" : "ask"), "\(input)")
            }
        }
    }

    @Test func anEditThatTakesAKeyAwayIsNotStopped() throws {
        func decision(_ input: String, tool: String = "Edit") throws -> String? {
            text(
                try answer(
                    "claude-code", #"{"hook_event_name":"PreToolUse","tool_name":"\#(tool)","tool_input":\#(input)}"#),
                "hookSpecificOutput.permissionDecision")
        }
        let old = "MISTRAL_API_KEY = \\\"\(key)\\\""
        let new = "MISTRAL_API_KEY = os.environ[\\\"MISTRAL_API_KEY\\\"]"
        #expect(try decision(#"{"file_path":"/a.py","old_string":"\#(old)","new_string":"\#(new)"}"#) == nil)
        #expect(try decision(#"{"file_path":"/a.py","old_string":"\#(new)","new_string":"\#(old)"}"#) == "deny")
        #expect(try decision(#"{"edits":[{"old_string":"\#(old)","new_string":"\#(new)"}]}"#) == nil)
        let patch = "*** Begin Patch\\n*** Update File: a.py\\n-\(old)\\n+\(new)\\n*** End Patch"
        #expect(try decision(#"{"command":"\#(patch)"}"#, tool: "apply_patch") == nil)
    }

    @Test func theRepositorysBaselineHoldsAndABrokenConfigurationIsNoWayAround() throws {
        let repository = RepositoryBuilder()
        let event =
            #"{"hook_event_name":"UserPromptSubmit","cwd":"\#(repository.path)","prompt":"MISTRAL_API_KEY=\#(key)"}"#
        #expect(try answer("claude-code", event)["decision"] as? String == "block")
        repository.write([".env": "MISTRAL_API_KEY=\(key)\n"])
        #expect(Windsock.run(["baseline", "create"], in: repository).status == 0)
        #expect(try answer("claude-code", event).isEmpty)
        try FileManager.default.removeItem(atPath: repository.path + "/.windsock-baseline")
        repository.write([".windsock.toml": "exclude = ["])
        let outcome = Windsock.run(["agent", "hook", "claude-code"], in: folder, input: event)
        #expect(outcome.output.contains("\"block\""))
        #expect(outcome.errors.contains("only the built-in rules were asked"))
    }

    @Test func aCommitIsLookedAtBeforeTheShellMakesIt() throws {
        let repository = RepositoryBuilder()
        repository.write(["a.env": "MISTRAL_API_KEY=\(key)\n"])
        func decision(_ command: String) throws -> String? {
            let event =
                #"{"hook_event_name":"PreToolUse","cwd":"\#(repository.path)","tool_name":"Bash","tool_input":{"command":"\#(command)"}}"#
            return text(try answer("claude-code", event), "hookSpecificOutput.permissionDecision")
        }
        #expect(try decision("git commit -m x") == nil, "nothing is staged")
        #expect(try decision("git add . && git commit -m x") == "deny")
        #expect(try decision("git log --grep commit") == nil)
        repository.stage(["a.env": "MISTRAL_API_KEY=\(key)\n"])
        #expect(try decision("git commit --no-verify -m x") == "deny")
        #expect(try decision("cd . ; /usr/bin/git -C . -c a.b=c commit -qam x") == "deny")
        #expect(try decision("echo git commit") == nil)
        #expect(try decision("git status") == nil)
    }

    @Test func cursorRunsTheHooksOfClaudeCodeAndIsAnsweredAsWhatItIs() throws {
        let answer = try answer(
            "claude-code",
            #"{"hook_event_name":"beforeSubmitPrompt","cursor_version":"2.0","prompt":"MISTRAL_API_KEY=\#(key)"}"#)
        #expect(answer["continue"] as? Bool == false)
    }

    @Test func aLargeEventIsJudgedAndOneThatIsCutIsNot() throws {
        let filler = String(repeating: "All work and no play makes Jack a dull boy.\\n", count: 40_000)
        let event =
            #"{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{},"tool_response":{"stdout":"\#(filler)MISTRAL_API_KEY=\#(key)"}}"#
        let answer = try answer("claude-code", event)
        #expect(answer["decision"] as? String == "block")
        let cut = Windsock.run(["agent", "hook", "claude-code"], in: folder, input: String(event.dropLast(3)))
        #expect(cut.status == 0 && cut.output.contains("systemMessage"))
    }
}
