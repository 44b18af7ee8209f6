import Bytes

/// A program's text, taken apart into comments, literals, and the code between them.
struct SourceText {
    /// A comment or a literal.
    struct Token {
        /// With its quotes and the letters before them.
        var range: Range<Int>
        /// Without them.
        var content: Range<Int>
        /// `nil`: a comment.
        var form: Grammar.Literal?
        /// The letters before the quote, as they are written.
        var prefix = ""

        var isComment: Bool { form == nil }
    }

    let bytes: [UInt8]
    let grammar: Grammar
    /// In the order of their beginnings: what stands in a literal comes behind it.
    private(set) var tokens: [Token] = []
    /// Here documents whose text begins on the next line.
    private var pending: [(token: Int, word: [UInt8], isIndented: Bool)] = []

    init(_ bytes: [UInt8], _ grammar: Grammar) {
        self.bytes = bytes
        self.grammar = grammar
        var index = 0
        if bytes.starts(with: Array("#!".utf8)) {
            index = bytes.nextLine(after: 0)
            tokens.append(Token(range: 0..<index, content: 2..<max(2, index)))
        }
        // A piece of a program that is shown without its tags is one all the same.
        if grammar.hasTags, bytes.withUnsafeBytes({ $0.containsCaseless("<?") }) { index = skipMarkup(index) }
        while index < bytes.count { index = readCode(index, closing: nil) }
    }

    /// The innermost comment or literal that holds a range.
    func token(holding range: Range<Int>) -> Token? {
        tokens.filter { $0.content.lowerBound <= range.lowerBound && range.upperBound <= $0.content.upperBound }
            .min { $0.content.count < $1.content.count }
    }

    // MARK: Reading

    /// Reads code up to a bracket that closes an interpolation, or to the end.
    ///
    /// - Returns: Where it goes on.
    private mutating func readCode(_ start: Int, closing: UInt8?) -> Int {
        var index = start
        var depth = 0
        while index < bytes.count {
            if let next = readToken(index) {
                index = next
                continue
            }
            let byte = bytes[index]
            if let closing {
                if byte == closing, depth == 0 { return index + 1 }
                if byte == closing { depth -= 1 } else if byte == Self.opening(closing) { depth += 1 }
            }
            index += 1
            if byte == .lineFeed, !pending.isEmpty { index = readHeredocs(index) }
        }
        return index
    }

    private static func opening(_ closing: UInt8) -> UInt8 {
        closing == .rightParenthesis ? .leftParenthesis : .leftBrace
    }

    /// - Returns: Behind the word, comment or literal that begins here; `nil`: none does.
    private mutating func readToken(_ index: Int) -> Int? {
        if grammar.hasTags, bytes.has([.questionMark, .greaterThan], at: index) { return skipMarkup(index + 2) }
        if let end = commentEnd(index) { return end }
        if bytes[index].isIdentifier {
            var end = index
            while end < bytes.count, bytes[end].isIdentifier { end += 1 }
            let word = bytes.string(index..<end)
            if word.utf8.count <= 3, let behind = readLiteral(end, prefix: word) { return behind }
            return end
        }
        if let end = readHeredocWord(index) { return end }
        if let end = readPrefixed(index) { return end }
        return grammar.hasPatterns ? patternEnd(index) : nil
    }

    /// Signs may stand before a quote, too: `$"…"`, `@"…"`, `#"…"`.
    private mutating func readPrefixed(_ index: Int) -> Int? {
        if let end = readLiteral(index, prefix: "") { return end }
        var end = index
        while end < bytes.count, end - index < 3, [.dollar, .atSign].contains(bytes[end]) { end += 1 }
        guard end > index, end < bytes.count else { return nil }
        return readLiteral(end, prefix: bytes.string(index..<end))
    }

    private mutating func commentEnd(_ index: Int) -> Int? {
        if let mark = grammar.lineComments.first(where: { bytes.has($0, at: index) }) {
            let end = bytes.lineEnd(of: index)
            tokens.append(Token(range: index..<end, content: min(end, index + mark.count)..<end))
            return end
        }
        guard let form = grammar.blockComments.first(where: { bytes.has($0.open, at: index) }) else { return nil }
        var end = index + form.open.count
        while end < bytes.count, !bytes.has(form.close, at: end) { end += 1 }
        let behind = min(bytes.count, end + form.close.count)
        tokens.append(Token(range: index..<behind, content: index + form.open.count..<end))
        return behind
    }

    private mutating func readLiteral(_ quote: Int, prefix: String) -> Int? {
        for form in grammar.literals
        where bytes.has(form.open, at: quote) && form.prefixes.contains(prefix.lowercased()) {
            let number = tokens.count
            tokens.append(
                Token(range: quote..<quote, content: quote..<quote, form: form, prefix: prefix))
            guard let end = literalEnd(quote + form.open.count, form) else {
                tokens.removeSubrange(number...)
                continue
            }
            tokens[number].range = quote - prefix.utf8.count..<end + form.close.count
            tokens[number].content = quote + form.open.count..<end
            return end + form.close.count
        }
        return nil
    }

    /// Where a literal's closing quote stands; `nil` for what is no literal.
    private mutating func literalEnd(_ start: Int, _ form: Grammar.Literal) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if let open = form.interpolation?.open, bytes.has(open, at: index), let mark = form.interpolation {
                if mark.isDoubled, bytes.has(open, at: index + open.count) {
                    index += 2 * open.count
                } else {
                    index = readCode(index + open.count, closing: mark.close)
                }
            } else if form.escape == .backslash && byte == .backslash || form.escape == .backtick && byte == .backtick {
                index += 2
            } else if bytes.has(form.close, at: index) {
                guard form.escape == .doubled, bytes.has(form.close, at: index + form.close.count) else {
                    return form.isCharacter && index - start > 12 ? nil : index
                }
                index += 2 * form.close.count
            } else if byte == .lineFeed, !form.spansLines {
                return nil
            } else {
                index += 1
            }
        }
        return nil
    }

    // MARK: What else holds quotes

    /// Passes over what stands outside of `<?php … ?>`.
    private mutating func skipMarkup(_ start: Int) -> Int {
        var index = start
        while index < bytes.count, !bytes.has([.lessThan, .questionMark], at: index) { index += 1 }
        return min(bytes.count, index + 2)
    }

    /// `/…/` behind a sign after which no division can follow.
    private func patternEnd(_ index: Int) -> Int? {
        guard bytes[index] == .slash else { return nil }
        var before = index
        while before > 0, bytes[before - 1] == .space { before -= 1 }
        guard before == 0 || Self.beforePattern.contains(bytes[before - 1]) else { return nil }
        var end = index + 1
        var isInClass = false
        while end < bytes.count, bytes[end] != .lineFeed {
            if bytes[end] == .backslash {
                end += 1
            } else if bytes[end] == .leftBracket {
                isInClass = true
            } else if bytes[end] == .rightBracket {
                isInClass = false
            } else if bytes[end] == .slash, !isInClass {
                return end + 1
            }
            end += 1
        }
        return nil
    }

    private static let beforePattern = Set("(,=:[!&|?{};\n".utf8)

    /// `<<~WORD`, `<<-'WORD'`, `<<<WORD`.
    private mutating func readHeredocWord(_ index: Int) -> Int? {
        guard let mark = grammar.heredoc, bytes.has(mark, at: index) else { return nil }
        var place = index + mark.count
        var isIndented = mark.count == 3
        if place < bytes.count, bytes[place] == .tilde || bytes[place] == .hyphen {
            isIndented = true
            place += 1
        }
        while mark.count == 3, place < bytes.count, bytes[place] == .space { place += 1 }
        let quote = place < bytes.count && [.apostrophe, .quotationMark].contains(bytes[place]) ? bytes[place] : 0
        if quote != 0 { place += 1 }
        var end = place
        while end < bytes.count, bytes[end].isIdentifier { end += 1 }
        guard end > place, quote != 0 || bytes[place].isUppercase || isIndented && bytes[place].isLetter else {
            return nil
        }
        if quote != 0 {
            guard end < bytes.count, bytes[end] == quote else { return nil }
        }
        var form = Grammar.Literal(
            "<<", "", spansLines: true, quote == .apostrophe ? nil : grammar.heredocInterpolation)
        form.isHeredoc = true
        pending.append((tokens.count, Array(bytes[place..<end]), isIndented))
        tokens.append(Token(range: index..<index, content: index..<index, form: form))
        return quote == 0 ? end : end + 1
    }

    private mutating func readHeredocs(_ start: Int) -> Int {
        var index = start
        for document in pending {
            let first = index
            while index < bytes.count {
                let line = bytes.line(of: index)
                let content = document.isIndented ? bytes.trimmed(line) : line
                if bytes[content].starts(with: document.word),
                    content.count == document.word.count
                        || !bytes[content.lowerBound + document.word.count].isIdentifier
                {
                    break
                }
                index = bytes.nextLine(after: index)
            }
            tokens[document.token].range = first..<index
            tokens[document.token].content = first..<index
            // The word that ends it is no code.
            index = bytes.lineEnd(of: index)
        }
        pending.removeAll()
        return index
    }
}
