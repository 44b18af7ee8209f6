import Bytes

/// A text of an event that is looked at: a prompt, or one of the texts that a tool is given or gives.
struct AgentText {
    /// Where it stands in the event.
    let node: JSONNode
    /// Without quotes and escapes.
    let bytes: [UInt8]
    /// As long, without what is not looked at.
    let searched: [UInt8]

    /// All texts of a value, those left out that only repeat what is there already.
    static func all(in node: JSONNode) -> [AgentText] {
        var result: [AgentText] = []
        collect(node, into: &result)
        return result
    }

    private static func collect(_ node: JSONNode, into result: inout [AgentText]) {
        switch node.kind {
        case .string:
            if let text = node.text, text.utf8.count >= minimumCount {
                let bytes = Array(text.utf8)
                result.append(AgentText(node: node, bytes: bytes, searched: isPatch(bytes) ? added(bytes) : bytes))
            }
        case .array: for element in node.elements { collect(element, into: &result) }
        case .object:
            for member in node.members where !repeated.contains(member.name) { collect(member.value, into: &result) }
        case .number, .yes, .no, .null: break
        }
    }

    /// Shorter texts hold no secret.
    private static let minimumCount = 8

    /// What an edit takes away: the model knows it, and an edit that takes a key out of a file must not be stopped.
    private static let repeated: Set<String> = [
        "old_string", "oldString", "old_str", "old_text", "oldText", "originalFile", "original_content",
    ]

    private static func isPatch(_ text: [UInt8]) -> Bool {
        text.starts(with: "*** Begin Patch".utf8) || text.starts(with: "diff --git ".utf8)
    }

    /// Of a patch only what it adds, its lines where they were.
    private static func added(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (number, line) in text.split(separator: .lineFeed, omittingEmptySubsequences: false).enumerated() {
            if number > 0 { result.append(.lineFeed) }
            // As long as it was: what is masked is masked in the whole text.
            if line.first == .plus {
                result += line
            } else {
                result += repeatElement(.space, count: line.count)
            }
        }
        return result
    }

    /// A value as it is written, without what edits take away: names beside values say whose a key is.
    static func source(of node: JSONNode) -> [UInt8] {
        var bytes = Array(node.source)
        blank(node, in: &bytes, from: node.range.lowerBound)
        return bytes
    }

    private static func blank(_ node: JSONNode, in bytes: inout [UInt8], from start: Int) {
        for member in node.members {
            if repeated.contains(member.name) {
                erase(member.value, in: &bytes, from: start)
            } else {
                blank(member.value, in: &bytes, from: start)
            }
        }
        for element in node.elements { blank(element, in: &bytes, from: start) }
        if node.kind == .string, let text = node.text, isPatch(Array(text.utf8)) {
            erase(node, in: &bytes, from: start)
        }
    }

    private static func erase(_ node: JSONNode, in bytes: inout [UInt8], from start: Int) {
        for index in node.range { bytes[index - start] = .space }
        bytes[node.range.lowerBound - start] = UInt8(ascii: "0")
    }
}
