import Bytes

extension DecodedText {
    /// Bytes above an encoded value that are copied to judge it by.
    private static let contextBefore = 768
    private static let contextBehind = 128

    /// What an encoded value stands for.
    struct Decoding {
        var bytes: [UInt8]
        /// What of the text that takes up.
        var original: Range<Int>
        /// The value that `original` is a line of.
        var value: EncodedPlace?
    }

    /// Undoes each value and copies what stands around it.
    ///
    /// - Parameters:
    ///   - values: In order of `place`.
    ///   - budget: How many bytes may be written at the most, but for the last value.
    ///   - place: Where in the text a value stands.
    ///   - undo: What a value stands for; `nil` if it is no text. The number is what is left of the budget.
    mutating func append<Value>(
        _ values: [Value], of text: UnsafeRawBufferPointer, budget: Int, place: (Value) -> Range<Int>,
        undo: (Value, Int) -> Decoding?
    ) {
        var copied = 0
        for value in values where place(value).lowerBound >= copied && bytes.count < budget {
            guard let decoding = undo(value, budget - bytes.count) else { continue }
            let lower = decoding.original.lowerBound
            let start = max(0, lower - Self.contextBefore)
            if hasDecoded {
                let end = min(lower, text.lineEnd(of: copied, reach: Self.contextBehind))
                copy(copied..<end, of: text)
                copied = end
                if start > copied { separate() }
            }
            copy(max(copied, start)..<lower, of: text)
            append(decoded: decoding.bytes, from: decoding.original, of: decoding.value)
            copied = decoding.original.upperBound
        }
        if hasDecoded { copy(copied..<text.lineEnd(of: copied, reach: Self.contextBehind), of: text) }
    }
}
