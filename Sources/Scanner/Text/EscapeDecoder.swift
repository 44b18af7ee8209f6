import Bytes

/// Undoes backslash escapes (`\n`, `\"`, `\u0022`, `\x22`) as they stand in JSON, string literals and notebooks.
enum EscapeDecoder {
    /// Bytes around an escape that become one island with it.
    private static let reach = 768

    static func decode(_ text: UnsafeRawBufferPointer, budget: Int) -> DecodedText {
        EscapeIslands.decode(
            text, decoder: "escapes", marker: 0x5c, reach: reach, budget: budget, escape: escape(in:at:))
    }

    /// The byte that an escape stands for and its length; `nil` where none stands.
    ///
    /// Only escapes that can hide where a value begins or ends count.
    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> (byte: UInt8, length: Int)? {
        guard index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case 0x6e, 0x72: return (0x0a, 2)
        case 0x74: return (0x09, 2)
        case 0x22, 0x27, 0x2f, 0x5c: return (text[index + 1], 2)
        case 0x75: return hexadecimal(text, index + 2, 4).map { ($0, 6) }
        case 0x78: return hexadecimal(text, index + 2, 2).map { ($0, 4) }
        default: return nil
        }
    }

    /// A code below 0x80 in so many hex digits.
    private static func hexadecimal(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> UInt8? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for index in start..<start + count {
            guard let digit = hexDigit(text[index]) else { return nil }
            value = value * 16 + digit
        }
        return value < 0x80 ? UInt8(value) : nil
    }
}

/// The value of an ASCII hex digit of either case.
private func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x41 + 10
    case 0x61...0x66: Int(byte) - 0x61 + 10
    default: nil
    }
}

/// Undoes percent-encoding, as in URLs and form bodies.
enum PercentDecoder {
    private static let reach = 384

    static func decode(_ text: UnsafeRawBufferPointer, budget: Int) -> DecodedText {
        EscapeIslands.decode(
            text, decoder: "percent", marker: 0x25, reach: reach, budget: budget, escape: escape(in:at:))
    }

    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> (byte: UInt8, length: Int)? {
        guard index + 2 < text.count, let high = hexDigit(text[index + 1]),
            let low = hexDigit(text[index + 2]), high < 8
        else { return nil }
        return (UInt8(high * 16 + low), 3)
    }
}

/// What decoders of single-byte escapes share: finding those that hide a value, and copying what stands around.
private enum EscapeIslands {
    typealias Escape = (UnsafeRawBufferPointer, Int) -> (byte: UInt8, length: Int)?

    static func decode(
        _ text: UnsafeRawBufferPointer, decoder: String, marker: UInt8, reach: Int, budget: Int, escape: Escape
    ) -> DecodedText {
        var result = DecodedText(decoder, isOfWholeValues: false)
        for island in islands(text, marker, reach, budget, escape) {
            var copied = island.lowerBound
            var index = copied
            while let found = text.first(marker, from: index), found < island.upperBound {
                guard let (byte, length) = escape(text, found) else {
                    index = found + 1
                    continue
                }
                result.copy(copied..<found, of: text)
                result.append(decoded: CollectionOfOne(byte), from: found..<found + length)
                copied = found + length
                index = copied
            }
            if copied < island.upperBound { result.copy(copied..<island.upperBound, of: text) }
            result.separate()
        }
        return result
    }

    /// What lies around the escapes that matter, as ranges that do not overlap; together no longer than the budget.
    private static func islands(
        _ text: UnsafeRawBufferPointer, _ marker: UInt8, _ reach: Int, _ budget: Int, _ escape: Escape
    ) -> [Range<Int>] {
        var result = WindowList()
        var spent = 0
        var index = 0
        while spent < budget, let found = text.first(marker, from: index) {
            guard let (byte, length) = escape(text, found) else {
                index = found + 1
                continue
            }
            index = found + length
            guard hidesValue(text, byte: byte, at: found, end: index) else { continue }
            let window = max(0, found - reach)..<min(text.count, found + reach)
            spent += result.ranges.last?.upperBound ?? 0 >= window.upperBound ? 0 : 2 * reach
            result.insert(window)
        }
        return result.ranges
    }

    /// How long a run behind an escape must be to be worth undoing it.
    private static let minimumValue = 12

    /// Whether an escape touches a value so that, left as it is, it would be taken for a part of it: `\nKEY`, `%3DKEY`;
    /// or stands in a URL's `:\/\/`.
    private static func hidesValue(_ text: UnsafeRawBufferPointer, byte: UInt8, at start: Int, end: Int) -> Bool {
        if byte == 0x2f { return start > 0 && (text[start - 1] == 0x3a || text[start - 1] == 0x41) }
        guard end + minimumValue <= text.count else { return false }
        for index in end..<end + minimumValue {
            switch text[index] {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d: continue
            default: return false
            }
        }
        return true
    }
}
