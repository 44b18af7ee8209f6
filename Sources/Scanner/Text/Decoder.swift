/// The encodings that are undone in a text, in the order in which they are tried.
enum Decoder: CaseIterable {
    case base64, gzip, hex, escapes, percent

    /// What a text becomes when this encoding is undone in it; `nil` if nothing in it is so encoded.
    ///
    /// - Parameters:
    ///   - found: What was found to be encoded in the text.
    ///   - budget: How many bytes may be written, but for the last value.
    func decode(_ text: UnsafeRawBufferPointer, _ found: Encodings, budget: Int) -> DecodedText? {
        let decoded: DecodedText? =
            switch self {
            case .base64:
                found.runs.base64.isEmpty ? nil : Base64Decoder.decode(text, found.runs.base64, budget: budget)
            case .gzip:
                found.runs.gzip.isEmpty ? nil : Base64Decoder.decodeGzip(text, found.runs.gzip, budget: budget)
            case .hex: found.runs.hex.isEmpty ? nil : HexDecoder.decode(text, found.runs.hex, budget: budget)
            case .escapes: found.mayHideInEscapes ? EscapeDecoder.decode(text, budget: budget) : nil
            case .percent: found.mayHideInEscapes ? PercentDecoder.decode(text, budget: budget) : nil
            }
        guard let decoded, decoded.hasDecoded else { return nil }
        return decoded
    }
}

/// What is encoded in a text, or may be.
struct Encodings {
    /// Runs that hold other text.
    var runs: EncodedRuns
    /// Whether backslash and percent escapes are undone: only where a keyword stands in the text. Such escapes leave the
    /// keyword in clear; base64 and hex hide it with the value.
    var mayHideInEscapes: Bool
}
