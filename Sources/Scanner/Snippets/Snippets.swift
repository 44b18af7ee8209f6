import Bytes
import Findings

/// The parts of a text's lines that a report shows, with all in them redacted that is a secret or may be one.
struct Snippets {
    /// Bytes shown to either side of the secret.
    private static let reach = 60

    private let text: UnsafeRawBufferPointer
    private let hidden: HiddenRanges

    /// - Parameters:
    ///   - secrets: Every match of the text, reported or not, in any order.
    ///   - shown: Those whose lines are asked for.
    ///   - names: Behind which a value is not shown.
    ///   - memory: Knows what was masked in other texts.
    ///   - showsNothing: Whether nothing may be shown of what stands in a range, for what it is when it is decoded.
    init(
        _ text: UnsafeRawBufferPointer, secrets: [Range<Int>], around shown: [Range<Int>],
        names: NamesOfSecrets, _ memory: MaskedRanges.Memory? = nil,
        showsNothing: (_ secret: Int) -> Bool = { _ in false }
    ) {
        self.text = text
        var lines = WindowList()
        var last: Range<Int>?
        // All secrets of an encoded value stand in the same place, which may be long.
        for range in shown.sorted(by: { $0.lowerBound < $1.lowerBound }) where range != last {
            lines.insert(Self.bounds(around: range, in: text))
            last = range
        }
        hidden = HiddenRanges(
            text, secrets: secrets, shown: lines.ranges, names: names, showsNothing: showsNothing, memory)
    }

    /// The line of a secret, shortened around it.
    ///
    /// - Parameter secret: One of those whose lines are asked for.
    func snippet(around secret: Range<Int>) -> String {
        let bounds = Self.bounds(around: secret, in: text)
        let (start, end) = (bounds.lowerBound, bounds.upperBound)
        var result = start > 0 && text[start - 1] != .lineFeed ? "…" : ""
        result += hidden.shown(bounds, of: text)
        if end < text.count, text[end] != .lineFeed { result += "…" }
        return result.hasSuffix("\r") || result.hasSuffix("\r\n") ? String(result.dropLast()) : result
    }

    /// What is shown of the line of a secret, or of the lines.
    private static func bounds(around secret: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        let start = characterStart(text.lineStart(of: secret.lowerBound, reach: reach), in: text)
        let firstEnd = text.lineEnd(of: secret.lowerBound, reach: secret.count + reach)
        let end = text.lineEnd(of: min(firstEnd, secret.upperBound), reach: reach)
        return start..<max(start, characterStart(min(firstEnd, end), in: text))
    }

    /// Moves forward to the first byte of a UTF-8 character.
    private static func characterStart(_ offset: Int, in text: UnsafeRawBufferPointer) -> Int {
        var index = offset
        while index < text.count, text[index] & 0xc0 == 0x80 { index += 1 }
        return index
    }
}
