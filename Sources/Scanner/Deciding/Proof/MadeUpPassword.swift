import Bytes

/// Decides that a password is one that people make up for examples, tests and their own machine: words that everybody
/// uses, with digits and signs between them, or an expression that yields a password.
enum MadeUpPassword {
    static func isMadeUp(_ password: UnsafeRawBufferPointer) -> Bool {
        isTemplate(password) || isExpression(password) || isEncodedWord(password) || isCompound(password)
            || isText(password)
            || Words.passwords.make(PercentEncoding.decoded(password))
    }

    /// Whether an address gives the user's name as the password: `postgres://gitea:gitea@db`.
    static func isUserName(_ password: Candidate) -> Bool {
        let (text, secret) = (password.text, password.secret)
        let start = secret.lowerBound - secret.count - 1
        guard start > password.whole.lowerBound, text[secret.lowerBound - 1] == .colon, text[start - 1] == .slash else {
            return false
        }
        return text.slice(start..<secret.lowerBound - 1).elementsEqual(password.value)
    }

    /// `${…}`, `<password>`, `%s`, `xxxx`, `encode(…)`: a place for a password.
    private static func isTemplate(_ password: UnsafeRawBufferPointer) -> Bool {
        guard let first = password.first else { return true }
        if [.leftBracket, .leftBrace, .lessThan].contains(first) { return true }
        // `$NAME`, `:name`, `@name@`, `@(expression)`: behind the sign stands a name, or a bracket. A password may begin so.
        if [.dollar, .colon, .atSign].contains(first) {
            let rest = password.dropFirst()
            let isName = rest.allSatisfy { $0.isAlphanumeric || $0 == .underscore || $0 == .period || $0 == first }
            let opens = rest.first.map { [.leftBrace, .leftParenthesis, .leftBracket].contains($0) } ?? true
            if opens || isName && !rest.contains(where: \.isDigit) { return true }
        }
        let lower = password.map { UnsafeRawBufferPointer.folded($0) }
        if lower.starts(with: "#{".utf8) || lower.starts(with: "&lt;".utf8) { return true }
        if first == .plus, lower.count <= 4 { return true }
        let fillers: [UInt8] = [UInt8(ascii: "x"), .asterisk, .period, .hyphen, .underscore]
        if lower.count >= 3, fillers.contains(lower[0]), lower.allSatisfy({ $0 == lower[0] }) { return true }
        if first == .percent, lower.count >= 2 {
            if "sdvq(".utf8.contains(lower[1]), lower.count <= 32 { return true }
            // `%DB_PASSWORD%` of batch files.
            let name = lower.dropFirst().drop { $0.isLetter || $0 == .underscore }
            if lower.count >= 4, name.isEmpty || name.count == 1 && [.percent, .numberSign].contains(name.first) {
                return true
            }
        }
        let call = lower.prefix { $0.isLetter || $0 == .underscore || $0 == .period }
        return (1...30).contains(call.count) && call.count < lower.count && lower[call.count] == .leftParenthesis
    }

    /// `config.auth.password`, `state.getPassword()`, `this._password`: names joined by dots, one of which says it.
    private static func isExpression(_ password: UnsafeRawBufferPointer) -> Bool {
        var names = password.split(separator: .period, omittingEmptySubsequences: false)
        guard names.count >= 2, let last = names.last else { return false }
        if last.suffix(2).elementsEqual("()".utf8) { names[names.count - 1] = last.dropLast(2) }
        let areNames = names.allSatisfy { name in
            guard let first = name.first, first.isLetter || first == .underscore || first == .dollar else {
                return false
            }
            return name.allSatisfy { $0.isAlphanumeric || $0 == .underscore || $0 == .dollar }
        }
        return areNames && Words.wordsOfExpressions.contains { password.containsCaseless($0) }
    }

    /// Percent escapes among lower-case letters: what is escaped is a word or two, not random.
    private static func isEncodedWord(_ password: UnsafeRawBufferPointer) -> Bool {
        guard password.count <= 60, password.contains(.percent) else { return false }
        return PercentEncoding.parts(password).allSatisfy { part in
            part.isEscaped || part.byte.isLowercase || "@./_+-".utf8.contains(part.byte)
        }
    }

    /// Words with blanks between them, or letters outside of ASCII alone.
    private static func isText(_ password: UnsafeRawBufferPointer) -> Bool {
        if password.allSatisfy({ $0 >= 0x80 }) { return true }
        let marks: [UInt8] = [.space, .apostrophe, .backslash, .comma, .period, .hyphen]
        return password.contains(.space) && password.allSatisfy { $0.isLetter || marks.contains($0) }
    }

    /// `encodedPassword`, `dbpassword`, `secret-thing1!`: one word that says what it is, and one of any kind.
    private static func isCompound(_ password: UnsafeRawBufferPointer) -> Bool {
        let lower = password.map { UnsafeRawBufferPointer.folded($0) }
        let isWord = lower.allSatisfy { $0.isLetter || $0 == .underscore }
        if isWord, (6...47).contains(lower.count), Words.callPrefixes.contains(where: { lower.starts(with: $0) }) {
            return true
        }
        for ending in Words.passwordEndings
        where lower.count > ending.count && lower.suffix(ending.count).elementsEqual(ending) {
            var rest = lower.dropLast(ending.count)
            if rest.last == .underscore { rest.removeLast() }
            if (1...12).contains(rest.count), rest.allSatisfy(\.isLetter) { return true }
        }
        for beginning in Words.passwordBeginnings where lower.starts(with: beginning) {
            var rest = lower.dropFirst(beginning.count)
            if let first = rest.first, [.underscore, .hyphen].contains(first) { rest.removeFirst() }
            if rest.last == .exclamationMark { rest.removeLast() }
            let word = rest.prefix(while: \.isLetter)
            let digits = rest.dropFirst(word.count)
            if (1...12).contains(word.count), digits.count <= 4, digits.allSatisfy(\.isDigit) { return true }
        }
        return false
    }
}
