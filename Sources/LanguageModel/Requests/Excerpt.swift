/// Lines of a file, as a model sees them: what may be a secret in them is masked.
package struct Excerpt: Sendable {
    /// One line.
    package struct Line: Sendable {
        /// From 1.
        package var number: Int
        package var shown: String
        /// Without its end.
        package var original: [UInt8]
        /// Something of it is not shown, though it is no secret: it is too long.
        package var isCut = false
    }

    /// In order.
    package var lines: [Line]
    /// What was masked, each once: no answer may repeat it.
    package var masked: [[UInt8]]

    package init(lines: [Line] = [], masked: [[UInt8]] = []) {
        self.lines = lines
        self.masked = masked
    }

    /// What stands for the secret that is asked about.
    package static let secret = "__SECRET__"
    /// What stands for everything else that is not shown.
    package static let other = "__MASKED__"
    /// What stands for a line of which nothing is shown.
    static let withheld = "__MASKED__ (the whole line)"
}
