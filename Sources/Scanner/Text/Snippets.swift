import Bytes
import Findings

/// The parts of a text's lines that a report shows, with every secret in them redacted.
struct Snippets {
    /// Bytes shown to either side of the secret.
    private static let reach = 60

    private let text: UnsafeRawBufferPointer
    /// What must not be shown: sorted, and where secrets overlap one range, so that the end of one does not show the
    /// middle of another.
    private let hidden: [Range<Int>]
    /// Of these, not even the first and the last characters.
    private let unseen: [Range<Int>]

    /// - Parameters:
    ///   - secrets: Every match of the text, reported or not, in any order.
    ///   - unseen: Those of which nothing is shown, because their parts say something: private keys.
    init(_ text: UnsafeRawBufferPointer, secrets: [Range<Int>], hidden unseen: [Range<Int>] = []) {
        self.text = text
        self.unseen = unseen
        var hidden: [Range<Int>] = []
        for range in secrets.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = hidden.last, range.lowerBound < last.upperBound {
                hidden[hidden.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                hidden.append(range)
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
        for range in hidden[hidden.partitionPoint(where: { $0.upperBound <= start })...] {
            guard range.lowerBound < end else { break }
            if range.lowerBound > position { result += string(position..<range.lowerBound) }
            let isUnseen = unseen.contains { $0.overlaps(range) }
            result += isUnseen ? "…" : Secret(bytes: Array(text.slice(range))).redacted
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
