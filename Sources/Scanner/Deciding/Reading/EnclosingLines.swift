import Bytes
internal import CLiteralSearch

/// The lines that a line stands under: parents by indentation, an opening bracket, or a section header.
enum EnclosingLines {
    /// Bytes looked at above the line, so that no file makes this more than a constant.
    static let reach = 6000
    private static let maximumDepth = 8

    /// Ranges of the enclosing lines, innermost first.
    static func ranges(above offset: Int, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let own = text.lineStart(of: offset, reach: reach)
        let lowest = own > reach ? own - reach : 0
        var indentation = indentationWidth(own, in: text)
        var result: [Range<Int>] = []
        var needsSection = true
        var end = own - 1
        while end > lowest, result.count < maximumDepth {
            let start = text.lineStart(of: end, reach: end - lowest)
            defer { end = start - 1 }
            guard let first = firstVisible(start..<end, in: text) else { continue }
            if text[first] == 0x5b /* [ */, indentation >= 0, needsSection, isSectionHeader(first..<end, in: text) {
                result.append(start..<end)
                needsSection = false
                continue
            }
            let width = first - start
            guard width < indentation else { continue }
            // A comment or a closing bracket at a lower indentation ends nothing and names nothing.
            if isCloser(text[first]) { continue }
            indentation = width
            result.append(start..<end)
        }
        return result
    }

    private static func indentationWidth(_ start: Int, in text: UnsafeRawBufferPointer) -> Int {
        var index = start
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        // `- key: value` is indented like what follows the dash.
        if index + 1 < text.count, text[index] == 0x2d, text[index + 1] == 0x20 { return index - start + 1 }
        return index - start
    }

    private static func firstVisible(_ line: Range<Int>, in text: UnsafeRawBufferPointer) -> Int? {
        line.first { text[$0] != 0x20 && text[$0] != 0x09 && text[$0] != 0x0d }
    }

    private static func isCloser(_ byte: UInt8) -> Bool {
        byte == 0x7d || byte == 0x5d || byte == 0x29 || byte == 0x23
    }

    /// `[name]` of INI and TOML, alone on its line.
    private static func isSectionHeader(_ line: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        var end = line.upperBound
        while end > line.lowerBound, [0x20, 0x09, 0x0d].contains(text[end - 1]) { end -= 1 }
        guard end - line.lowerBound > 2, text[end - 1] == 0x5d else { return false }
        let second = text[line.lowerBound + 1]
        return second != 0x22 && second != 0x27 && second != 0x7b || second == 0x5b
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

    private static func lastStatement(_ range: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        let separators: [UInt8] = [0x2c, 0x3b, 0x7b, 0x7d, 0x28, 0x29]
        let start = range.last { separators.contains(text[$0]) }.map { $0 + 1 } ?? range.lowerBound
        return start..<range.upperBound
    }
}
