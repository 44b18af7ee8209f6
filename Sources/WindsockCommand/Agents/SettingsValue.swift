import Bytes

/// A value that is written into somebody's settings.
indirect enum SettingsValue {
    case object([(key: String, value: SettingsValue)])
    case array([SettingsValue])
    case string(String)
    case number(Int)
    case flag(Bool)

    /// On one line.
    var compact: String {
        switch self {
        case .object(let members):
            "{" + members.map { "\(JSONDocument.quoted($0.key)): \($0.value.compact)" }.joined(separator: ", ") + "}"
        case .array(let elements): "[" + elements.map(\.compact).joined(separator: ", ") + "]"
        case .string(let text): JSONDocument.quoted(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        }
    }

    /// On lines of their own.
    ///
    /// - Parameters:
    ///   - style: How the file is written.
    ///   - depth: How deep the line is indented that it begins on.
    func pretty(_ style: SettingsStyle, depth: Int) -> String {
        let (open, parts, close): (String, [String], String)
        switch self {
        case .object(let members) where !members.isEmpty:
            parts = members.map { "\(JSONDocument.quoted($0.key)): \($0.value.pretty(style, depth: depth + 1))" }
            (open, close) = ("{", "}")
        case .array(let elements) where !elements.isEmpty:
            parts = elements.map { $0.pretty(style, depth: depth + 1) }
            (open, close) = ("[", "]")
        case .object, .array, .string, .number, .flag: return compact
        }
        return open + parts.map { style.line(depth + 1) + $0 }.joined(separator: ",") + style.line(depth) + close
    }
}

/// How a file of settings is indented.
struct SettingsStyle {
    var lineEnd = "\n"
    var indentation = "  "
    /// Whether all of it stands on one line.
    var isOneLine = false

    init() {}

    /// As a file has it.
    init(of document: JSONDocument) {
        let bytes = document.bytes
        if let end = bytes.firstIndex(of: .lineFeed), end > 0, bytes[end - 1] == .carriageReturn { lineEnd = "\r\n" }
        guard let first = document.root.members.first else { return }
        let before = bytes[document.root.range.lowerBound..<first.range.lowerBound]
        guard let start = before.lastIndex(of: .lineFeed) else {
            isOneLine = true
            return
        }
        let space = before[(start + 1)...]
        if !space.isEmpty, space.allSatisfy({ $0 == .space || $0 == .tab }) {
            indentation = String(decoding: space, as: UTF8.self)
        }
    }

    /// The beginning of a line.
    func line(_ depth: Int) -> String { lineEnd + String(repeating: indentation, count: depth) }

    func text(_ value: SettingsValue, depth: Int) -> String {
        isOneLine ? value.compact : value.pretty(self, depth: depth)
    }
}
