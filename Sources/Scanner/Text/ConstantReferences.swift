import Bytes

/// Undoes references to constants of the same text where what stands beside them may be the rest of a secret:
/// `f"{PREFIX}abc"`, `` `${PREFIX}abc` ``, `PREFIX + "abc"`, `"%sabc" % PREFIX`.
enum ConstantReferences {
    /// A reference, and the name of what it refers to.
    struct Reference: Equatable {
        var range: Range<Int>
        var name: Range<Int>
        /// Whether a literal begins behind it, rather than goes on.
        var beginsLiteral = false

        func moved(back distance: Int) -> Reference {
            Reference(
                range: range.lowerBound - distance..<range.upperBound - distance,
                name: name.lowerBound - distance..<name.upperBound - distance, beginsLiteral: beginsLiteral)
        }
    }

    /// Bytes around a reference that become one island with it.
    private static let reach = 768
    /// Each is looked for in the whole text.
    private static let maximumCount = 16
    private static let longestName = 64
    private static let longestValue = 128

    /// The reference before a run of the characters of base64, if that may be the rest of a secret.
    static func reference(before run: Range<Int>, in text: UnsafeRawBufferPointer) -> Reference? {
        guard run.lowerBound > 1 else { return nil }
        switch text[run.lowerBound - 1] {
        case .rightBrace where mayBeSecret(run, text): return braced(before: run.lowerBound, in: text)
        case .percent where text[run.lowerBound] == UInt8(ascii: "s"):
            let rest = run.lowerBound + 1..<run.upperBound
            return mayBeSecret(rest, text) ? formatted(run.lowerBound - 1..<rest.lowerBound, rest, in: text) : nil
        case .quotationMark, .apostrophe:
            return mayBeSecret(run, text) ? added(before: run.lowerBound, in: text) : nil
        default: return nil
        }
    }

    static func decode(_ text: UnsafeRawBufferPointer, _ references: [Reference], budget: Int) -> DecodedText {
        var result = DecodedText("constants", isOfWholeValues: false)
        var copied = 0
        for reference in references.prefix(maximumCount)
        where reference.range.lowerBound >= copied && result.bytes.count < budget {
            guard let value = value(of: text.slice(reference.name), in: text, before: reference.name.lowerBound) else {
                continue
            }
            let start = max(copied, reference.range.lowerBound - reach)
            if result.hasDecoded { result.copy(copied..<min(start, copied + reach), of: text) }
            if start > copied, result.hasDecoded { result.separate() }
            result.copy(start..<reference.range.lowerBound, of: text)
            let quote = reference.beginsLiteral ? [text[reference.range.upperBound - 1]] : []
            result.append(decoded: quote + Array(text.slice(value)), from: reference.range)
            copied = reference.range.upperBound
        }
        if result.hasDecoded { result.copy(copied..<min(text.count, copied + reach), of: text) }
        return result
    }

    /// Whether a run is no path and no name: digits and letters stand at its beginning.
    private static func mayBeSecret(_ run: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        let beginning = text[run].prefix(20)
        return beginning.count == 20 && !beginning.contains(.slash) && beginning.contains { $0.isLetter }
            && beginning.contains { $0.isDigit }
    }

    // MARK: Forms

    /// `{NAME}`, `${NAME}`, `#{NAME}` up to a place.
    private static func braced(before end: Int, in text: UnsafeRawBufferPointer) -> Reference? {
        guard let name = name(before: end - 1, in: text), name.lowerBound > 0, text[name.lowerBound - 1] == .leftBrace
        else { return nil }
        var start = name.lowerBound - 1
        if start > 0, text[start - 1] == .dollar || text[start - 1] == .numberSign { start -= 1 }
        return Reference(range: start..<end, name: name)
    }

    /// White space, `+`, `.` and `&`: what stands between a name and a literal that are joined.
    private static let signs = ByteSet(
        .tab ... .carriageReturn, .space ... .space, .plus ... .plus, .period ... .period, .ampersand ... .ampersand)
    /// What stands between a format and its argument.
    private static let argumentSigns = ByteSet(
        .quotationMark ... .quotationMark, .apostrophe ... .apostrophe, .space ... .space, .percent ... .percent,
        .comma ... .comma, .leftParenthesis ... .leftParenthesis)

    /// `NAME + "` up to a place.
    private static func added(before end: Int, in text: UnsafeRawBufferPointer) -> Reference? {
        var start = end - 1
        let lowest = max(0, end - longestName)
        var signCount = 0
        while start > lowest, signs.contains(text[start - 1]) {
            start -= 1
            if !text[start].isWhitespace { signCount += 1 }
        }
        guard signCount == 1 || signCount == 2, let name = name(before: start, in: text) else { return nil }
        return Reference(range: name.lowerBound..<end, name: name, beginsLiteral: true)
    }

    /// `%s` with `" % NAME`, `", NAME` behind the rest.
    private static func formatted(
        _ place: Range<Int>, _ rest: Range<Int>, in text: UnsafeRawBufferPointer
    ) -> Reference? {
        var start = rest.upperBound
        let limit = min(text.count, start + longestName)
        while start < limit, argumentSigns.contains(text[start]) { start += 1 }
        var end = start
        while end < min(text.count, start + longestName), ByteSet.word.contains(text[end]) { end += 1 }
        guard end > start, start > rest.upperBound + 1, !text[start].isDigit else { return nil }
        return Reference(range: place, name: start..<end)
    }

    private static func name(before end: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        var start = end
        while start > max(0, end - longestName), ByteSet.word.contains(text[start - 1]) { start -= 1 }
        return start < end && !text[start].isDigit ? start..<end : nil
    }

    // MARK: Constants

    /// What a name is defined as: the literal behind the last `NAME =` or `NAME:` before its use.
    private static func value(
        of name: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer, before use: Int
    ) -> Range<Int>? {
        let folded = name.map { UnsafeRawBufferPointer.folded($0) }
        var found: Range<Int>?
        var start = 0
        while let place = text.firstCaseless(folded, in: start..<use) {
            start = place + 1
            let end = place + name.count
            guard place == 0 || !ByteSet.word.contains(text[place - 1]), text.slice(place..<end).elementsEqual(name)
            else {
                continue
            }
            found = literal(from: end, in: text) ?? found
        }
        return found
    }

    /// The literal of a definition whose name ends at a place: `= "…"`, `: str = "…"`, `:= "…"`.
    private static func literal(from place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        let limit = min(text.count, place + 48)
        guard let quote = text[place..<limit].firstIndex(where: { $0 == .quotationMark || $0 == .apostrophe }),
            text[place..<quote].allSatisfy({ $0 != .lineFeed && $0 != .semicolon && $0 != .leftParenthesis }),
            text[place..<quote].contains(where: { $0 == .equalsSign || $0 == .colon })
        else { return nil }
        var end = quote + 1
        while end < min(text.count, quote + longestValue), ByteSet.token.contains(text[end]) { end += 1 }
        return end < text.count && text[end] == text[quote] && end > quote + 1 ? quote + 1..<end : nil
    }
}
