import Bytes

extension [UInt8] {
    /// Where the line of a place begins.
    func lineStart(of place: Int) -> Int { withUnsafeBytes { $0.lineStart(of: place) } }

    /// Where the line of a place ends: at its line feed, or the carriage return before that.
    func lineEnd(of place: Int) -> Int {
        let end = withUnsafeBytes { $0.lineEnd(of: place) }
        return end > place && self[end - 1] == .carriageReturn ? end - 1 : end
    }

    /// The line of a place, without what ends it.
    func line(of place: Int) -> Range<Int> {
        let start = lineStart(of: place)
        return start..<Swift.max(start, lineEnd(of: place))
    }

    /// Where the line below that of a place begins; the end of the text if there is none.
    func nextLine(after place: Int) -> Int {
        let end = withUnsafeBytes { $0.lineEnd(of: place) }
        return Swift.min(count, end + 1)
    }

    /// Where the line above one begins; `nil` for the first.
    func previousLine(before start: Int) -> Int? { start > 0 ? lineStart(of: start - 1) : nil }

    func string(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

    /// Whether some bytes stand at a place.
    func has(_ bytes: [UInt8], at place: Int) -> Bool {
        place >= 0 && place + bytes.count <= count && self[place..<place + bytes.count].elementsEqual(bytes)
    }

    /// A range without the blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isWhitespace { start += 1 }
        while end > start, self[end - 1].isWhitespace { end -= 1 }
        return start..<end
    }

    /// How its lines end: as the first does.
    var lineEnding: String {
        guard let first = firstIndex(of: .lineFeed) else { return "\n" }
        return first > 0 && self[first - 1] == .carriageReturn ? "\r\n" : "\n"
    }

    /// The white space that a line begins with, in bytes.
    func indentation(of start: Int) -> Int {
        var index = start
        while index < count, self[index] == .space || self[index] == .tab { index += 1 }
        return index - start
    }
}

extension UInt8 {
    /// Letters, digits, `_` and what is not ASCII: what names in programs consist of.
    var isIdentifier: Bool { isAlphanumeric || self == .underscore || self >= 0x80 }
}
