import Bytes
import Findings

/// The parts of a text's lines that a report shows, with every secret in them redacted.
struct Snippets {
    /// Bytes shown to either side of the secret.
    private static let reach = 60

    private let text: UnsafeRawBufferPointer
    /// What must not be shown: sorted, and where secrets overlap one range, so that the end of one does not show the
    /// middle of another.
    private let hidden: [Hidden]

    private struct Hidden {
        var range: Range<Int>
        /// Whether one of the secrets in it is so weak that nothing of it may be shown, as it is or encoded.
        var showsNothing: Bool
    }

    /// - Parameters:
    ///   - secrets: Every match of the text, reported or not, in any order.
    ///   - showsNothing: Whether nothing may be shown of what stands in a range, for what it is when it is decoded.
    init(
        _ text: UnsafeRawBufferPointer, secrets: [Range<Int>], showsNothing: (_ secret: Int) -> Bool = { _ in false }
    ) {
        self.text = text
        var hidden: [Hidden] = []
        for (index, range) in secrets.enumerated().sorted(by: { $0.element.lowerBound < $1.element.lowerBound }) {
            let next = Hidden(range: range, showsNothing: showsNothing(index))
            if let last = hidden.last, range.lowerBound < last.range.upperBound {
                hidden[hidden.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, range.upperBound)
                if next.showsNothing { hidden[hidden.count - 1].showsNothing = true }
            } else {
                hidden.append(next)
            }
        }
        self.hidden = hidden
    }

    /// The line of a secret, shortened around it.
    func snippet(around secret: Range<Int>) -> String {
        let start = characterStart(text.lineStart(of: secret.lowerBound, reach: Self.reach))
        let firstEnd = text.lineEnd(of: secret.lowerBound, reach: secret.count + Self.reach)
        let end = characterStart(min(firstEnd, text.lineEnd(of: min(firstEnd, secret.upperBound), reach: Self.reach)))
        var result = start > 0 && text[start - 1] != .lineFeed ? "…" : ""
        var position = start
        for hidden in hidden[hidden.partitionPoint(where: { $0.range.upperBound <= start })...] {
            let range = hidden.range
            guard range.lowerBound < end else { break }
            if range.lowerBound > position { result += string(position..<range.lowerBound) }
            result += hidden.showsNothing ? Secret.nothing : Secret(bytes: Array(text.slice(range))).redacted
            position = min(end, range.upperBound)
        }
        if position < end { result += string(position..<end) }
        if end < text.count, text[end] != .lineFeed { result += "…" }
        return result.hasSuffix("\r") || result.hasSuffix("\r\n") ? String(result.dropLast()) : result
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: text.slice(range), as: UTF8.self) }

    /// Moves forward to the first byte of a UTF-8 character.
    private func characterStart(_ offset: Int) -> Int {
        var index = offset
        while index < text.count, text[index] & 0xc0 == 0x80 { index += 1 }
        return index
    }
}
