import Findings

/// A text that is shown beside findings and was not searched for them: a commit's summary, a line of a workflow.
package enum MaskedText {
    /// The text with what may be a secret in it redacted.
    ///
    /// - Parameters:
    ///   - secrets: Where secrets stand that are known to be in it, in bytes: of these the ends are shown.
    ///   - names: Behind which a value is not shown.
    package static func masked(
        _ text: String, secrets: [Range<Int>] = [], names: NamesOfSecrets = .common
    ) -> String {
        var copy = text
        return copy.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            return Snippets(raw, secrets: secrets, around: [0..<raw.count], names: names).snippet(around: 0..<raw.count)
        }
    }
}
