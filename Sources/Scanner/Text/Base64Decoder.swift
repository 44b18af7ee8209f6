import Bytes

/// Undoes base64 and base64url where text comes out, or gzip with text in it.
enum Base64Decoder {
    /// - Parameters:
    ///   - runs: Those of `EncodedRuns`.
    ///   - budget: How many bytes may be written at the most.
    static func decode(_ text: UnsafeRawBufferPointer, _ runs: [Range<Int>], budget: Int) -> DecodedText {
        var result = DecodedText("base64", isOfWholeValues: true)
        result.append(runs, of: text, budget: budget) { run, _ in
            let decoded = decoded(text, wholeCharacters(run))
            guard decoded.isPlainText else { return nil }
            return (decoded, run.lowerBound..<endOfPadding(text, run.upperBound))
        }
        return result
    }

    /// Undoes base64 and gzip in one: Helm's releases, data of cloud-init.
    static func decodeGzip(_ text: UnsafeRawBufferPointer, _ runs: [Range<Int>], budget: Int) -> DecodedText {
        var result = DecodedText("base64", "gzip", isOfWholeValues: true)
        result.append(runs, of: text, budget: budget) { run, limit in
            let (compressed, end) = decodedLines(text, run)
            var content: [UInt8] = []
            guard compressed.withUnsafeBytes({ GzipContent.inflate($0, limit: limit, into: &content) }) != nil else {
                return nil
            }
            return (content, run.lowerBound..<endOfPadding(text, end))
        }
        return result
    }

    // MARK: First looks

    /// Whether the first nine bytes are text.
    static func beginsText(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> Bool {
        Base64Bytes.values.withUnsafeBufferPointer { values in
            for start in stride(from: run.lowerBound, to: run.lowerBound + 12, by: 4) {
                var bits: UInt32 = 0
                for index in start..<start + 4 { bits = bits << 6 | UInt32(values[Int(text[index])]) }
                for shift: UInt32 in [16, 8, 0]
                where !UInt8(truncatingIfNeeded: bits >> shift).isPlainText { return false }
            }
            return true
        }
    }

    /// A run shorter than this holds a gzip header and next to nothing.
    private static let minimumGzip = 40

    /// Whether the first three bytes are those of gzip.
    static func beginsGzip(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> Bool {
        run.count >= minimumGzip && text.slice(run.lowerBound..<run.lowerBound + 4).elementsEqual("H4sI".utf8)
    }

    // MARK: Decoding

    private static func endOfPadding(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var end = start
        while end < min(text.count, start + 2), text[end] == .equalsSign { end += 1 }
        return end
    }

    /// One character behind the last four makes no byte.
    private static func wholeCharacters(_ run: Range<Int>) -> Range<Int> {
        run.lowerBound..<run.upperBound - (run.count % 4 == 1 ? 1 : 0)
    }

    /// The bytes of a run, and of the lines below if they go on with it: all as long as the first, but for the last.
    private static func decodedLines(_ text: UnsafeRawBufferPointer, _ first: Range<Int>) -> ([UInt8], end: Int) {
        var result = decoded(text, wholeCharacters(first))
        var line = first
        while line.count == first.count, line.count % 4 == 0, line.upperBound < text.count {
            var start = line.upperBound
            guard text[start] == .lineFeed || text[start] == .carriageReturn else { break }
            while start < text.count, isBetweenLines(text[start]) { start += 1 }
            var end = start
            while end < text.count, end - start < first.count, Base64Bytes.value(of: text[end]) != nil { end += 1 }
            guard end > start else { break }
            line = start..<end
            result += decoded(text, wholeCharacters(line))
        }
        return (result, line.upperBound)
    }

    /// Whether a byte may stand between two lines of base64: indentation, and what ends lines.
    private static func isBetweenLines(_ byte: UInt8) -> Bool {
        byte == .lineFeed || byte == .carriageReturn || byte == .space || byte == .tab
    }

    private static func decoded(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: run.count * 3 / 4 + 3) { result, written in
            Base64Bytes.values.withUnsafeBufferPointer { values in
                var bits: UInt32 = 0
                var count = 0
                for index in run {
                    bits = bits << 6 | UInt32(values[Int(text[index])])
                    count += 6
                    if count >= 8 {
                        count -= 8
                        result[written] = UInt8(truncatingIfNeeded: bits >> UInt32(count))
                        written += 1
                    }
                }
            }
        }
    }
}
