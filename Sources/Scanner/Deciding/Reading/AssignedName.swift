import Bytes

/// The name a value is given: the variable, key, header, flag or attribute to its left, and the call around it.
struct AssignedName {
    /// The identifiers from the value leftwards, nearest first: `api_key`, then what encloses it on the line. At most
    /// four; words that only wrap a value (`Bearer`, `value`, `Some`) are left out.
    private(set) var identifiers: [Range<Int>] = []
    /// Whether a character that assigns or passes (`=`, `:`, `(`, `,`, white space after a flag, `>`) stands between.
    private(set) var isAssigned = false

    /// How far to the left of the value a name is looked for, in bytes.
    static let reach = 200

    init(of value: Range<Int>, in text: UnsafeRawBufferPointer) {
        // A pair or a block names it, and what else stands to its left is a part of that.
        if let name = PairName.range(of: value, in: text) {
            identifiers = [name]
            isAssigned = true
            return
        }
        let lowest = text.lineStart(of: value.lowerBound, reach: Self.reach)
        var index = value.lowerBound
        var isFirst = true
        var isBehindTag = false
        while index > lowest, identifiers.count < 4 {
            // Skip to the end of the next identifier, but not out of the statement.
            while index > lowest, !Self.isIdentifier(text[index - 1]) {
                let byte = text[index - 1]
                if Self.endsStatement(byte), !(isFirst && Self.opensValue(byte)), !isReferenceMark(index - 1, text) {
                    return
                }
                // `command --data-file=- <<< "KEY"`: what is left of it is another argument.
                if byte == .lessThan, index - 2 >= lowest, text[index - 2] == .lessThan { return }
                if Self.assigns(byte) { isAssigned = true }
                if byte == .greaterThan, isFirst { isBehindTag = true }
                // `{a:"…",b:"…"}`: past the comma another value begins, unless it is a call's next argument.
                if byte == .comma, !isFirst { return }
                index -= 1
            }
            let end = index
            while index > lowest, Self.isIdentifier(text[index - 1]) { index -= 1 }
            // `<span class="s">KEY</span>`: an element's looks say nothing about what is in it.
            if isBehindTag, end < text.count, text[end] == .equalsSign,
                text.slice(index..<end).elementsEqual("class".utf8)
            {
                continue
            }
            if index < end, !Self.isWrapper(text.slice(index..<end)), !Self.isLiteralPrefix(index..<end, in: text) {
                identifiers.append(index..<end)
                isFirst = false
            }
        }
        if identifiers.isEmpty, index == lowest, let name = Self.nameAbove(lowest, value, in: text) {
            identifiers.append(name)
            isAssigned = true
        }
    }

    /// The name on the line above a line that holds but the value and, perhaps, a word like `value`.
    private static func nameAbove(_ start: Int, _ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        guard start > 1, text[start - 1] == .lineFeed,
            let above = SourceLines.above(start, in: text, reach: reach).first(where: { _ in true })
        else { return nil }
        let lowest = above.lowerBound
        var end = above.upperBound
        while end > lowest, [.space, .tab, .carriageReturn].contains(text[end - 1]) { end -= 1 }
        guard end > lowest else { return nil }
        // Either the line of the value says that it is one, or the line above goes on.
        let isLabelled = text.slice(start..<value.lowerBound).contains(where: isIdentifier)
        let last = text[end - 1]
        let goesOn =
            [.comma, .leftParenthesis, .equalsSign, .colon, .greaterThan, .verticalBar, .backslash].contains(last)
            || last == .hyphen && text[end - 2] == .greaterThan
        guard isLabelled || goesOn else { return nil }
        var index = end
        while index > lowest {
            while index > lowest, !isIdentifier(text[index - 1]) { index -= 1 }
            let upper = index
            while index > lowest, isIdentifier(text[index - 1]) { index -= 1 }
            let identifier = text.slice(index..<upper)
            if identifier.isEmpty || isWrapper(identifier) || identifier.count == 1 { continue }
            if identifier.count <= 9, Words.labels.contains(String(decoding: identifier, as: UTF8.self).lowercased()) {
                continue
            }
            // One of many values in a list names nothing.
            if !isLabelled, last == .comma, !identifier.contains(.underscore) { return nil }
            return index..<upper
        }
        return nil
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8.digits, UInt8.uppercaseLetters, UInt8.lowercaseLetters, .underscore, .hyphen, .period,
            UInt8.outsideASCII:
            true
        default: false
        }
    }

    /// `;`, `}`, `&`, `|`, `{`: what is left of it belongs to something else.
    private static func endsStatement(_ byte: UInt8) -> Bool {
        byte == .semicolon || byte == .rightBrace || byte == .ampersand || byte == .verticalBar || byte == .leftBrace
    }

    /// `|` and `&` of `||`, `&&`, and `{` may stand right before a default value.
    private static func opensValue(_ byte: UInt8) -> Bool { byte == .verticalBar || byte == .leftBrace }

    /// `&` behind white space: Rust's `: &str`, a pointer in C; not the next field of a query.
    private func isReferenceMark(_ index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        text[index] == .ampersand && index > 0 && (text[index - 1] == .space || text[index - 1] == .ampersand)
    }

    private static func assigns(_ byte: UInt8) -> Bool {
        switch byte {
        case .equalsSign, .colon, .leftParenthesis, .comma, .greaterThan, .space, .tab, .leftBracket, .questionMark:
            true
        default: false
        }
    }

    /// The letter of `b"…"`, `f"…"`, `@"…"`, or of an escape: `\\n`.
    private static func isLiteralPrefix(_ letter: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard letter.count == 1 else { return false }
        let next = text[letter.upperBound]
        return next == .quotationMark || next == .apostrophe
            || letter.lowerBound > 0 && text[letter.lowerBound - 1] == .backslash
    }

    private static func isWrapper(_ identifier: UnsafeRawBufferPointer) -> Bool {
        guard identifier.count <= 8 else { return false }
        return Words.wrappers.contains(String(decoding: identifier, as: UTF8.self).lowercased())
    }

    /// The words of `camelCase`, `snake_case`, `kebab-case` and `dotted.names`, lower case.
    static func words(of identifier: UnsafeRawBufferPointer) -> [String] {
        var result: [String] = []
        var word: [UInt8] = []
        var previousWasLower = false
        for byte in identifier {
            let isUpper = byte.isUppercase
            let isWordByte = byte.isAlphanumeric || UInt8.outsideASCII.contains(byte)
            if !isWordByte || isUpper && previousWasLower {
                if !word.isEmpty { result.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
            if isWordByte { word.append(UnsafeRawBufferPointer.folded(byte)) }
            previousWasLower = isWordByte && !isUpper
        }
        if !word.isEmpty { result.append(String(decoding: word, as: UTF8.self)) }
        return result
    }
}
