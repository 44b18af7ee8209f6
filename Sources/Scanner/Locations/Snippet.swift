/// The part of a line that a report shows, with every secret in it redacted.
enum Snippet {
    /// Bytes shown to either side of the secret.
    private static let reach = 60

    /// - Parameter secrets: Every match of the text, reported or not, in any order.
    static func make(around secret: Range<Int>, in text: UnsafeRawBufferPointer, secrets: [Range<Int>]) -> String {
        let start = characterStart(text.lineStart(of: secret.lowerBound, reach: reach), in: text)
        let firstEnd = text.lineEnd(of: secret.lowerBound)
        let end = characterStart(min(firstEnd, text.lineEnd(of: min(firstEnd, secret.upperBound), reach: reach)), in: text)
        var result = start > 0 && text[start - 1] != 0x0a ? "…" : ""
        var position = start
        for range in secrets.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > position {
            guard range.lowerBound < end else { break }
            if range.lowerBound > position { result += string(text, position..<range.lowerBound) }
            result += Secret(bytes: Array(text.slice(range))).redacted
            position = min(end, range.upperBound)
        }
        if position < end { result += string(text, position..<end) }
        if end < text.count, text[end] != 0x0a { result += "…" }
        return result.hasSuffix("\r") || result.hasSuffix("\r\n") ? String(result.dropLast()) : result
    }

    private static func string(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
        String(decoding: text.slice(range), as: UTF8.self)
    }

    /// Moves forward to the first byte of a UTF-8 character.
    private static func characterStart(_ offset: Int, in text: UnsafeRawBufferPointer) -> Int {
        var index = offset
        while index < text.count, text[index] & 0xc0 == 0x80 { index += 1 }
        return index
    }
}
