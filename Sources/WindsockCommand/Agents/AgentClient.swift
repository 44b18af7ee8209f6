import ArgumentParser

/// A program in which a model writes code, and that asks others before it does something.
///
/// What each sends and understands was looked up on 2026-12-01:
/// - Claude Code: https://code.claude.com/docs/en/hooks
/// - Cursor: https://cursor.com/docs/hooks
/// - Codex: https://developers.openai.com/codex/hooks, and `codex-rs/hooks/schema` of github.com/openai/codex, whose reader
///   takes an answer with a field that it does not know for none
/// - Copilot: https://docs.github.com/en/copilot/reference/hooks-reference for the command line, and
///   https://code.visualstudio.com/docs/agents/reference/hooks-reference for Visual Studio Code
/// - Gemini CLI: https://geminicli.com/docs/hooks/reference
/// - Mistral Vibe: https://docs.mistral.ai/vibe/code/cli/hooks
enum AgentClient: String, CaseIterable, ExpressibleByArgument, Sendable {
    case claudeCode = "claude-code"
    case cursor
    case codex
    case copilot
    case gemini
    case vibe

    /// As its makers call it.
    var name: String {
        switch self {
        case .claudeCode: "Claude Code"
        case .cursor: "Cursor"
        case .codex: "Codex"
        case .copilot: "Copilot"
        case .gemini: "Gemini CLI"
        case .vibe: "Mistral Vibe"
        }
    }
}
