import Bytes

/// A JSON text of which one member is changed, and everything else stays as somebody wrote it.
struct JSONOutline {
    private let bytes: [UInt8]
    /// `nil` for what is no JSON.
    private let root: JSONNode?

    init(_ text: String) {
        bytes = Array(text.utf8)
        do throws(JSONProblem) {
            root = try JSONDocument(bytes, dialect: .commented).root
        } catch {
            root = nil
        }
    }

    /// The object that keys lead to; `nil` if there is none.
    func object(_ path: [String]) -> JSONNode? {
        var node = root
        for key in path { node = node?[name: key] }
        return node?.kind == .object ? node : nil
    }

    /// The text with another one in the place of some bytes.
    func replacing(_ range: Range<Int>, with text: String) -> String {
        String(
            decoding: Array(bytes[..<range.lowerBound]) + Array(text.utf8) + bytes[range.upperBound...], as: UTF8.self)
    }

    func text(_ node: JSONNode) -> String { String(decoding: node.source, as: UTF8.self) }

    /// White space between the line's start and a place.
    func indentation(at position: Int) -> String {
        let start = bytes[..<position].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        let line = bytes[start..<position]
        return line.allSatisfy(\.isWhitespace) ? String(decoding: line, as: UTF8.self) : ""
    }

    /// A string's text between its quotes.
    static func escaped(_ text: String) -> String { String(JSONDocument.quoted(text).dropFirst().dropLast()) }
}
