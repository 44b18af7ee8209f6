import Bytes
import Reports

/// What is told to a client, in its own form.
///
/// An empty object is "go on" for all of them: a word of permission would keep the client from asking its user.
struct AgentAnswer {
    let event: AgentEvent
    /// Whether what can be masked is let pass masked.
    let masks: Bool

    private static let nothing = Array("{}\n".utf8)

    func bytes(_ verdict: AgentVerdict, failsClosed: Bool) -> [UInt8] {
        switch verdict {
        case .allowed: return allowing
        case .unjudged(let reason):
            guard failsClosed else { return notice("windsock: not looked at in full: \(reason)") }
            return refusing("windsock: could not be looked at in full, and --fail-closed says what then: \(reason)")
        case .reserved(let reason): return reserving(reason)
        case .refused(let reason, let mask):
            if masks, let mask, let answer = masking(reason, mask) { return answer }
            return refusing(reason.text, mask, person: reason.personText)
        }
    }

    private var allowing: [UInt8] {
        // Cursor wants a word where it asks for one; nobody is asked before files are read.
        guard event.client == .cursor, event.moment == .beforeRead else { return Self.nothing }
        return object { $0.field("permission", "allow") }
    }

    private func object(_ fill: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.object(fill)
        writer.endLine()
        return writer.bytes
    }

    /// Lets the event pass, and tells the user something.
    private func notice(_ text: String) -> [UInt8] {
        switch event.client {
        case .claudeCode, .codex, .gemini: object { $0.field("systemMessage", text) }
        case .vibe: object { $0.field("system_message", text) }
        case .cursor, .copilot: allowing
        }
    }

    // MARK: Refusing

    /// Asks the user where the client can, whatever it would let pass by itself.
    private func reserving(_ reason: String) -> [UInt8] {
        guard event.client == .claudeCode || event.client == .copilot else { return refusing(reason) }
        return object {
            if event.client == .copilot {
                $0.field("permissionDecision", "ask")
                $0.field("permissionDecisionReason", reason)
            }
            $0.field("hookSpecificOutput", object: { permission("ask", reason, &$0) })
        }
    }

    /// - Parameter person: What is said where no model reads it; `nil`: the same.
    private func refusing(_ reason: String, _ mask: AgentMask? = nil, person: String? = nil) -> [UInt8] {
        switch event.client {
        case .claudeCode: claudeRefusal(reason, mask)
        case .codex: codexRefusal(reason)
        case .gemini, .vibe: block("deny", reason)
        case .copilot: copilotRefusal(reason)
        case .cursor: cursorRefusal(reason, mask, person ?? reason)
        }
    }

    private func block(_ word: String, _ reason: String) -> [UInt8] {
        object {
            $0.field("decision", word)
            $0.field("reason", reason)
        }
    }

    private func permission(_ word: String, _ reason: String, _ writer: inout JSONWriter) {
        writer.field("hookEventName", "PreToolUse")
        writer.field("permissionDecision", word)
        writer.field("permissionDecisionReason", reason)
    }

    /// Of an event that could not be read `decision` is understood before and after tools, too.
    private func claudeRefusal(_ reason: String, _ mask: AgentMask?) -> [UInt8] {
        if event.moment == .beforeTool {
            return object { $0.field("hookSpecificOutput", object: { permission("deny", reason, &$0) }) }
        }
        return object {
            $0.field("decision", "block")
            $0.field("reason", reason)
            // Of a tool that has run it has to be of the tool's own shape: the model sees it in place of what came.
            guard event.moment == .afterTool, let output = mask?.output else { return }
            $0.field(
                "hookSpecificOutput",
                object: {
                    $0.field("hookEventName", "PostToolUse")
                    $0.field("updatedToolOutput", raw: String(decoding: output, as: UTF8.self))
                })
        }
    }

    private func codexRefusal(_ reason: String) -> [UInt8] {
        if event.moment == .beforeTool {
            return object { $0.field("hookSpecificOutput", object: { permission("deny", reason, &$0) }) }
        }
        return block("block", reason)
    }

    /// In the forms of the command line and of Visual Studio Code, each of which passes over that of the other.
    private func copilotRefusal(_ reason: String) -> [UInt8] {
        object {
            switch event.moment {
            case .readyPrompt: $0.field("modifiedTransformedPrompt", reason)
            case .prompt, .other:
                $0.field("continue", false)
                $0.field("stopReason", reason)
                $0.field("systemMessage", reason)
                guard event.moment == .other else { break }
                $0.field("permissionDecision", "deny")
                $0.field("permissionDecisionReason", reason)
            case .beforeTool, .beforeRead:
                $0.field("permissionDecision", "deny")
                $0.field("permissionDecisionReason", reason)
                $0.field("hookSpecificOutput", object: { permission("deny", reason, &$0) })
            case .afterTool, .afterEdit:
                copilotResult(reason, &$0)
                $0.field("decision", "block")
                $0.field("reason", reason)
            }
        }
    }

    private func copilotResult(_ text: String, _ writer: inout JSONWriter) {
        writer.field(
            "modifiedResult",
            object: {
                $0.field("resultType", "success")
                $0.field("textResultForLlm", text)
            })
    }

    private func cursorRefusal(_ reason: String, _ mask: AgentMask?, _ person: String) -> [UInt8] {
        switch event.moment {
        case .prompt, .readyPrompt:
            return object {
                $0.field("continue", false)
                $0.field("user_message", person)
            }
        case .beforeTool, .beforeRead:
            return object {
                $0.field("permission", "deny")
                $0.field("user_message", person)
                if event.moment == .beforeTool { $0.field("agent_message", reason) }
            }
        case .afterTool:
            return object {
                // Only what servers of tools give can be replaced.
                if event.tool.hasPrefix("MCP:") { $0.field("updated_mcp_tool_output", mask?.text ?? reason) }
                $0.field("additional_context", reason)
            }
        case .afterEdit: return Self.nothing
        case .other:
            return object {
                $0.field("continue", false)
                $0.field("permission", "deny")
                $0.field("user_message", person)
            }
        }
    }

    // MARK: Masking

    /// - Returns: `nil` where the client cannot put another text in the place of this one.
    private func masking(_ reason: AgentReason, _ mask: AgentMask) -> [UInt8]? {
        switch event.moment {
        case .beforeTool: return maskingInput(reason.maskedText, mask)
        case .afterTool: return maskingOutput(reason.maskedText, mask)
        case .readyPrompt: return mask.text.map { text in object { $0.field("modifiedTransformedPrompt", text) } }
        // What cannot be replaced is refused, with the text to send in its place.
        case .prompt: return mask.text.map { refusing("\(reason.text)\nThe same without it:\n\($0)") }
        case .beforeRead, .afterEdit, .other: return nil
        }
    }

    private func maskingInput(_ note: String, _ mask: AgentMask) -> [UInt8]? {
        guard let input = mask.input, input.first == .leftBrace else { return nil }
        let source = String(decoding: input, as: UTF8.self)
        switch event.client {
        case .claudeCode, .codex, .copilot:
            // Codex takes another input only with this word, and asks its user all the same; Claude Code would not ask.
            let word = event.client == .codex ? "allow" : "ask"
            return object {
                if event.client == .copilot { $0.field("modifiedArgs", raw: source) }
                $0.field(
                    "hookSpecificOutput",
                    object: {
                        permission(word, note, &$0)
                        $0.field("updatedInput", raw: source)
                    })
            }
        case .gemini:
            return object {
                $0.field("systemMessage", note)
                $0.field("hookSpecificOutput", object: { $0.field("tool_input", raw: source) })
            }
        case .vibe:
            return object {
                $0.field("system_message", note)
                $0.field("hook_specific_output", object: { $0.field("tool_input", raw: source) })
            }
        case .cursor:
            guard event.name == "preToolUse" else { return nil }
            return object { $0.field("updated_input", raw: source) }
        }
    }

    private func maskingOutput(_ reason: String, _ mask: AgentMask) -> [UInt8]? {
        guard let text = mask.text, let output = mask.output else { return nil }
        switch event.client {
        case .claudeCode:
            return object {
                $0.field(
                    "hookSpecificOutput",
                    object: {
                        $0.field("hookEventName", "PostToolUse")
                        $0.field("updatedToolOutput", raw: String(decoding: output, as: UTF8.self))
                    })
            }
        // With these the reason is what the model sees in place of what came.
        case .codex: return block("block", "\(reason)\nThe same without it:\n\(text)")
        case .gemini, .vibe: return block("deny", "\(reason)\nThe same without it:\n\(text)")
        case .copilot: return object { copilotResult(text, &$0) }
        case .cursor:
            guard event.tool.hasPrefix("MCP:") else { return nil }
            return object { $0.field("updated_mcp_tool_output", text) }
        }
    }
}
