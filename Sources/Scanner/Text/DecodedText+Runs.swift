import Bytes

extension DecodedText {
    /// Bytes above an encoded run that are copied to judge it by.
    private static let contextBefore = 768
    private static let contextBehind = 128

    /// Undoes each run and copies what stands around it.
    ///
    /// - Parameters:
    ///   - runs: In order.
    ///   - budget: How many bytes may be written at the most, but for the last run.
    ///   - undo: What a run stands for, and what of the text that takes up; `nil` if it is no text. The number is
    ///     what is left of the budget.
    mutating func append(
        _ runs: [Range<Int>], of text: UnsafeRawBufferPointer, budget: Int,
        undo: (Range<Int>, Int) -> (bytes: [UInt8], original: Range<Int>)?
    ) {
        var copied = 0
        for run in runs where run.lowerBound >= copied && bytes.count < budget {
            guard let (decoded, original) = undo(run, budget - bytes.count) else { continue }
            let start = max(0, run.lowerBound - Self.contextBefore)
            if hasDecoded {
                let end = min(run.lowerBound, text.lineEnd(of: copied, reach: Self.contextBehind))
                copy(copied..<end, of: text)
                copied = end
                if start > copied { separate() }
            }
            copy(max(copied, start)..<run.lowerBound, of: text)
            append(decoded: decoded, from: original)
            copied = original.upperBound
        }
        if hasDecoded { copy(copied..<text.lineEnd(of: copied, reach: Self.contextBehind), of: text) }
    }
}
