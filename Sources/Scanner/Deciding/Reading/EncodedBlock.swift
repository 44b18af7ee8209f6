import Bytes

/// Base64 around a value: on its line, and on the lines above and below if encoders wrapped it.
struct EncodedBlock {
    /// How far to either side of a value its line is read, in bytes.
    static let reach = 200
    private static let maximumIndentation = 64
    private static let linesLookedAt = 8

    private let text: UnsafeRawBufferPointer
    /// The value, and to both sides the characters of base64 without a break.
    let run: Range<Int>

    init(around value: Range<Int>, in text: UnsafeRawBufferPointer) {
        self.text = text
        var (lower, upper) = (value.lowerBound, value.upperBound)
        let lowest = max(0, lower - Self.reach)
        let highest = min(text.count, upper + Self.reach)
        while lower > lowest, Self.isBase64(text[lower - 1]) { lower -= 1 }
        while upper < highest, Self.isBase64(text[upper]) { upper += 1 }
        run = lower..<upper
    }

    /// The lines above and below that hold as much base64, as much indented; `nil` if the run is not all of its line.
    func otherLines() -> [Range<Int>]? {
        let start = text.lineStart(of: run.lowerBound, reach: Self.maximumIndentation + 1)
        let indentation = run.lowerBound - start
        guard indentation <= Self.maximumIndentation, isBlank(start..<run.lowerBound), endsLine(run.upperBound) else {
            return nil
        }
        return lines(above: start, indentation) + lines(below: run.upperBound, indentation)
    }

    private func lines(above start: Int, _ indentation: Int) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        for above in SourceLines.above(start, in: text, reach: indentation + run.count + 2).prefix(Self.linesLookedAt) {
            guard let line = blockLine(above.lowerBound, indentation) else { break }
            lines.append(line)
        }
        return lines
    }

    private func lines(below end: Int, _ indentation: Int) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var end = end
        while lines.count < Self.linesLookedAt, let newline = text.first(.lineFeed, from: end), newline - end <= 1 {
            guard let line = blockLine(newline + 1, indentation) else { break }
            lines.append(line)
            end = line.upperBound
        }
        return lines
    }

    /// The base64 of a line that is indented and as long as the run's.
    private func blockLine(_ start: Int, _ indentation: Int) -> Range<Int>? {
        let line = start + indentation..<start + indentation + run.count
        guard line.upperBound <= text.count, text.slice(line).allSatisfy(Self.isBase64), endsLine(line.upperBound),
            isBlank(start..<line.lowerBound)
        else { return nil }
        return line
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        text.slice(range).allSatisfy { $0 == .space || $0 == .tab }
    }

    private func endsLine(_ end: Int) -> Bool {
        end == text.count || text[end] == .lineFeed || text[end] == .carriageReturn
    }

    private static func isBase64(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == .plus || byte == .slash }
}
