import Bytes

/// Undoes hexadecimal where text comes out.
enum HexDecoder {
    /// - Parameters:
    ///   - values: Those of `EncodedRuns`.
    ///   - budget: How many bytes may be written at the most.
    static func decode(_ text: UnsafeRawBufferPointer, _ values: [EncodedValue], budget: Int) -> DecodedText {
        var result = DecodedText("hex", isOfWholeValues: true)
        result.append(values, of: text, budget: budget, place: \.range) { value, _ in
            let (bytes, counts) = decoded(text, value.lines)
            let end = bytes.withUnsafeBytes { PlainText.end(of: $0) }
            // What follows a value was taken for its last line.
            let lineCount = end == bytes.count ? counts.count : counts.partitionPoint { $0 <= end }
            guard lineCount > 0 else { return nil }
            return .init(bytes: Array(bytes[..<counts[lineCount - 1]]), original: value.prefix(lineCount).range)
        }
        return result
    }

    /// - Returns: With how many bytes are complete at the end of each line.
    private static func decoded(_ text: UnsafeRawBufferPointer, _ lines: [Range<Int>]) -> ([UInt8], counts: [Int]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.reduce(0) { $0 + $1.count } / 2)
        var counts: [Int] = []
        var high: UInt8?
        for line in lines {
            for index in line {
                if let first = high {
                    bytes.append(first << 4 | value(text[index]))
                    high = nil
                } else {
                    high = value(text[index])
                }
            }
            counts.append(bytes.count)
        }
        return (bytes, counts)
    }

    /// Whether the first eight bytes are text: of a thousand digests, one or two begin so.
    static func beginsText(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> Bool {
        stride(from: run.lowerBound, to: run.lowerBound + 16, by: 2).allSatisfy {
            (value(text[$0]) << 4 | value(text[$0 + 1])).isPlainText
        }
    }

    /// Whether all bytes are text.
    static func isText(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> Bool {
        decoded(text, [run]).0.withUnsafeBytes { PlainText.end(of: $0) == $0.count }
    }

    /// Of a hex digit of either case.
    private static func value(_ digit: UInt8) -> UInt8 { digit.isDigit ? digit & 0x0f : (digit & 0x0f) + 9 }
}
