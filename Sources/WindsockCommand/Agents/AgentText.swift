import Bytes

/// A text of an event that is looked at: a prompt, or one of the texts that a tool is given or gives.
struct AgentText {
    /// Where it stands in the event.
    let node: JSONNode
    /// Without quotes and escapes.
    let bytes: [UInt8]
    /// As long, without what is not looked at.
    let searched: [UInt8]

    /// All texts of a value, without what an edit takes away.
    static func all(in node: JSONNode, edit: AgentEdit?) -> [AgentText] {
        var result: [AgentText] = []
        collect(node, edit, into: &result)
        return result
    }

    private static func collect(_ node: JSONNode, _ edit: AgentEdit?, into result: inout [AgentText]) {
        let start = node.range.lowerBound
        if let edit, edit.taken.contains(start) { return }
        switch node.kind {
        case .string:
            if let text = node.text, text.utf8.count >= minimumCount {
                let bytes = Array(text.utf8)
                result.append(AgentText(node: node, bytes: bytes, searched: edit?.searched[start] ?? bytes))
            }
        case .array: for element in node.elements { collect(element, edit, into: &result) }
        case .object: for member in node.members { collect(member.value, edit, into: &result) }
        case .number, .yes, .no, .null: break
        }
    }

    /// Shorter texts hold no secret.
    private static let minimumCount = 8

    /// A value as it is written, without what edits take away: names beside values say whose a key is.
    static func source(of node: JSONNode, edit: AgentEdit?) -> [UInt8] {
        var bytes = Array(node.source)
        if let edit { blank(node, edit, in: &bytes, from: node.range.lowerBound) }
        return bytes
    }

    private static func blank(_ node: JSONNode, _ edit: AgentEdit, in bytes: inout [UInt8], from start: Int) {
        let place = node.range.lowerBound
        if edit.taken.contains(place) || edit.searched[place] != nil {
            for index in node.range { bytes[index - start] = .space }
            bytes[place - start] = UInt8(ascii: "0")
        }
        for member in node.members { blank(member.value, edit, in: &bytes, from: start) }
        for element in node.elements { blank(element, edit, in: &bytes, from: start) }
    }
}
