import Bytes

/// Puts look-ups into the places of literals of a program.
struct CodeFixer {
    let language: Language
    let source: SourceText
    /// What is put into the place of a literal.
    let value: CodeValue

    init(_ language: Language, _ bytes: [UInt8], _ value: CodeValue) {
        self.language = language
        source = SourceText(bytes, language.grammar)
        self.value = value
    }

    private var bytes: [UInt8] { source.bytes }

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        guard let token = source.token(holding: secret) else {
            return .refused("it stands in no literal that is understood here")
        }
        guard let form = token.form else {
            return value.isLookup ? .masked(secret, name: name) : .refused("it stands in a comment")
        }
        if form.isCharacter { return .refused("it stands in a literal of one character") }
        if bytes[secret].contains(.lineFeed) {
            return .refused("it goes over several lines; keep it in a file, and its path in a variable")
        }
        if let reason = unfit { return .refused(reason) }
        let place = CodePlace(token, in: source)
        if isStatement(place) { return .masked(secret, name: name) }
        var edits: [Edit] = []
        if !form.isHeredoc {
            switch Declaration(place, language) {
            case .fits: break
            case .changed(let changes): edits = changes
            case .refused(let reason): return .refused(reason)
            }
        }
        let isWhole = bytes.trimmed(token.content) == secret
        let answer =
            value.isLookup && isWhole && edits.isEmpty
            ? Fallback.answer(place, language, name) ?? replaced(place, secret, name) : replaced(place, secret, name)
        guard case .replaced(let changes, var step) = answer else { return answer }
        step.imports = value.imports(language, isDeno: isDeno)
        return .replaced(edits + changes, step)
    }

    /// Why nothing can be looked up in this program at all.
    private var unfit: String? {
        guard value.isLookup else { return nil }
        func holds(_ text: String) -> Bool { bytes.withUnsafeBytes { $0.containsCaseless(Array(text.utf8)) } }
        switch language {
        case .javascript, .typescript:
            return holds("import.meta.env") || holds("\"use client\"") || holds("'use client'")
                ? "this runs in browsers, which are handed whatever it looks up; let a server make the call" : nil
        case .dart:
            return holds("package:flutter/")
                ? "an application carries its variables with it to everybody; let a server make the call" : nil
        default: return nil
        }
    }

    var isDeno: Bool {
        [.javascript, .typescript].contains(language) && bytes.withUnsafeBytes { $0.containsCaseless("deno.") }
    }

    /// A literal by itself, which nothing reads: a docstring.
    private func isStatement(_ place: CodePlace) -> Bool {
        guard value.isLookup, language == .python, place.openers.isEmpty || place.openers.last?.byte == .leftBrace
        else {
            return false
        }
        return place.head(before: place.token.range.lowerBound).text.isEmpty
            && place.endsLine(behind: place.token.range.upperBound)
    }

    // MARK: The place of the literal

    private func replaced(_ place: CodePlace, _ secret: Range<Int>, _ name: String) -> Answer {
        let token = place.token
        if let inner = value.interpolated(language, name, in: token, isDeno: isDeno),
            token.content != secret || token.form?.isHeredoc == true
        {
            return .replaced(secret, by: inner)
        }
        if token.form?.isHeredoc == true {
            return .refused(
                token.form?.interpolation == nil || language != .php
                    ? "a here document in quotes takes its text as it is"
                    : "a here document of PHP calls no function; put it into a variable, and that into the text")
        }
        if let first = token.prefix.lowercased().first(where: { "bc".contains($0) }), language != .python,
            language != .r
        {
            return .refused("the literal is one of bytes (`\(first)\"…\"`)")
        }
        let expression = value.expression(language, name, isDeno: isDeno)
        let isBytes = language == .python && token.prefix.lowercased().contains("b")
        let suffix = isBytes ? ".encode()" : value.assertion(language, isDeno: isDeno)
        let parts = [token.content.lowerBound..<secret.lowerBound, secret.upperBound..<token.content.upperBound]
        let (before, behind) = (literal(token, parts[0]), literal(token, parts[1]))
        let pieces = [before, expression + suffix, behind].compactMap { $0 }
        if pieces.count == 1 { return whole(place, pieces[0]) }
        return split(place, pieces)
    }

    /// A part of a literal, as a literal of the same form; `nil` for an empty one.
    private func literal(_ token: SourceText.Token, _ part: Range<Int>) -> String? {
        guard !part.isEmpty, let form = token.form else { return nil }
        return token.prefix + String(decoding: form.open, as: UTF8.self) + bytes.string(part)
            + String(decoding: form.close, as: UTF8.self)
    }

    private func whole(_ place: CodePlace, _ expression: String) -> Answer {
        let range = place.token.range.lowerBound..<(endOfConstAssertion(place) ?? place.token.range.upperBound)
        let (left, right) = (neighbour(before: place), neighbour(behind: place))
        if left != nil || right != nil { return joined(place, [expression], left, right) }
        if language == .rust { return .replaced(range, by: borrowed(expression, place)) }
        return .replaced(range, by: expression)
    }

    /// `as const` behind a literal of TypeScript, which wants one; `nil`: there is none.
    private func endOfConstAssertion(_ place: CodePlace) -> Int? {
        let words = Array("as const".utf8)
        guard language == .typescript, let next = place.codeBehind(place.token.range.upperBound),
            bytes.has(words, at: next)
        else { return nil }
        return next + words.count
    }

    /// A text of Rust's is borrowed, as the literal was, unless something of it is called.
    private func borrowed(_ expression: String, _ place: CodePlace) -> String {
        guard let next = place.codeBehind(place.token.range.upperBound) else { return "&" + expression }
        return bytes[next] == .period ? expression : "&" + expression
    }

    private func split(_ place: CodePlace, _ pieces: [String]) -> Answer {
        let range = place.token.range
        if language == .rust { return formatted(place, pieces) }
        if language == .r { return .replaced(range, by: "paste0(\(pieces.joined(separator: ", ")))") }
        if language == .cpp {
            return .refused(
                "it is a part of a literal, which C++ joins with nothing but other literals; use std::format")
        }
        guard language.joiner != nil else {
            return .refused(
                "it is a part of a literal, and \(language.rawValue.uppercased()) joins texts by calls only")
        }
        return joined(place, pieces, neighbour(before: place), neighbour(behind: place))
    }

    /// `format!("Bearer {}", …)`, with the brackets of the text written twice.
    private func formatted(_ place: CodePlace, _ pieces: [String]) -> Answer {
        guard let open = place.token.form?.open, open.count == 1, place.token.prefix.isEmpty else {
            return .refused("it is a part of a raw literal")
        }
        let arguments = pieces.filter { !$0.hasPrefix("\"") }
        let text = pieces.map { piece -> String in
            guard piece.hasPrefix("\"") else { return "{}" }
            return piece.dropFirst().dropLast().map { $0 == "{" ? "{{" : $0 == "}" ? "}}" : String($0) }.joined()
        }.joined()
        let expression = "format!(\"\(text)\", \(arguments.joined(separator: ", ")))"
        return .replaced(place.token.range, by: borrowed(expression, place))
    }

    // MARK: What stands beside it

    /// A literal right before it, with which it is one in Python and C.
    private func neighbour(before place: CodePlace) -> SourceText.Token? {
        guard [.python, .c, .cpp].contains(language), let index = place.codeBefore(place.token.range.lowerBound) else {
            return nil
        }
        return place.literal(at: index).flatMap {
            isOnSameStatement($0.range.upperBound..<place.token.range.lowerBound, place) ? $0 : nil
        }
    }

    private func neighbour(behind place: CodePlace) -> SourceText.Token? {
        guard [.python, .c, .cpp].contains(language), let index = place.codeBehind(place.token.range.upperBound) else {
            return nil
        }
        return place.literal(at: index).flatMap {
            isOnSameStatement(place.token.range.upperBound..<$0.range.lowerBound, place) ? $0 : nil
        }
    }

    private func isOnSameStatement(_ gap: Range<Int>, _ place: CodePlace) -> Bool {
        language != .python || !bytes[gap].contains(.lineFeed) || !place.openers.isEmpty
            || bytes[gap].contains(.backslash)
    }

    /// Pieces with what joins them, in brackets where what stands beside them would take one of them away.
    private func joined(
        _ place: CodePlace, _ pieces: [String], _ left: SourceText.Token?, _ right: SourceText.Token?
    ) -> Answer {
        guard let joiner = language.joiner else {
            return .refused("it stands beside another literal, with which it is one")
        }
        let range = place.token.range
        var text = pieces.joined(separator: " \(joiner) ")
        if left != nil { text = "\(joiner) " + text }
        if right != nil { text += " \(joiner)" }
        let (start, end) = (left?.range.lowerBound ?? range.lowerBound, right?.range.upperBound ?? range.upperBound)
        guard needsBrackets(place, start..<end, joiner) || left != nil || right != nil else {
            return .replaced(range, by: text)
        }
        var edits = [Edit(range, text)]
        if left == nil { edits[0] = Edit(range, "(" + text) } else { edits.insert(Edit(start..<start, "("), at: 0) }
        if right == nil {
            edits[edits.count - 1].text.append(.rightParenthesis)
        } else {
            edits.append(Edit(end..<end, ")"))
        }
        // Another literal beyond these would be joined to the brackets.
        if let left, let before = place.codeBefore(left.range.lowerBound), place.literal(at: before) != nil {
            return .refused("it stands among several literals that are one")
        }
        if let right, let behind = place.codeBehind(right.range.upperBound), place.literal(at: behind) != nil {
            return .refused("it stands among several literals that are one")
        }
        return .replaced(edits, Answer.Step())
    }

    private func needsBrackets(_ place: CodePlace, _ range: Range<Int>, _ joiner: String) -> Bool {
        if language == .powershell { return true }
        var isOpen = true
        if let before = place.codeBefore(range.lowerBound) {
            let byte = bytes[before]
            let word = byte.isIdentifier ? place.callee(before: before + 1) : ""
            isOpen =
                Self.opening.contains(byte)
                || ["return", "in", "yield", "else", "throw", "echo", "print"].contains(word)
                || joiner.utf8.last == byte || byte == .greaterThan && before > 0 && bytes[before - 1] == .equalsSign
        }
        var isClosed = place.endsLine(behind: range.upperBound)
        if let next = place.codeBehind(range.upperBound) {
            let byte = bytes[next]
            isClosed =
                isClosed && ![.period, .leftBracket, .leftParenthesis, .percent, .questionMark].contains(byte)
                || Self.closing.contains(byte) || bytes.has(Array(joiner.utf8), at: next) && joiner != "."
        }
        return !isOpen || !isClosed
    }

    private static let opening = Set("(,[{=:;".utf8)
    private static let closing = Set("),]};:".utf8)
}
