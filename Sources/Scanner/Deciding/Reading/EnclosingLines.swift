import Bytes
internal import CLiteralSearch

/// The lines that a line stands under: parents by indentation, an opening bracket, or a section header.
enum EnclosingLines {
    private static let reach = Margins.enclosingLines
    private static let maximumDepth = 8

    /// Ranges of the enclosing lines, innermost first.
    static func ranges(above offset: Int, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let own = text.lineStart(of: offset, reach: reach)
        let beginning = LineBeginning(of: own, in: text)
        // `- key: value` is indented more than the dash.
        var indentation = beginning.indentation + (beginning.hasDash ? 1 : 0)
        var result: [Range<Int>] = []
        var needsSection = true
        for line in SourceLines.above(own, in: text, downTo: max(0, own - reach)) {
            guard let first = firstVisible(line, in: text) else { continue }
            if text[first] == .leftBracket, needsSection, isSectionHeader(first..<line.upperBound, in: text) {
                result.append(line)
                needsSection = false
            } else if first - line.lowerBound < indentation, !isCloser(text[first]) {
                indentation = first - line.lowerBound
                result.append(line)
            }
            if result.count == maximumDepth { break }
        }
        return result
    }

    private static func firstVisible(_ line: Range<Int>, in text: UnsafeRawBufferPointer) -> Int? {
        line.first { text[$0] != .space && text[$0] != .tab && text[$0] != .carriageReturn }
    }

    /// A closing bracket or a comment at a lower indentation ends nothing and names nothing.
    private static func isCloser(_ byte: UInt8) -> Bool {
        byte == .rightBrace || byte == .rightBracket || byte == .rightParenthesis || byte == .numberSign
    }

    /// `[name]` of INI and TOML, alone on its line.
    private static func isSectionHeader(_ line: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        var end = line.upperBound
        while end > line.lowerBound, [.space, .tab, .carriageReturn].contains(text[end - 1]) { end -= 1 }
        guard end - line.lowerBound > 2, text[end - 1] == .rightBracket else { return false }
        let second = text[line.lowerBound + 1]
        return second != .quotationMark && second != .apostrophe && second != .leftBrace
    }

    /// Keys of the objects that enclose a place on one long line: what stands before each unclosed `{`, `[` or `(`.
    static func keysOnLine(before offset: Int, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let lowest = text.lineStart(of: offset, reach: reach)
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return [] }
        let brackets = [Int](unsafeUninitializedCapacity: maximumDepth) { buffer, count in
            count = windsock_unclosed_brackets(base, lowest, offset, buffer.baseAddress, maximumDepth)
        }
        return brackets.map { lastStatement(max(lowest, $0 - 48)..<$0, in: text) }
    }

    /// From the brace of the object that holds a value on its line up to the end of the object.
    ///
    /// - Parameter reach: How far behind the value it may end, in bytes; it may begin twice as far before.
    static func objectOnLine(
        around value: Range<Int>, in text: UnsafeRawBufferPointer, reach: Int
    ) -> Range<Int>? {
        guard let key = keysOnLine(before: value.lowerBound, in: text).first,
            key.upperBound < text.count, text[key.upperBound] == .leftBrace
        else { return nil }
        let end = text.lineEnd(of: value.upperBound, reach: reach)
        let close = text.slice(value.upperBound..<end).firstIndex(of: .rightBrace).map { value.upperBound + $0 } ?? end
        return max(key.upperBound, value.lowerBound - 2 * reach)..<close
    }

    private static func lastStatement(_ range: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        let separators: [UInt8] = [
            .comma, .semicolon, .leftBrace, .rightBrace, .leftParenthesis, .rightParenthesis,
        ]
        let start = range.last { separators.contains(text[$0]) }.map { $0 + 1 } ?? range.lowerBound
        return start..<range.upperBound
    }
}
