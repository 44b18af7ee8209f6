import Foundation

/// What clients of `windsock agent hook` say and are told.
enum AgentEvents {
    /// Of Claude Code before a tool.
    static func beforeTool(_ tool: String, _ input: String, _ more: String = "") -> String {
        #"{"hook_event_name":"PreToolUse",\#(more)"tool_name":"\#(tool)","tool_input":\#(input)}"#
    }

    /// What Claude Code is to do about it: `allow` where nothing is said.
    static func permission(in answer: String) throws -> String {
        let value = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any]
        let specific = value?["hookSpecificOutput"] as? [String: Any]
        return specific?["permissionDecision"] as? String ?? "allow"
    }

    /// A text in JSON, with its quotes.
    static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONSerialization.data(withJSONObject: [text])) ?? Data(), as: UTF8.self)
            .dropFirst().dropLast().description
    }
}
