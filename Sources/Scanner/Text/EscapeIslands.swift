import Bytes

/// What decoders of single-byte escapes share: finding those that hide a value, and copying what stands around.
struct EscapeIslands {
    /// The first byte of each escape.
    let marker: UInt8
    /// Bytes to either side of an escape that are copied with it.
    let reach: Int
    /// The byte that the escape at an offset stands for, and the escape's length; `nil` where none stands.
    let escape: (UnsafeRawBufferPointer, Int) -> (byte: UInt8, length: Int)?

    /// - Parameters:
    ///   - decoder: What reports call it.
    ///   - budget: How many bytes may be written, but for the last island.
    func decode(_ text: UnsafeRawBufferPointer, decoder: String, budget: Int) -> DecodedText {
        var result = DecodedText(decoder, isOfWholeValues: false)
        for island in islands(of: text, budget: budget) {
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
    private func islands(of text: UnsafeRawBufferPointer, budget: Int) -> [Range<Int>] {
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
    /// or stands in a URL's `:\/\/`, `%3A%2F%2F`.
    private func hidesValue(_ text: UnsafeRawBufferPointer, byte: UInt8, at start: Int, end: Int) -> Bool {
        if byte == .slash {
            return start > 0 && (text[start - 1] == .colon || text[start - 1] == UInt8(ascii: "A"))
        }
        guard end + Self.minimumValue <= text.count else { return false }
        return text[end..<end + Self.minimumValue].allSatisfy {
            $0.isAlphanumeric || $0 == .underscore || $0 == .hyphen
        }
    }
}
