import Bytes

/// The lines of an encoded value that was wrapped, found from one of them.
///
/// Nothing is decoded: what looks like such a line is taken for one.
enum WrappedBlock {
    /// How far to either side lines are looked at, in bytes.
    private static let reach = 1 << 16
    /// A line of a block has a run of so many characters of base64 at its end.
    private static let minimumRun = EncodedRuns.minimumBase64
    /// Behind the run: padding, a quote, and what joins literals or goes on with a line.
    private static let longestEnd = 8

    /// Some whole lines of a text, with those of the blocks in which they begin and end.
    static func lines(around lines: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        guard !lines.isEmpty else { return lines }
        let first = lines.lowerBound..<text.lineEnd(of: lines.lowerBound, reach: reach)
        let last = text.lineStart(of: lines.upperBound, reach: reach)..<lines.upperBound
        return lowerBound(of: first, text)..<max(lines.upperBound, upperBound(of: last, text))
    }

    private static func lowerBound(of line: Range<Int>, _ text: UnsafeRawBufferPointer) -> Int {
        var start = line.lowerBound
        var length: Int?
        for above in SourceLines.above(start, in: text, downTo: max(0, start - reach), reach: reach) {
            guard isEncoded(above, text) else { break }
            start = above.lowerBound
            // The first line may stand behind a name.
            if let length, above.count != length { break }
            length = above.count
        }
        return start
    }

    private static func upperBound(of line: Range<Int>, _ text: UnsafeRawBufferPointer) -> Int {
        var end = line.upperBound
        var length: Int?
        for below in SourceLines.below(end, in: text, upTo: min(text.count, end + reach), reach: reach) {
            let isLast = length.map { below.count != $0 } ?? false
            guard isEncoded(below, text) || isLast else { break }
            end = below.upperBound
            if isLast { break }
            length = below.count
        }
        return end
    }

    private static func isEncoded(_ line: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        var end = line.upperBound
        while end > max(line.lowerBound, line.upperBound - longestEnd), !ByteSet.base64.contains(text[end - 1]) {
            end -= 1
        }
        return end - minimumRun >= line.lowerBound
            && text[end - minimumRun..<end].allSatisfy { ByteSet.base64.contains($0) }
    }
}
