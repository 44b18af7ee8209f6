import Bytes

/// Finds the lines that an encoded value goes on with, where it was wrapped.
///
/// Between two lines stands the same each time: what ends a line and begins the next, with indentation, a comment's or a
/// quotation's mark, or the end of a literal and the beginning of another. All lines are as long as each other, but for the
/// last, which is shorter, and the first, which may stand behind a name.
struct WrappedLines {
    private let text: UnsafeRawBufferPointer
    /// The characters of the encoding.
    private let characters: ByteSet
    /// Characters of the encoding that stand before each line and belong to none: `+` in a patch, `//` in a comment.
    private let marker: UnsafeRawBufferPointer

    /// - Parameter marker: Where the first line's stands; empty if there is none.
    init(_ characters: ByteSet, of text: UnsafeRawBufferPointer, marker: Range<Int> = 0..<0) {
        self.text = text
        self.characters = characters
        self.marker = text.slice(marker)
    }

    /// A value with all its lines.
    ///
    /// - Parameter first: Its first line.
    func value(from first: Range<Int>) -> EncodedValue {
        var lines = [first]
        guard let start = gapEnd(first.upperBound) else { return EncodedValue(lines) }
        let gap = first.upperBound..<start
        var width = first.count
        var next = start
        while true {
            var end = next
            while end < text.count, characters.contains(text[end]) { end += 1 }
            let count = end - next
            // The first line may be what is left of a line behind a name.
            if lines.count == 1, count > width { width = count }
            guard count > 0, count <= width else { break }
            let isLast = count < width || !repeats(gap, at: end)
            if isLast, !endsValue(end, gap) { break }
            lines.append(next..<end)
            if isLast { break }
            next = end + gap.count
        }
        // One line that is longer than the first is no block.
        if lines.count == 2, lines[1].count > first.count { lines.removeLast() }
        return EncodedValue(lines)
    }

    /// Whether what stands between the first two lines stands at a place, too.
    private func repeats(_ gap: Range<Int>, at place: Int) -> Bool {
        let end = place + gap.count
        return end < text.count && text.slice(place..<end).elementsEqual(text.slice(gap))
            && characters.contains(text[end])
    }

    /// Whether the last line of a value can end at a place: before padding, the end of a line or of a literal.
    private func endsValue(_ place: Int, _ gap: Range<Int>) -> Bool {
        guard place < text.count, text[place] != text[gap.lowerBound] else { return true }
        switch text[place] {
        case .equalsSign, .lineFeed, .carriageReturn, .quotationMark, .apostrophe, .backtick, .lessThan, .backslash,
            .rightParenthesis, .rightBracket, .rightBrace:
            return true
        default: return false
        }
    }

    // MARK: Between lines

    /// What stands between two lines is no longer than this, indentation included.
    private static let longestGap = 256

    /// Where the next line begins if what stands at a place parts two lines of a value.
    private func gapEnd(_ start: Int) -> Int? {
        let limit = min(text.count, start + Self.longestGap)
        var index = start
        var endsLine = false
        var isMarked = marker.isEmpty
        var quotes = 0
        while index < limit {
            if let length = lineEnd(at: index) {
                endsLine = true
                index += length
            } else if endsLine, !isMarked, text.slice(index..<limit).starts(with: marker) {
                index += marker.count
                isMarked = true
            } else if Self.betweenLines.contains(text[index]), !beginsLine(index) {
                if Self.quotes.contains(text[index]) { quotes += 1 }
                index += 1
            } else {
                break
            }
        }
        guard index < limit, index > start, characters.contains(text[index]), endsLine || quotes == 2 else {
            return nil
        }
        return index
    }

    private static let quotes = ByteSet(
        .quotationMark ... .quotationMark, .apostrophe ... .apostrophe, .backtick ... .backtick)

    /// Indentation; quotes, and what joins literals; what begins comments, quotations and items of lists.
    private static let betweenLines: ByteSet = {
        var set = quotes
        for byte in Array(" \t+,.&\\_^()#>*/;|%-".utf8) { set.insert(byte) }
        return set
    }()

    /// Whether a byte that may stand between lines is the first of one: `/` and `+` are characters of base64, too.
    private func beginsLine(_ index: Int) -> Bool {
        guard characters.contains(text[index]) else { return false }
        var end = index
        while end < text.count, text[end] == text[index] { end += 1 }
        // `//` and `+` are followed by something else where they stand between lines.
        return end < text.count && characters.contains(text[end])
    }

    /// The length of what ends a line at a place: a line end, or what stands for one in a literal or in markup.
    private func lineEnd(at index: Int) -> Int? {
        switch text[index] {
        case .lineFeed, .carriageReturn: return 1
        case .backslash:
            var end = index
            while end < text.count, text[end] == .backslash { end += 1 }
            guard end < text.count, text[end] == UInt8(ascii: "n") || text[end] == UInt8(ascii: "r") else { return nil }
            return end + 1 - index
        case .ampersand, .lessThan, .percent:
            return Self.namedLineEnds.first { name in
                name.count <= text.count - index
                    && text.slice(index..<index + name.count).elementsEqual(name) { $0 == $1 || $0 | 0x20 == $1 }
            }?.count
        default: return nil
        }
    }

    /// Lower case.
    private static let namedLineEnds = ["&#10;", "&#13;", "&#xa;", "&#xd;", "<br>", "<br/>", "<br />", "%0a", "%0d"].map
    {
        Array($0.utf8)
    }
}
