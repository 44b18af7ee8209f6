import Bytes

/// Undoes percent-encoding, as in URLs and form bodies.
enum PercentDecoder {
    /// Bytes around an escape that become one island with it.
    private static let reach = 384

    static func decode(_ text: UnsafeRawBufferPointer, budget: Int) -> DecodedText {
        EscapeIslands(marker: .percent, reach: reach, escape: escape(in:at:))
            .decode(text, decoder: "percent", budget: budget)
    }

    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> EscapeIslands.Escape? {
        guard index + 2 < text.count, let high = text[index + 1].hexValue, let low = text[index + 2].hexValue, high < 8
        else { return nil }
        return .init(byte: high << 4 | low, length: 3)
    }
}
