/// Undoes base64 and base64url where text comes out.
enum Base64Decoder {
    /// Shorter runs hold no secret worth the look: 24 characters are 18 bytes.
    private static let minimumRun = 24
    /// Lines above an encoded run that are copied to judge it by, in bytes.
    private static let contextBefore = 768
    private static let contextBehind = 128

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xff, count: 256)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for (value, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(value) }
        table[0x2d] = 62
        table[0x5f] = 63
        return table
    }()

    /// - Parameter budget: How many bytes may be written at the most.
    static func decode(_ text: UnsafeRawBufferPointer, budget: Int) -> DecodedText {
        var result = DecodedText(decoder: "base64")
        values.withUnsafeBufferPointer { values in
            var position = 0
            var copied = 0
            while let letters = nextRun(text, from: position, values), result.bytes.count < budget {
                position = letters.upperBound
                guard let decoded = printable(text, letters, values) else { continue }
                let run = letters.lowerBound..<endOfPadding(text, letters.upperBound)
                let start = max(0, run.lowerBound - contextBefore)
                if result.hasDecoded {
                    let end = min(run.lowerBound, text.lineEnd(of: copied, reach: contextBehind))
                    result.copy(copied..<end, of: text)
                    copied = end
                    if start > copied { result.separate() }
                }
                result.copy(max(copied, start)..<run.lowerBound, of: text)
                result.append(decoded: decoded, from: run)
                copied = run.upperBound
            }
            if result.hasDecoded { result.copy(copied..<text.lineEnd(of: copied, reach: contextBehind), of: text) }
        }
        return result
    }

    private static func endOfPadding(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var end = start
        while end < min(text.count, start + 2), text[end] == 0x3d { end += 1 }
        return end
    }

    /// The next run of base64 characters of the minimum length, looking at few bytes of what is none.
    private static func nextRun(
        _ text: UnsafeRawBufferPointer, from start: Int, _ values: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        var position = start
        while position + minimumRun <= text.count {
            // If the last byte of a would-be run is none of the alphabet, no run can begin before it.
            var index = position + minimumRun - 1
            while index >= position, values[Int(text[index])] != 0xff { index -= 1 }
            if index >= position {
                position = index + 1
                continue
            }
            var end = position + minimumRun
            while end < text.count, values[Int(text[end])] != 0xff { end += 1 }
            // The scan for the end of the last run may have left bytes of it before the position.
            var lower = position
            while lower > start, values[Int(text[lower - 1])] != 0xff { lower -= 1 }
            return lower..<end
        }
        return nil
    }

    /// The decoded bytes, if they are text: printable ASCII, white space, UTF-8.
    private static func printable(
        _ text: UnsafeRawBufferPointer, _ run: Range<Int>, _ values: UnsafeBufferPointer<UInt8>
    ) -> [UInt8]? {
        // A first look at nine bytes turns away nearly all identifiers, digests and images.
        guard decode(text, run.lowerBound..<run.lowerBound + 12, values).allSatisfy(isText) else { return nil }
        let length = run.count % 4 == 1 ? run.count - 1 : run.count
        let decoded = decode(text, run.lowerBound..<run.lowerBound + length, values)
        return decoded.allSatisfy(isText) ? decoded : nil
    }

    private static func isText(_ byte: UInt8) -> Bool {
        (0x20...0x7e).contains(byte) || (0x09...0x0d).contains(byte)
    }

    private static func decode(
        _ text: UnsafeRawBufferPointer, _ run: Range<Int>, _ values: UnsafeBufferPointer<UInt8>
    ) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(run.count * 3 / 4 + 3)
        var bits: UInt32 = 0
        var count = 0
        for index in run {
            bits = bits << 6 | UInt32(values[Int(text[index])])
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }
}
