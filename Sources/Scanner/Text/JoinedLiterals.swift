import Bytes

/// Undoes what joins two literals: nothing (C, Python), `+` (Java, JavaScript, C#, Go), `.` (PHP, Perl), `..` (Lua), `&`
/// (Visual Basic), `||` (SQL), `<>` (Elixir), `++` (Erlang, Haskell), `\` at the end of a line.
///
/// Only where both ends together may be a secret.
enum JoinedLiterals {
    /// What reports call it.
    static let decoder = "joined literals"
    /// Bytes around a seam that become one island with it.
    private static let reach = 768
    /// White space between two literals, at the most.
    private static let longestSeam = 160

    static func decode(_ text: UnsafeRawBufferPointer, _ effort: DecodingEffort, budget: Int) -> DecodedText {
        let reach = effort.reach ?? reach
        var result = DecodedText(decoder, isOfWholeValues: false)
        var copied = 0
        var quotes = NextQuotes(in: text)
        while result.bytes.count < budget, let seam = nextSeam(in: text, &quotes, effort) {
            let start = max(0, seam.lowerBound - reach)
            if start > copied {
                if result.hasDecoded {
                    result.copy(copied..<min(start, copied + reach), of: text)
                    result.separate()
                }
                copied = start
            }
            result.copy(copied..<seam.lowerBound, of: text)
            result.append(decoded: EmptyCollection(), from: seam)
            copied = seam.upperBound
            quotes.skip(to: copied, in: text)
        }
        if result.hasDecoded { result.copy(copied..<min(text.count, copied + reach), of: text) }
        return result
    }

    /// Whether a seam begins or ends near a place.
    static func joins(near offset: Int, in text: UnsafeRawBufferPointer) -> Bool {
        // What joins may stand at the beginning of the line below: the literal before it ends further back.
        var start = offset
        if !isQuote(text[start]) {
            while start > 0, offset - start < longestSeam, isBlank(text[start - 1]) { start -= 1 }
            start -= 1
        }
        guard start > 0, isQuote(text[start]) else { return false }
        return seam(at: start, in: text) != nil
    }

    /// Whether a literal that ends above the line that begins at a place goes on there.
    static func joins(acrossLineEnd place: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var start = place
        let lowest = max(0, place - longestSeam)
        while start > lowest, isBlank(text[start - 1]) || isOperator(text[start - 1]) { start -= 1 }
        guard start > lowest, isQuote(text[start - 1]) else { return false }
        return seam(at: start - 1, in: text) != nil
    }

    // MARK: Seams

    private static func nextSeam(
        in text: UnsafeRawBufferPointer, _ quotes: inout NextQuotes, _ effort: DecodingEffort
    ) -> Range<Int>? {
        let isThorough = effort.reach != nil
        while let quote = quotes.next(in: text) {
            if let seam = seam(at: quote, in: text, isThorough: isThorough), !isThorough || effort.isWanted(seam) {
                return seam
            }
        }
        return nil
    }

    /// The places of both quotes in order: each is searched for by itself, sixteen bytes and more at a time.
    ///
    /// One for the whole of a text: where it has one kind alone, the search for the other ends with the text.
    private struct NextQuotes {
        private var double: Int?
        private var single: Int?

        init(in text: UnsafeRawBufferPointer) {
            double = text.first(.quotationMark, from: 0)
            single = text.first(.apostrophe, from: 0)
        }

        mutating func next(in text: UnsafeRawBufferPointer) -> Int? {
            let place = min(double ?? .max, single ?? .max)
            switch place {
            case .max: return nil
            case double: double = text.first(.quotationMark, from: place + 1)
            default: single = text.first(.apostrophe, from: place + 1)
            }
            return place
        }

        /// Passes over what stands before a place.
        mutating func skip(to start: Int, in text: UnsafeRawBufferPointer) {
            if let place = double, place < start { double = text.first(.quotationMark, from: start) }
            if let place = single, place < start { single = text.first(.apostrophe, from: start) }
        }
    }

    /// From the quote that ends a literal to the one that begins the next.
    private static func seam(
        at quote: Int, in text: UnsafeRawBufferPointer, isThorough: Bool = false
    ) -> Range<Int>? {
        let limit = min(text.count, quote + longestSeam)
        var index = quote + 1
        var signs = 0
        while index < limit, isBlank(text[index]) || isOperator(text[index]) {
            if isOperator(text[index]) { signs += 1 }
            index += 1
        }
        // `b"…"`, `f'…'`, `@"…"`
        if index + 1 < limit, isPrefix(text[index]), isQuote(text[index + 1]), !text[index - 1].isAlphanumeric {
            index += 1
        }
        guard index < limit, isQuote(text[index]), index > quote + 1, signs <= 2 else { return nil }
        let before = tail(before: quote, text)
        let behind = head(from: index + 1, text)
        if isThorough, !before.isEmpty, !behind.isEmpty { return quote..<index + 1 }
        return mayBeSecret(text.slice(before), text.slice(behind)) ? quote..<index + 1 : nil
    }

    /// Two halves are no secret if they are shorter together.
    private static let minimumLength = 12
    private static let longestHalf = 64

    private static func tail(before quote: Int, _ text: UnsafeRawBufferPointer) -> Range<Int> {
        var start = quote
        while start > max(0, quote - longestHalf), ByteSet.token.contains(text[start - 1]) { start -= 1 }
        return start..<quote
    }

    private static func head(from start: Int, _ text: UnsafeRawBufferPointer) -> Range<Int> {
        var end = start
        while end < min(text.count, start + longestHalf), ByteSet.token.contains(text[end]) { end += 1 }
        return start..<end
    }

    /// Whether two halves look like one token: long enough, with letters and digits.
    private static func mayBeSecret(_ before: UnsafeRawBufferPointer, _ behind: UnsafeRawBufferPointer) -> Bool {
        guard !before.isEmpty, !behind.isEmpty, before.count + behind.count >= minimumLength else { return false }
        return (before.contains { $0.isDigit } || behind.contains { $0.isDigit })
            && (before.contains { $0.isLetter } || behind.contains { $0.isLetter })
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == .quotationMark || byte == .apostrophe }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == .space || byte == .tab || byte == .lineFeed || byte == .carriageReturn
    }

    private static let operators: ByteSet = {
        var set = ByteSet()
        for byte in Array("+.&\\_|<>^~".utf8) { set.insert(byte) }
        return set
    }()

    private static func isOperator(_ byte: UInt8) -> Bool { operators.contains(byte) }

    private static func isPrefix(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "u"), UInt8(ascii: "L"), .atSign,
            .dollar:
            true
        default: false
        }
    }
}
