internal import Bytes

/// Several texts in one column: an array of JSON, which SQLite's own `json_each` takes apart; no texts are NULL.
enum TextList {
    static func value(_ texts: [String]) -> SQLValue {
        texts.isEmpty ? .null : .text("[" + texts.map(JSONDocument.quoted).joined(separator: ",") + "]")
    }

    /// Counts by name, as an object of JSON.
    static func value(_ counts: [String: Int]) -> SQLValue {
        guard !counts.isEmpty else { return .null }
        let members = counts.sorted { $0.key < $1.key }.map { "\(JSONDocument.quoted($0.key)):\($0.value)" }
        return .text("{" + members.joined(separator: ",") + "}")
    }

    static func texts(in column: String) -> [String] {
        guard let document = try? JSONDocument(Array(column.utf8)) else { return [] }
        return document.root.elements.compactMap(\.text)
    }

    static func counts(in column: String) -> [String: Int] {
        guard let document = try? JSONDocument(Array(column.utf8)) else { return [:] }
        return Dictionary(
            document.root.members.map { ($0.name, $0.value.integer ?? 0) }, uniquingKeysWith: { $1 })
    }
}
