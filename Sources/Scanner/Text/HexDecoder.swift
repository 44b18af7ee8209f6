import Bytes

/// Undoes hexadecimal where text comes out.
enum HexDecoder {
    /// - Parameters:
    ///   - runs: Those of `EncodedRuns`.
    ///   - budget: How many bytes may be written at the most.
    static func decode(_ text: UnsafeRawBufferPointer, _ runs: [Range<Int>], budget: Int) -> DecodedText {
        var result = DecodedText("hex", isOfWholeValues: true)
        result.append(runs, of: text, budget: budget) { run, _ in
            let pairs = stride(from: run.lowerBound, to: run.upperBound - 1, by: 2)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(run.count / 2)
            for index in pairs {
                let byte = value(text[index]) << 4 | value(text[index + 1])
                guard byte.isPlainText else { return nil }
                bytes.append(byte)
            }
            return (bytes, run)
        }
        return result
    }

    /// Whether the first eight bytes are text: of a thousand digests, one or two begin so.
    static func beginsText(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> Bool {
        stride(from: run.lowerBound, to: run.lowerBound + 16, by: 2).allSatisfy {
            (value(text[$0]) << 4 | value(text[$0 + 1])).isPlainText
        }
    }

    /// Of a hex digit of either case.
    private static func value(_ digit: UInt8) -> UInt8 { digit.isDigit ? digit & 0x0f : (digit & 0x0f) + 9 }
}
