internal import Bytes

/// Finds lines, columns and secrets in a text that is held in memory.
package struct TextPlaces {
    private let text: [UInt8]
    /// Where each line begins, found as far as was asked.
    private var starts = [0]

    /// - Parameter text: UTF-8.
    package init(_ text: [UInt8]) { self.text = text }

    /// Where a range of lines and columns stands.
    package mutating func range(of region: Occurrence.Region) -> Range<Int> {
        let start = offset(line: region.startLine, column: region.startColumn)
        return start..<max(start, offset(line: region.endLine, column: region.endColumn))
    }

    /// - Parameters:
    ///   - line: From 1.
    ///   - column: From 1, in UTF-16 units; what is behind the line's end is its end.
    package mutating func offset(line: Int, column: Int) -> Int {
        while starts.count < line, let last = starts.last {
            guard let end = text[last...].firstIndex(of: .lineFeed) else { return text.count }
            starts.append(end + 1)
        }
        var position = starts[line - 1]
        var units = 1
        while units < column, position < text.count, text[position] != .lineFeed {
            units += text[position] >= 0xf0 ? 2 : 1
            position += 1
            while position < text.count, text[position] & 0xc0 == 0x80 { position += 1 }
        }
        return position
    }

    /// All places of some bytes, none of which overlaps another.
    package static func ranges(of bytes: [UInt8], in text: [UInt8]) -> [Range<Int>] {
        guard let first = bytes.first, bytes.count >= minimumCount else { return [] }
        return text.withUnsafeBytes { buffer in
            var ranges: [Range<Int>] = []
            var position = 0
            while let start = buffer.first(first, from: position) {
                if buffer[start...].starts(with: bytes) {
                    ranges.append(start..<start + bytes.count)
                    position = start + bytes.count
                } else {
                    position = start + 1
                }
            }
            return ranges
        }
    }

    /// Shorter ones stand in ordinary words.
    private static let minimumCount = 6

    /// The text with others in the place of some ranges, which are in order.
    package static func replacing(_ replacements: [(range: Range<Int>, text: [UInt8])], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        for replacement in replacements {
            result += text[position..<replacement.range.lowerBound]
            result += replacement.text
            position = replacement.range.upperBound
        }
        return result + text[position...]
    }
}
