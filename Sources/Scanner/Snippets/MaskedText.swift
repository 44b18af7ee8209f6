import Findings

/// A text that is shown beside findings and was not searched for them: a commit's summary, a line of a workflow.
package enum MaskedText {
    /// The text with what may be a secret in it redacted.
    ///
    /// - Parameter names: Behind which a value is not shown.
    package static func masked(_ text: String, names: NamesOfSecrets = .common) -> String {
        var copy = text
        return copy.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            return Snippets(raw, secrets: [], around: [0..<raw.count], names: names).snippet(around: 0..<raw.count)
        }
    }

    /// Lines of a text with what may be a secret in them redacted, by what stands around them, too.
    ///
    /// - Parameters:
    ///   - lines: In order; without what ends them.
    ///   - secrets: Where secrets stand that are known: of these the ends are shown.
    ///   - names: Behind which a value is not shown.
    package static func masked(
        _ lines: [Range<Int>], of text: [UInt8], secrets: [Range<Int>], names: NamesOfSecrets = .common
    ) -> [String] {
        text.withUnsafeBytes { text in
            let hidden = HiddenRanges(text, secrets: secrets, shown: lines, names: names, showsNothing: { _ in false })
            return lines.map { hidden.shown($0, of: text) }
        }
    }
}
