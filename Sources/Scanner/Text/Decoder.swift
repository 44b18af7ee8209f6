/// The encodings that are undone in a text, in the order in which they are tried.
enum Decoder: CaseIterable {
    case base64, gzip, zlib, hex, escapes, percent, references, quotedPrintable, joinedLiterals, constants
    /// The lines of base64 that was wrapped, each by itself: last, so that it takes nothing from the others' budget.
    case base64Lines

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
                found.runs.gzip.isEmpty
                    ? nil : Base64Decoder.decode(text, found.runs.gzip, compressedAs: .gzip, budget: budget)
            case .zlib:
                found.runs.zlib.isEmpty
                    ? nil : Base64Decoder.decode(text, found.runs.zlib, compressedAs: .zlib, budget: budget)
            case .base64Lines:
                found.runs.base64Lines.isEmpty
                    ? nil : Base64Decoder.decode(text, found.runs.base64Lines, budget: budget)
            case .hex: found.runs.hex.isEmpty ? nil : HexDecoder.decode(text, found.runs.hex, budget: budget)
            case .escapes:
                found.holdsKeyword || found.marks.contains(.backslash)
                    ? EscapeDecoder.decode(text, found.effort, budget: budget) : nil
            case .percent:
                found.holdsKeyword || found.marks.contains(.percent)
                    ? PercentDecoder.decode(text, found.effort, budget: budget) : nil
            case .references:
                found.marks.contains(.references) ? ReferenceDecoder.decode(text, found.effort, budget: budget) : nil
            case .quotedPrintable:
                found.marks.contains(.quotedPrintable)
                    ? QuotedPrintableDecoder.decode(text, found.effort, budget: budget) : nil
            case .constants:
                found.runs.references.isEmpty
                    ? nil : ConstantReferences.decode(text, found.runs.references, budget: budget)
            case .joinedLiterals:
                found.marks.contains(.joinedLiterals) ? JoinedLiterals.decode(text, found.effort, budget: budget) : nil
            }
        guard let decoded, decoded.hasDecoded else { return nil }
        return decoded
    }
}

/// What is encoded in a text, or may be.
struct Encodings {
    /// Runs that hold other text.
    var runs: EncodedRuns
    /// Whether a keyword stands in the text. Backslash and percent escapes leave it in clear, so that they are undone where
    /// there is one; base64 and hex hide it with the value.
    var holdsKeyword: Bool
    /// Signs of escapes that hide the keyword, too.
    var marks: EscapeMarks
    var effort = DecodingEffort.usual
}

/// What is undone of escapes of single characters, and of literals that are joined.
struct DecodingEffort {
    /// For who knows what to look for: all are undone, with so many bytes to either side. `nil`: those that seem to hide a value.
    var reach: Int?
    /// Which of all.
    var isWanted: (Range<Int>) -> Bool = { _ in true }

    static var usual: DecodingEffort { DecodingEffort() }
}
