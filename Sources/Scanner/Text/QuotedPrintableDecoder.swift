import Bytes

/// Undoes quoted-printable (RFC 2045): `=3D`, and the line ends that are no part of the text.
enum QuotedPrintableDecoder {
    /// Bytes around an escape that become one island with it.
    private static let reach = 768

    static func decode(_ text: UnsafeRawBufferPointer, _ effort: DecodingEffort, budget: Int) -> DecodedText {
        EscapeIslands(marker: .equalsSign, reach: reach, effort, escape: escape(in:at:))
            .decode(text, decoder: "quoted-printable", budget: budget)
    }

    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> EscapeIslands.Escape? {
        guard index + 2 < text.count else { return nil }
        if text[index + 1] == .lineFeed { return .init(byte: nil, length: 2) }
        if text[index + 1] == .carriageReturn, text[index + 2] == .lineFeed { return .init(byte: nil, length: 3) }
        guard let high = text[index + 1].hexValue, let low = text[index + 2].hexValue, high < 8 else { return nil }
        return .init(byte: high << 4 | low, length: 3)
    }
}
