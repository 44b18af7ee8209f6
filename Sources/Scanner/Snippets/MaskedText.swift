import Findings

/// A text that is shown beside findings and was not searched for them: a commit's summary, a line of a workflow.
package enum MaskedText {
    /// The text with what may be a secret in it redacted.
    package static func masked(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            return Snippets(raw, secrets: [], around: [0..<raw.count]).snippet(around: 0..<raw.count)
        }
    }
}
