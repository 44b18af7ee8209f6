import Bytes
import FoundationEssentials
import Git
import Platform

/// Tries the hooks of a client: runs what its settings say as the client does it, with a key that nobody ever had.
struct AgentProof {
    let client: AgentClient
    /// As it stands in the settings.
    let command: String

    /// Names of events with what each is given; that of Copilot's command line comes without a name.
    private func trials(_ key: String) -> [(name: String, event: String)] {
        let text = JSONDocument.quoted("MISTRAL_API_KEY=\(key)")
        let input = "{\"command\":\(text)}"
        return switch client {
        case .claudeCode, .codex:
            [
                ("UserPromptSubmit", "\"prompt\":\(text)"),
                ("PreToolUse", "\"tool_name\":\"Bash\",\"tool_input\":\(input)"),
                ("PostToolUse", "\"tool_name\":\"Bash\",\"tool_input\":{},\"tool_response\":{\"stdout\":\(text)}"),
            ]
        case .gemini:
            [
                ("BeforeAgent", "\"prompt\":\(text)"),
                ("BeforeTool", "\"tool_name\":\"run_shell_command\",\"tool_input\":\(input)"),
                (
                    "AfterTool",
                    "\"tool_name\":\"run_shell_command\",\"tool_input\":{},\"tool_response\":{\"llmContent\":\(text)}"
                ),
            ]
        case .copilot:
            [
                ("UserPromptSubmit", "\"prompt\":\(text)"),
                ("PreToolUse", "\"tool_name\":\"Bash\",\"tool_input\":\(input)"),
                (
                    "PostToolUse",
                    "\"tool_name\":\"Bash\",\"tool_input\":{},\"tool_result\":{\"text_result_for_llm\":\(text)}"
                ),
                ("", "\"prompt\":\"\",\"transformedPrompt\":\(text)"),
            ]
        case .cursor:
            [
                ("beforeSubmitPrompt", "\"prompt\":\(text)"),
                ("preToolUse", "\"tool_name\":\"Shell\",\"tool_input\":\(input)"),
                ("beforeReadFile", "\"file_path\":\"/a\",\"content\":\(text)"),
                ("postToolUse", "\"tool_name\":\"MCP:a\",\"tool_input\":{},\"tool_output\":\(text)"),
            ]
        case .vibe:
            [
                ("pre_tool", "\"tool_name\":\"bash\",\"tool_input\":\(input)"),
                ("post_tool", "\"tool_name\":\"bash\",\"tool_input\":{},\"tool_output_text\":\(text)"),
            ]
        }
    }

    /// - Returns: What was tried, and how long the longest answer took, in milliseconds.
    /// - Throws: What does not hold.
    func run() throws(CommandFailure) -> (count: Int, milliseconds: Int) {
        let key = HookProof.madeUpKey()
        var longest = 0
        for (name, members) in trials(key) {
            let event = "{\"hook_event_name\":\"\(name)\",\(members)}"
            let (answer, milliseconds) = try answer(to: event)
            longest = max(longest, milliseconds)
            let shown = name.isEmpty ? "userPromptTransformed" : name
            // How windsock begins and ends the key, whether it refuses the event or masks it.
            guard answer.contains("\(key.prefix(4))…\(key.suffix(4))") else {
                throw CommandFailure(
                    "\(shown): a key was not refused; the answer was: \(answer.replacing(key, with: "…"))")
            }
            if answer.contains(key) { throw CommandFailure("\(shown): the answer shows the key") }
        }
        let (name, members) = trials("none")[0]
        let clean = try answer(to: "{\"hook_event_name\":\"\(name)\",\(members)}").text
        guard clean.contains("{}") else { throw CommandFailure("a prompt without a key was not let pass: \(clean)") }
        return (trials(key).count, longest)
    }

    private func answer(to event: String) throws(CommandFailure) -> (text: String, milliseconds: Int) {
        let began = Date()
        // The key stands in no argument and no file: as a variable of the shell alone it is its user's.
        let script = "printf '%s' \"$windsock_event\" | { \(command); }"
        var shell = ShellProgram()
        shell.variables["windsock_event"] = event
        let outcome = try shell.run(script)
        guard outcome.status == 0 else {
            throw CommandFailure("\(command) ended with exit code \(outcome.status): \(outcome.errors)")
        }
        return (outcome.output, Int(Date().timeIntervalSince(began) * 1000))
    }
}

/// Runs lines of a shell.
struct ShellProgram {
    /// Variables beside those of the process.
    var variables: [String: String] = [:]

    func run(_ script: String) throws(CommandFailure) -> GitProgram.Outcome {
        let environment = GitProgram(folder: ".", variables: variables.mapValues { $0 }).environment
        do throws(SystemError) {
            let outcome = try ChildProcess.run(["sh", "-c", script], environment: environment)
            return GitProgram.Outcome(
                status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self),
                errors: String(decoding: outcome.errors, as: UTF8.self))
        } catch {
            throw CommandFailure("could not run a shell: \(error.reason)")
        }
    }
}
