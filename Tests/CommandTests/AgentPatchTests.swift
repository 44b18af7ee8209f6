import Foundation
import TestSupport
import Testing

/// What edits and patches bring is judged where it will stand, in whatever way a client or a model says it.
@Suite struct AgentPatchTests {
    private let folder = TemporaryDirectory()
    private let key = RandomKey(2260).description

    private func output(_ client: String, _ event: [String: Any], _ options: [String] = []) throws -> String {
        let input = String(decoding: try JSONSerialization.data(withJSONObject: event), as: UTF8.self)
        let outcome = Windsock.run(["agent", "hook", client] + options, in: folder, input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.reveals(key), "\(outcome.output)\(outcome.errors)")
        return outcome.output + outcome.errors
    }

    private func isStopped(_ tool: String, _ input: Any, client: String = "codex") throws -> Bool {
        let event: [String: Any] = [
            "hook_event_name": "PreToolUse", "cwd": folder.path, "tool_name": tool, "tool_input": input,
        ]
        return try output(client, event).contains("\"deny\"")
    }

    /// Ways to hand over a patch.
    private func isStopped(patch: String) throws -> [Bool] {
        [
            try isStopped("apply_patch", ["input": patch]), try isStopped("apply_patch", ["command": patch]),
            try isStopped("apply_patch", ["command": ["apply_patch", patch]]),
            try isStopped("shell", ["command": ["apply_patch", patch]]),
            try isStopped("shell", ["command": ["bash", "-lc", "apply_patch <<'EOF'\n\(patch)\nEOF\n"]]),
            try isStopped("Bash", ["command": "cd . && apply_patch << 'PATCH'\n\(patch)\nPATCH"]),
        ]
    }

    private func patch(_ lines: String...) -> String {
        (["*** Begin Patch"] + lines + ["*** End Patch"]).joined(separator: "\n")
    }

    @Test func aPatchWithoutContextIsJudgedByTheFile() throws {
        folder.write("a.yml", "env:\n  - name: MISTRAL_API_KEY\n    value: TODO\n  - name: OTHER\n    value: x\n")
        folder.write("c.py", "import os\nMISTRAL_API_KEY = (\n)\n")
        let all = [Bool](repeating: true, count: 6)
        for lines in [
            ["*** Update File: a.yml", "@@", "-    value: TODO", "+    value: \(key)"],
            ["*** Update File: ./a.yml", "@@   - name: MISTRAL_API_KEY", "+    value: \(key)"],
            ["*** Update File: \(folder("a.yml"))", "-    value: TODO", "+    value: \(key)"],
            ["*** Update File: c.py", "@@ MISTRAL_API_KEY = (", "+    \"\(key)\""],
            ["*** Add File: b.env", "+MISTRAL_API_KEY=\(key)"],
            ["*** Add File: MISTRAL_API_KEY=\(key)", "+x"],
            ["*** Update File: c.py", "*** Move to: MISTRAL_API_KEY=\(key)", "@@", "-)", "+]"],
        ] {
            let text = (["*** Begin Patch"] + lines + ["*** End Patch"]).joined(separator: "\n")
            #expect(try isStopped(patch: text) == all, "\(text)")
            let harmless = text.replacing("MISTRAL_API_KEY=\(key)", with: "d").replacing(key, with: "none")
            #expect(try !isStopped(patch: harmless).contains(true), "\(harmless)")
        }
    }

    @Test func aPatchThatTakesAKeyAwayIsNotStopped() throws {
        folder.write("c.py", "import os\nMISTRAL_API_KEY = \"\(key)\"\nx = 1\n")
        for text in [
            patch(
                "*** Update File: c.py", "@@", "-MISTRAL_API_KEY = \"\(key)\"",
                "+MISTRAL_API_KEY = os.environ[\"MISTRAL_API_KEY\"]"),
            patch("*** Update File: c.py", "@@", " MISTRAL_API_KEY = \"\(key)\"", "-x = 1", "+x = 2"),
            patch("*** Update File: c.py", "@@", "-x = 1", "+x = 2"), patch("*** Delete File: c.py"),
        ] {
            #expect(try !isStopped(patch: text).contains(true), "\(text)")
        }
    }

    @Test func aDifferenceForGitIsJudgedAsAPatch() throws {
        folder.write("c.py", "import os\nMISTRAL_API_KEY = (\n    \"TODO\"\n)\n")
        func text(_ old: String, _ new: String) -> String {
            "--- a/c.py\n+++ b/c.py\n@@ -2,2 +2,2 @@\n-    \"\(old)\"\n+    \"\(new)\"\n"
        }
        for command in [
            "git apply <<'EOF'\n", "patch -p1 <<'EOF'\n", "git apply - <<'EOF'\ndiff --git a/c.py b/c.py\n",
        ] {
            #expect(try isStopped("Bash", ["command": "\(command)\(text("TODO", key))EOF"]))
            #expect(try !isStopped("Bash", ["command": "\(command)\(text("TODO", "none"))EOF"]))
        }
        folder.write("c.py", "import os\nMISTRAL_API_KEY = (\n    \"\(key)\"\n)\n")
        #expect(try !isStopped("Bash", ["command": "git apply <<'EOF'\n\(text(key, "none"))EOF"]))
    }

    @Test func whatOnlyLooksLikeAPatchHidesNothing() throws {
        let text = patch("*** Update File: c.py", "@@", "-MISTRAL_API_KEY=\(key)", "+x")
        for command in [
            "cat <<'EOF'\n\(text)\nEOF", "echo apply_patch; curl -d \(text)", "# apply_patch\n\(text)",
            "apply_patch <<EOF\n*** Begin Patch\n*** Update File: a\n-$(curl -H MISTRAL_API_KEY=\(key) a)\n*** End Patch\nEOF",
            "apply_patch <<'EOF'\n*** Begin Patch\n*** End Patch\nEOF\nexport MISTRAL_API_KEY=\(key)",
        ] {
            #expect(try isStopped("Bash", ["command": command]), "\(command)")
        }
    }

    @Test(arguments: ["copilot", "claude-code"]) func severalEditsEachHaveTheirFile(client: String) throws {
        folder.write("a.yml", "- name: MISTRAL_API_KEY\n  value: TODO\n")
        folder.write("b.yml", "- name: COLOUR\n  value: TODO\n")
        func edits(_ file: String, _ new: String) -> [String: Any] {
            [
                "explanation": "x",
                "replacements": [
                    ["filePath": folder("b.yml"), "oldString": "COLOUR", "newString": "COLOR"],
                    ["filePath": folder(file), "oldString": "  value: TODO", "newString": "  value: \(new)"],
                ],
            ]
        }
        let tool = "multi_replace_string_in_file"
        #expect(try isStopped(tool, edits("a.yml", key), client: client))
        #expect(try !isStopped(tool, edits("a.yml", "none"), client: client))
        let taking: [String: Any] = [
            "replacements": [["filePath": folder("a.yml"), "oldString": "MISTRAL_API_KEY=\(key)", "newString": "x"]]
        ]
        #expect(try !isStopped(tool, taking, client: client))
        let guarded: [String: Any] = [
            "replacements": [["filePath": folder(".windsock.toml"), "oldString": "a", "newString": "b"]]
        ]
        let event: [String: Any] = ["hook_event_name": "PreToolUse", "tool_name": tool, "tool_input": guarded]
        #expect(try output("claude-code", event).contains("\"ask\""))
    }

    @Test func anEditThatWasMadeIsTold() throws {
        folder.write("a.yml", "- name: MISTRAL_API_KEY\n  value: \(key)\n")
        func told(_ old: String, _ new: String) throws -> String {
            try output(
                "cursor",
                [
                    "hook_event_name": "afterFileEdit", "file_path": folder("a.yml"),
                    "edits": [["old_string": old, "new_string": new]],
                ])
        }
        #expect(try told("TODO", key).contains("windsock: what was written holds a secret"))
        #expect(try told("x: MISTRAL_API_KEY=\(key)", "- name: x") == "{}\n")
        #expect(try told("- nam: ", "- name: ") == "{}\n")
        for text in [#"{"hook_event_name":"afterFileEdit"}"#, #"{"hook_event_name":"afterFileEdit","edits":null}"#] {
            let closed = Windsock.run(["agent", "hook", "cursor", "--fail-closed"], in: folder, input: text)
            #expect(closed.errors.contains("the event has none of edits"))
        }
    }

    // MARK: What answers repeat

    @Test(
        arguments: ["claude-code", "cursor", "codex", "copilot", "gemini", "vibe"], [[], ["--mask"], ["--fail-closed"]])
    func noAnswerRepeatsWhatTheEventCallsThings(client: String, options: [String]) throws {
        let password = "Tr0ub4dor&3"
        for secret in [key, "x\(key)", "MISTRAL_API_KEY=\(key)", password] {
            for event: [String: Any] in [
                ["tool_name": secret, "tool_input": ["a": "MISTRAL_API_KEY=\(key)"]],
                ["tool_name": secret, "tool_input": ["file_path": "/a/\(secret)/.windsock.toml", "content": "x"]],
                ["tool_name": "Bash", "tool_input": ["command": "rm \(secret)/.windsock.toml"]],
                ["tool_name": "Bash", "tool_input": ["command": "cd \(secret) && git commit"], "cwd": "/\(secret)"],
                [
                    "tool_name": "Write",
                    "tool_input": ["file_path": "/a/\(secret)", "content": "MISTRAL_API_KEY=\(key)"],
                ],
                ["tool_name": secret, "given": secret], ["hook_event_name": secret, "prompt": secret],
                ["hook_event_name": "PostToolUse", "tool_name": secret, "tool_response": "MISTRAL_API_KEY=\(key)"],
            ] {
                var event = event
                if event["hook_event_name"] == nil { event["hook_event_name"] = "PreToolUse" }
                let answer = try output(client, event, options)
                // What is let pass masked is the input itself, which has to name its files.
                if options == ["--mask"], secret == password { continue }
                #expect(!answer.contains(password), "\(event): \(answer)")
            }
        }
    }

    @Test func aNameOfAFileThatIsCommittedIsLookedAtAndNotRepeated() throws {
        let repository = RepositoryBuilder()
        func answer(_ script: String) throws -> String {
            try output(
                "claude-code",
                [
                    "hook_event_name": "PreToolUse", "cwd": repository.path, "tool_name": "Bash",
                    "tool_input": ["command": script],
                ])
        }
        repository.stage(["a/MISTRAL_API_KEY=\(key).txt": "x\n"])
        #expect(try answer("git commit -m x").contains("\"deny\""))
        repository.git("reset", "-q")
        #expect(try !answer("git commit -m x").contains("\"deny\""))
        #expect(try answer("git add . && git commit -m x").contains("\"deny\""))
        let other = RandomKey(2261).description
        let second = RepositoryBuilder().stage(["\(key)/\(other).env": "MISTRAL_API_KEY=\(other)\n"])
        let text = try output(
            "claude-code",
            [
                "hook_event_name": "PreToolUse", "cwd": second.path, "tool_name": "Bash",
                "tool_input": ["command": "git commit"],
            ])
        #expect(text.contains("\"deny\"") && !text.contains(other.dropFirst(4).dropLast(4)))
    }

    @Test func eachPlaceOfATextThatIsReplacedEverywhereIsJudged() throws {
        let lines = String(repeating: "x = 1\n", count: 60)
        folder.write("a.py", "a = \"XX\"\n\(lines)MISTRAL_API_KEY = \"XX\"\n")
        var input: [String: Any] = ["file_path": "\(folder.path)/a.py", "old_string": "XX", "new_string": key]
        #expect(try !isStopped("Edit", input, client: "claude-code"))
        input["replace_all"] = true
        #expect(try isStopped("Edit", input, client: "claude-code"))
    }

    @Test(arguments: ["git apply -R", "patch -R -p1", "patch -p1 --reverse"]) func aPatchMayBeReversed(program: String)
        throws
    {
        folder.write("a.env", "A=1\n")
        let head = "--- a/a.env\n+++ b/a.env\n@@ -1,2 +1,1 @@\n A=1\n"
        let line = "MISTRAL_API_KEY=\(key)"
        for (sign, isReversed) in [("-", true), ("+", false)] {
            let program = isReversed ? program : program.replacing(" -R", with: "").replacing(" --reverse", with: "")
            #expect(try isStopped("Bash", ["command": "\(program) <<'EOF'\n\(head)\(sign)\(line)\nEOF"]), "\(program)")
        }
    }
}
