import Foundation
import TestSupport

/// The server of language models that tests ask: what stands in its address says how it answers (`provider.py`).
struct ModelServer {
    let provider = TestProvider.shared

    /// `http://127.0.0.1:PORT/SCENARIO`
    func address(_ scenario: String = "") -> String {
        "http://127.0.0.1:\(provider.port("model"))" + (scenario.isEmpty ? "" : "/" + scenario)
    }

    /// An address at which a text is the answer, in pieces.
    func saying(_ text: String, _ kind: String = "say") -> String { address("\(kind)/\(Self.hex(text))") }

    static func hex(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What a model answers that does well.
    static func advice(
        opens: String = "It opens the models.", instead: String = "Read it from the environment.",
        file: String = "app.py", edits: [Edit] = [], rotation: [String] = ["Make a new key."],
        logs: [String] = ["Look at usage."]
    ) -> String {
        json([
            "opens": opens, "instead": instead, "rotation": rotation, "logs": logs,
            "patch": [
                "file": file, "edits": edits.map { ["line": $0.line, "old": $0.old, "new": $0.new] as [String: Any] },
            ],
        ])
    }

    /// Lines by lines.
    struct Edit: Sendable {
        var line: Int
        var old: [String]
        var new: [String]
    }

    static func edit(_ line: Int, _ old: [String], _ new: [String]) -> Edit { Edit(line: line, old: old, new: new) }

    static func json(_ value: [String: Any]) -> String {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}

/// The JSON of `windsock advise`.
struct AdviceReport: Decodable {
    struct Answer: Decodable {
        var opens: String?
        var instead: String?
        var rotation: [String]?
        var logs: [String]?
        var opinion: String?
        var why: String?
        var priority: String?
        var diff: String?
        var patchLeftOut: String?
        var removed: String?
    }
    struct Finding: Decodable {
        var rule: String
        var fingerprint: String
        var severity: String
        var path: String?
        var line: Int?
        var note: String?
        var problem: String?
        var answer: Answer?
    }
    var schema: String
    var purpose: String
    var prompts: Int
    var model: String
    var endpoint: String
    var tokens: Int
    var findings: [Finding]
}
