internal import Bytes

/// The text of a document of Office or OpenDocument, a paragraph a line: what a style or a spelling mark has split is whole.
///
/// It is that of one part of the document, as `word/document.xml` or `content.xml` are.
package enum OfficeText {
    /// Names of elements, without what stands before the colon, that end a line: paragraphs, headings, shared texts, rows, breaks.
    private static let lines: Set<[UInt8]> = Set(
        ["p", "h", "si", "row", "br", "line-break", "property"].map { Array($0.utf8) })
    /// Those that stand between words.
    private static let tabs: Set<[UInt8]> = Set(["tab", "c", "table-cell", "s"].map { Array($0.utf8) })

    /// Whether a text is a part of such a document, by the names of its schemas.
    package static func isPart(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.starts(with: Array("<?xml".utf8)) || text.starts(with: Array("<w:".utf8)) else { return false }
        let head = text.slice(0..<min(text.count, 2048))
        return head.containsCaseless("schemas.openxmlformats.org") || head.containsCaseless("purl.oclc.org/ooxml")
            || head.containsCaseless("urn:oasis:names:tc:opendocument")
    }

    /// The text, in UTF-8.
    package static func text(_ part: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < part.count {
            guard let start = part.first(UInt8(ascii: "<"), from: position) else {
                append(part.slice(position..<part.count), to: &result)
                break
            }
            append(part.slice(position..<start), to: &result)
            guard let end = part.first(UInt8(ascii: ">"), from: start) else { break }
            separate(part.slice((start + 1)..<end), &result)
            position = end + 1
        }
        return result
    }

    /// - Parameter tag: What stands between the brackets.
    private static func separate(_ tag: UnsafeRawBufferPointer, _ result: inout [UInt8]) {
        guard let first = tag.first, first == UInt8(ascii: "/") || tag.last == UInt8(ascii: "/") else { return }
        let whole = tag.drop { $0 == UInt8(ascii: "/") }.prefix { !$0.isWhitespace && $0 != UInt8(ascii: "/") }
        let name = whole.lastIndex(of: UInt8(ascii: ":")).map { whole[($0 + 1)...] } ?? whole
        if lines.contains(Array(name)) {
            result.append(.lineFeed)
        } else if tabs.contains(Array(name)) {
            result.append(UInt8(ascii: "\t"))
        }
    }

    /// Text between two tags; what only lays the source out is none.
    private static func append(_ text: UnsafeRawBufferPointer, to result: inout [UInt8]) {
        if text.isEmpty || text.first(.lineFeed, from: 0) != nil && text.allSatisfy(\.isWhitespace) { return }
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "&"), let reference = reference(text, at: position) {
                result += reference.text
                position += reference.count
            } else {
                // A line is a paragraph's.
                result.append(byte == .lineFeed ? UInt8(ascii: " ") : byte)
                position += 1
            }
        }
    }

    private static func reference(_ text: UnsafeRawBufferPointer, at start: Int) -> (text: [UInt8], count: Int)? {
        guard let end = text.slice(start..<min(text.count, start + 12)).first(UInt8(ascii: ";"), from: 0) else {
            return nil
        }
        let name = String(decoding: text.slice((start + 1)..<(start + end)), as: UTF8.self)
        let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let character = known[name] { return (Array(character.utf8), end + 1) }
        guard name.hasPrefix("#") else { return nil }
        let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
        guard let number = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10),
            let scalar = Unicode.Scalar(number)
        else { return nil }
        return (Array(String(Character(scalar)).utf8), end + 1)
    }
}
