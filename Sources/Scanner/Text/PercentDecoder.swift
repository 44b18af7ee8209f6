import Bytes

/// Undoes percent-encoding, as in URLs and form bodies.
enum PercentDecoder {
    /// Bytes around an escape that become one island with it.
    private static let reach = 384

    static func decode(_ text: UnsafeRawBufferPointer, _ effort: DecodingEffort, budget: Int) -> DecodedText {
        let isThorough = effort.reach != nil
        return EscapeIslands(marker: .percent, reach: reach, effort) { text, index in
            isThorough ? anyEscape(in: text, at: index) : escape(in: text, at: index)
        }.decode(text, decoder: "percent", budget: budget)
    }

    /// One of ASCII: what else is encoded parts no value.
    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> EscapeIslands.Escape? {
        anyEscape(in: text, at: index).flatMap { $0.byte.map { $0 < 0x80 } ?? false ? $0 : nil }
    }

    private static func anyEscape(in text: UnsafeRawBufferPointer, at index: Int) -> EscapeIslands.Escape? {
        guard index + 2 < text.count, let high = text[index + 1].hexValue, let low = text[index + 2].hexValue
        else { return nil }
        return .init(byte: high << 4 | low, length: 3)
    }
}
