import Bytes

/// Finds the lines of table headers in TOML text: toml++ keeps positions, but TOMLKit hides them.
enum TableHeaders {
    private static let quotes: [UInt8] = [.quotationMark, .apostrophe]

    /// 1-based numbers of the lines that begin with `header`, other than those in texts over several lines.
    static func lines(of header: String, in text: String) -> [Int] {
        var result: [Int] = []
        var openQuote: UInt8?
        for (index, line) in Array(text.utf8).split(separator: .lineFeed, omittingEmptySubsequences: false).enumerated()
        {
            let trimmed = line.drop { $0 == .space || $0 == .tab }
            if openQuote == nil, trimmed.starts(with: header.utf8) { result.append(index + 1) }
            openQuote = quote(leftOpenBy: line, openedBefore: openQuote)
        }
        return result
    }

    /// The quote of the text over several lines that goes on after a line; `nil` if none does.
    private static func quote(leftOpenBy line: ArraySlice<UInt8>, openedBefore: UInt8?) -> UInt8? {
        var open = openedBefore
        var rest = line
        while let byte = rest.first {
            let isTriple = quotes.contains(byte) && rest.starts(with: [byte, byte, byte])
            if isTriple, open == nil || open == byte {
                open = open == nil ? byte : nil
                rest = rest.dropFirst(3)
            } else if open == nil, quotes.contains(byte) {
                rest = afterString(rest.dropFirst(), quote: byte)
            } else if open == nil, byte == .numberSign {
                return nil
            } else {
                // A backslash means something in double quotes only.
                rest = rest.dropFirst(open == .quotationMark && byte == .backslash ? 2 : 1)
            }
        }
        return open
    }

    private static func afterString(_ line: ArraySlice<UInt8>, quote: UInt8) -> ArraySlice<UInt8> {
        var rest = line
        while let byte = rest.first, byte != quote {
            rest = rest.dropFirst(quote == .quotationMark && byte == .backslash ? 2 : 1)
        }
        return rest.dropFirst()
    }
}
