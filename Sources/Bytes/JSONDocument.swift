/// A JSON text, read without loss: what each value is and where it stands, so that one of them can be changed while everything
/// else stays as somebody wrote it.
///
/// It is a list of values in the order of the text rather than a tree: a text of 100 MB may have fifty million of them.
package struct JSONDocument: Sendable {
    /// What a value is.
    package enum Kind: UInt8, Sendable {
        case object, array, string, number, yes, no, null
    }

    /// How strict the reader is.
    package enum Dialect: Sendable {
        /// RFC 8259.
        case strict
        /// With comments, and with commas behind the last member: what editors and agents allow in their settings.
        case commented
    }

    /// One value; of an object, each key and behind it its value.
    struct Entry: Sendable {
        var kind: Kind
        var start: Int
        var end: Int
        /// The index of the first entry behind all that is in this one.
        var next: Int
    }

    /// The text.
    package let bytes: [UInt8]
    let entries: [Entry]

    /// Values within values beyond this depth are an attack on whoever reads them.
    package static let maximumDepth = 256
    /// A reader's memory is bounded, whatever it is given.
    private static let maximumCount = 8_000_000

    /// Reads a whole text.
    ///
    /// - Throws: `JSONProblem` for what is not one value.
    package init(_ bytes: [UInt8], dialect: Dialect = .strict) throws(JSONProblem) {
        var reader = JSONReader(bytes: bytes, isCommented: dialect == .commented, maximumCount: Self.maximumCount)
        try reader.readDocument()
        self.bytes = bytes
        entries = reader.entries
    }

    /// The outermost value.
    package var root: JSONNode { JSONNode(document: self, index: 0) }

    /// A text as JSON writes it, with its quotes.
    package static func quoted(_ text: String) -> String {
        var result: [UInt8] = [.quotationMark]
        for byte in text.utf8 {
            switch byte {
            case .quotationMark, .backslash: result += [.backslash, byte]
            case .lineFeed: result += "\\n".utf8
            case .carriageReturn: result += "\\r".utf8
            case .tab: result += "\\t".utf8
            case _ where byte < .space:
                result += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: result.append(byte)
            }
        }
        return String(decoding: result + [.quotationMark], as: UTF8.self)
    }
}

/// What is wrong with a text that should be JSON, without a word of it.
package struct JSONProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was expected or is too much: `a comma or a closing bracket is missing`.
    package var reason: String
    /// From 1.
    package var line: Int
    /// From 1, in bytes.
    package var column: Int

    package var description: String { "line \(line), column \(column): \(reason)" }
}

/// A value of a JSON text.
package struct JSONNode: Sendable {
    let document: JSONDocument
    let index: Int

    private var entry: JSONDocument.Entry { document.entries[index] }

    package var kind: JSONDocument.Kind { entry.kind }
    /// Where it stands: with its quotes or brackets.
    package var range: Range<Int> { entry.start..<entry.end }
    /// Its text, as it is written.
    package var source: ArraySlice<UInt8> { document.bytes[range] }

    /// One member of an object.
    package struct Member: Sendable {
        package var key: JSONNode
        package var value: JSONNode

        /// The key's text.
        package var name: String { key.text ?? "" }
        /// From the key's quote to the value's end.
        package var range: Range<Int> { key.range.lowerBound..<value.range.upperBound }
    }

    /// Of an object, in order; none for any other value.
    package var members: [Member] {
        guard kind == .object else { return [] }
        var result: [Member] = []
        var position = index + 1
        while position < entry.next {
            let key = JSONNode(document: document, index: position)
            let value = JSONNode(document: document, index: position + 1)
            result.append(Member(key: key, value: value))
            position = document.entries[position + 1].next
        }
        return result
    }

    /// Of an array, in order; none for any other value.
    package var elements: [JSONNode] {
        guard kind == .array else { return [] }
        var result: [JSONNode] = []
        var position = index + 1
        while position < entry.next {
            result.append(JSONNode(document: document, index: position))
            position = document.entries[position].next
        }
        return result
    }

    /// The member of a name; of several the last, as most readers have it.
    package subscript(name name: String) -> JSONNode? { members.last { $0.name == name }?.value }

    /// Of a string, without quotes and escapes; repaired where it is no Unicode.
    package var text: String? {
        guard kind == .string else { return nil }
        let content = document.bytes[(entry.start + 1)..<(entry.end - 1)]
        guard content.contains(.backslash) else { return String(decoding: content, as: UTF8.self) }
        return JSONReader.unescaped(content)
    }

    /// Of `true` and `false`.
    package var flag: Bool? { kind == .yes ? true : kind == .no ? false : nil }

    /// Of a number that is an integer.
    package var integer: Int? { kind == .number ? Int(String(decoding: source, as: UTF8.self)) : nil }
}
