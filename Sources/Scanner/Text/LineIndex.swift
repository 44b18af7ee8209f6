import Bytes
import Findings

/// Turns byte offsets of a text into lines and columns.
struct LineIndex {
    private let text: UnsafeRawBufferPointer
    /// Offset of the first byte of each line, found as far as was asked.
    private var lineStarts: [Int] = [0]
    private var searched = 0
    /// The answer before: many places on one long line must not each count from its beginning.
    private var last = (offset: 0, line: 1, column: 1)
    /// The region before: all secrets of an encoded value stand in the same, which may be long.
    private var lastRegion: (range: Range<Int>, region: Occurrence.Region)?
    /// What all answers took, for tests: a byte of the text may be read twice, not once for each place.
    private(set) var bytesRead = 0

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    /// 1-based line and 1-based column in UTF-16 units of a byte offset.
    mutating func position(of offset: Int) -> (line: Int, column: Int) {
        // No further than asked: on one endless line each place would look through all that follows.
        let before = text.slice(0..<min(offset, text.count))
        while searched < offset {
            let found = before.first(.lineFeed, from: searched)
            bytesRead += (found ?? before.count) - searched
            guard let found else { break }
            lineStarts.append(found + 1)
            searched = found + 1
        }
        searched = max(searched, offset)
        // Lines are counted from 1, and the first begins at 0: never past it.
        let line = lineStarts.partitionPoint { $0 <= offset }
        let isFurther = last.line == line && last.offset <= offset
        let (start, column) = isFurther ? (last.offset, last.column) : (lineStarts[line - 1], 1)
        last = (offset, line, column + Self.utf16Count(text.slice(start..<offset)))
        bytesRead += offset - start
        return (last.line, last.column)
    }

    mutating func region(of range: Range<Int>) -> Occurrence.Region {
        if let lastRegion, lastRegion.range == range { return lastRegion.region }
        let start = position(of: range.lowerBound)
        let end = position(of: range.upperBound)
        let region = Occurrence.Region(
            startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
        lastRegion = (range, region)
        return region
    }

    /// UTF-16 units of UTF-8 text: one for each byte that begins a character, one more for those of four bytes.
    private static func utf16Count(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for byte in bytes {
            if byte & 0xc0 != 0x80 { count += 1 }
            if byte >= 0xf0 { count += 1 }
        }
        return count
    }
}
