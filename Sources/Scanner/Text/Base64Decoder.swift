import Bytes
internal import Zlib

/// Undoes base64 and base64url where text comes out, or gzip or zlib with text in it.
enum Base64Decoder {
    /// - Parameters:
    ///   - values: Those of `EncodedRuns`.
    ///   - budget: How many bytes may be written at the most.
    static func decode(_ text: UnsafeRawBufferPointer, _ values: [EncodedValue], budget: Int) -> DecodedText {
        var result = DecodedText("base64", isOfWholeValues: true)
        result.append(values, of: text, budget: budget, place: \.range) { value, _ in
            guard let (bytes, lineCount) = DecodedLines(text, value.lines).text else { return nil }
            let range = value.prefix(lineCount).range
            return .init(bytes: bytes, original: range.lowerBound..<endOfPadding(text, range.upperBound))
        }
        return result
    }

    /// Undoes the lines of what may be a list of values.
    static func decode(_ text: UnsafeRawBufferPointer, _ lines: [EncodedLine], budget: Int) -> DecodedText {
        var result = DecodedText("base64", isOfWholeValues: true)
        result.append(lines, of: text, budget: budget, place: \.range) { line, _ in
            guard line.range.count >= EncodedRuns.minimumBase64,
                let bytes = DecodedLines(text, [line.range]).text?.bytes
            else { return nil }
            let value = line.value.lowerBound..<endOfPadding(text, line.value.upperBound)
            return .init(
                bytes: bytes, original: line.range.lowerBound..<endOfPadding(text, line.range.upperBound),
                value: EncodedPlace(value: value, offset: line.characterOffset / 4 * 3))
        }
        return result
    }

    /// Undoes base64 and compression in one: Helm's releases, data of cloud-init, sessions in cookies.
    static func decode(
        _ text: UnsafeRawBufferPointer, _ values: [EncodedValue], compressedAs format: InflateStream.Format, budget: Int
    ) -> DecodedText {
        var result = DecodedText("base64", format == .gzip ? "gzip" : "zlib", isOfWholeValues: true)
        result.append(values, of: text, budget: budget, place: \.range) { value, limit in
            var content: [UInt8] = []
            let compressed = DecodedLines(text, value.lines).bytes
            guard compressed.withUnsafeBytes({ GzipContent.inflate($0, format, limit: limit, into: &content) }) != nil
            else {
                return nil
            }
            return .init(
                bytes: content, original: value.range.lowerBound..<endOfPadding(text, value.range.upperBound))
        }
        return result
    }

    // MARK: First looks

    /// Whether the first nine bytes are text, in UTF-8 or as UTF-16 has ASCII.
    static func beginsText(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> Bool {
        Base64Bytes.values.withUnsafeBufferPointer { values in
            var isText = true
            var isWide = true
            var position = 0
            // Bytes that a character outside of ASCII still needs.
            var missing = 0
            for start in stride(from: run.lowerBound, to: run.lowerBound + 12, by: 4) {
                var bits: UInt32 = 0
                for index in start..<start + 4 { bits = bits << 6 | UInt32(values[Int(text[index])]) }
                for shift: UInt32 in [16, 8, 0] {
                    let byte = UInt8(truncatingIfNeeded: bits >> shift)
                    if missing > 0, byte & 0xc0 == 0x80 {
                        missing -= 1
                    } else if missing > 0 || !byte.isPlainText {
                        isText = isText && missing == 0 && 0xc2...0xf4 ~= byte
                        missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
                    }
                    if position & 1 == 0 ? !byte.isPlainText : byte != 0 { isWide = false }
                    position += 1
                }
                if !isText, !isWide { return false }
            }
            return true
        }
    }

    /// A value shorter than this holds a header of gzip and next to nothing.
    static let minimumCompressed = 40

    /// How what a run stands for is compressed, by its first bytes: three of gzip, or the two of zlib, which say how hard it
    /// tried (RFC 1950, 2.2).
    static func compression(_ text: UnsafeRawBufferPointer, _ run: Range<Int>) -> InflateStream.Format? {
        let start = text.slice(run.lowerBound..<run.lowerBound + 4)
        switch start[0] {
        case UInt8(ascii: "H"): return start.elementsEqual("H4sI".utf8) ? .gzip : nil
        case UInt8(ascii: "e"):
            let bits = Base64Bytes.values[Int(start[1])] << 4 | Base64Bytes.values[Int(start[2])] >> 2
            return [0x01, 0x5e, 0x9c, 0xda].contains(bits) ? .zlib : nil
        default: return nil
        }
    }

    /// Whether text comes out of the beginning of what is compressed.
    static func beginsCompressedText(
        _ text: UnsafeRawBufferPointer, _ value: EncodedValue, _ format: InflateStream.Format
    ) -> Bool {
        var rest = longestLook
        var lines: [Range<Int>] = []
        for line in value.lines where rest > 0 {
            lines.append(line.prefix(rest))
            rest -= line.count
        }
        let compressed = DecodedLines(text, lines).bytes
        var stream = InflateStream(format)
        return withUnsafeTemporaryAllocation(byteCount: longestLook, alignment: 16) { room in
            let step = compressed.withUnsafeBytes { stream.inflate($0, into: room) }
            // Of what is none a few bytes may come out before that is seen.
            if case .damaged = step.status { return false }
            let encoding = TextEncoding(UnsafeRawBufferPointer(rebasing: room[..<(step.written / 2 * 2)]))
            return step.written > 1 && encoding != .binary && encoding != .gzip
        }
    }

    /// Characters in which the tables of a first block stand, and some of what they are for.
    private static let longestLook = 2048

    private static func endOfPadding(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var end = start
        while end < min(text.count, start + 2), text[end] == .equalsSign { end += 1 }
        return end
    }

    // MARK: Decoding

    /// What the lines of a value stand for.
    private struct DecodedLines {
        private(set) var bytes: [UInt8] = []
        /// For each line, how many bytes are complete at its end.
        private var counts: [Int] = []

        init(_ text: UnsafeRawBufferPointer, _ lines: [Range<Int>]) {
            let count = lines.reduce(0) { $0 + $1.count }
            // One character behind the last four makes no byte, and changes none.
            bytes = [UInt8](unsafeUninitializedCapacity: count * 3 / 4 + 3) { result, written in
                Base64Bytes.values.withUnsafeBufferPointer { values in
                    var bits: UInt32 = 0
                    var count = 0
                    for line in lines {
                        var start = line.lowerBound
                        // Four characters are three bytes, as long as a line does not begin within them.
                        while count == 0, line.upperBound - start >= 4 {
                            for index in start..<start + 4 { bits = bits << 6 | UInt32(values[Int(text[index])]) }
                            result[written] = UInt8(truncatingIfNeeded: bits >> 16)
                            result[written + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                            result[written + 2] = UInt8(truncatingIfNeeded: bits)
                            written += 3
                            start += 4
                        }
                        for index in start..<line.upperBound {
                            bits = bits << 6 | UInt32(values[Int(text[index])])
                            count += 6
                            if count >= 8 {
                                count -= 8
                                result[written] = UInt8(truncatingIfNeeded: bits >> UInt32(count))
                                written += 1
                            }
                        }
                        counts.append(written)
                    }
                }
            }
        }

        /// The bytes as text, and how many lines that takes; `nil` if the first line is none.
        var text: (bytes: [UInt8], lineCount: Int)? {
            if bytes.count > 2, bytes[1] == 0 { return wideText.map { ($0, counts.count) } }
            let end = bytes.withUnsafeBytes { PlainText.end(of: $0) }
            if end == bytes.count { return (bytes, counts.count) }
            // What follows a value was taken for its last line.
            let lineCount = counts.partitionPoint { $0 <= end }
            guard lineCount > 0 else { return nil }
            return (Array(bytes[..<counts[lineCount - 1]]), lineCount)
        }

        /// The bytes read as UTF-16, as PowerShell's encoded commands are; `nil` if they are no text.
        private var wideText: [UInt8]? {
            var result: [UInt8] = []
            bytes.withUnsafeBytes { TextEncoding.utf8(fromUTF16: $0, bigEndian: false, into: &result) }
            return result.withUnsafeBytes { PlainText.end(of: $0) } == result.count ? result : nil
        }
    }
}
