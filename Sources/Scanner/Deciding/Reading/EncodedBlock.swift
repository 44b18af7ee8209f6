import Bytes

/// Knows a piece of a longer block of base64: an image, a font, a certificate, a digest of a lock file. Chance makes
/// every short prefix and every length of letters and digits in there.
enum EncodedBlockFilter {
    /// So much base64 around a value, on its line and without a break, is more than the value's own.
    private static let surroundings = 200
    /// A wrapped block's lines are no shorter than this.
    private static let shortestLine = 24
    /// Longer values are blocks themselves.
    private static let longestValue = 300

    static func holds(_ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard value.count <= longestValue else { return false }
        let run = run(around: value, in: text)
        if run.count - value.count >= surroundings { return true }
        return isLineOfBlock(run, value, in: text)
    }

    /// Base64 characters to both sides without a break.
    private static func run(around value: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        var (lower, upper) = (value.lowerBound, value.upperBound)
        let lowest = max(0, lower - surroundings)
        let highest = min(text.count, upper + surroundings)
        while lower > lowest, isBase64(text[lower - 1]) { lower -= 1 }
        while upper < highest, isBase64(text[upper]) { upper += 1 }
        return lower..<upper
    }

    /// Whether the run is one of several lines of equal length, as encoders wrap them. Where the value fills the line, as
    /// keys in a list do, signs that keys have not must stand on one of the lines.
    private static func isLineOfBlock(
        _ run: Range<Int>, _ value: Range<Int>, in text: UnsafeRawBufferPointer
    ) -> Bool {
        guard run.count >= shortestLine else { return false }
        let start = text.lineStart(of: run.lowerBound, reach: maximumIndentation + 1)
        let indentation = run.lowerBound - start
        guard indentation <= maximumIndentation,
            text.slice(start..<run.lowerBound).allSatisfy({ $0 == 0x20 || $0 == 0x09 })
        else { return false }
        guard endsLine(run.upperBound, in: text) else { return false }
        let lines =
            equalLines(above: start, in: text, indentation, run.count)
            + equalLines(below: run.upperBound, in: text, indentation, run.count)
        if run.count > value.count { return !lines.isEmpty }
        return lines.count >= 2 && lines.contains { text.slice($0).contains { $0 == 0x2b || $0 == 0x2f } }
    }

    private static let maximumIndentation = 64
    private static let linesLookedAt = 8

    private static func equalLines(
        above start: Int, in text: UnsafeRawBufferPointer, _ indentation: Int, _ length: Int
    ) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = start
        while start > 0, lines.count < linesLookedAt {
            let previous = text.lineStart(of: start - 1, reach: indentation + length + 2)
            guard let line = blockLine(previous, in: text, indentation, length) else { break }
            lines.append(line)
            start = previous
        }
        return lines
    }

    private static func equalLines(
        below end: Int, in text: UnsafeRawBufferPointer, _ indentation: Int, _ length: Int
    ) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var end = end
        while lines.count < linesLookedAt, let newline = text.first(0x0a, from: end), newline - end <= 1 {
            guard let line = blockLine(newline + 1, in: text, indentation, length) else { break }
            lines.append(line)
            end = line.upperBound
        }
        return lines
    }

    /// The base64 of a line that is indented and as long as another.
    private static func blockLine(
        _ start: Int, in text: UnsafeRawBufferPointer, _ indentation: Int, _ length: Int
    ) -> Range<Int>? {
        let line = start + indentation..<start + indentation + length
        guard line.upperBound <= text.count, text.slice(line).allSatisfy(isBase64), endsLine(line.upperBound, in: text),
            text.slice(start..<line.lowerBound).allSatisfy({ $0 == 0x20 || $0 == 0x09 })
        else { return nil }
        return line
    }

    private static func endsLine(_ end: Int, in text: UnsafeRawBufferPointer) -> Bool {
        end == text.count || text[end] == 0x0a || text[end] == 0x0d
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2f: true
        default: false
        }
    }
}
