import Bytes

/// Decides that a password is one that people make up for examples, tests and their own machine: words that everybody
/// uses, with digits and signs between them, or an expression that yields a password.
enum PasswordFilter {
    static func isMadeUp(_ password: UnsafeRawBufferPointer) -> Bool {
        isTemplate(password) || isExpression(password) || isEncodedWord(password) || isCompound(password)
            || consistsOfWords(PercentEncoding.decoded(password))
    }

    /// Whether an address gives the user's name as the password: `postgres://gitea:gitea@db`.
    static func isUserName(
        _ password: UnsafeRawBufferPointer, at secret: Range<Int>, of whole: Range<Int>, in text: UnsafeRawBufferPointer
    ) -> Bool {
        let start = secret.lowerBound - password.count - 1
        guard start > whole.lowerBound, text[secret.lowerBound - 1] == 0x3a, text[start - 1] == 0x2f else {
            return false
        }
        return text.slice(start..<secret.lowerBound - 1).elementsEqual(password)
    }

    /// `${…}`, `<password>`, `%s`, `xxxx`, `encode(…)`: a place for a password.
    private static func isTemplate(_ password: UnsafeRawBufferPointer) -> Bool {
        guard let first = password.first else { return true }
        if [0x24, 0x3a, 0x5b, 0x7b, 0x3c, 0x40].contains(first) { return true }
        let lower = password.map { UnsafeRawBufferPointer.folded($0) }
        if lower.starts(with: "#{".utf8) || lower.starts(with: "&lt;".utf8) { return true }
        if first == 0x2b, lower.count <= 4 { return true }
        if lower.count >= 3, [0x78, 0x2a, 0x2e, 0x2d, 0x5f].contains(lower[0]), lower.allSatisfy({ $0 == lower[0] }) {
            return true
        }
        if first == 0x25, lower.count >= 2 {
            if "sdvq(".utf8.contains(lower[1]), lower.count <= 32 { return true }
            // `%DB_PASSWORD%` of batch files.
            let name = lower.dropFirst().drop { isLetter($0) || $0 == 0x5f }
            if lower.count >= 4, name.isEmpty || name.count == 1 && [0x25, 0x23].contains(name.first) { return true }
        }
        let call = lower.prefix { isLetter($0) || $0 == 0x5f }
        return (1...30).contains(call.count) && call.count < lower.count && lower[call.count] == 0x28
    }

    /// `config.auth.password`, `state.getPassword()`, `this._password`: names joined by dots, one of which says it.
    private static func isExpression(_ password: UnsafeRawBufferPointer) -> Bool {
        var names = password.split(separator: 0x2e, omittingEmptySubsequences: false)
        guard names.count >= 2, let last = names.last else { return false }
        if last.suffix(2).elementsEqual("()".utf8) { names[names.count - 1] = last.dropLast(2) }
        let areNames = names.allSatisfy { name in
            guard let first = name.first, isLetter(first) || first == 0x5f || first == 0x24 else { return false }
            return name.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x5f || $0 == 0x24 }
        }
        return areNames && secretWords.contains { password.containsCaseless($0) }
    }

    private static let secretWords: [StaticString] = ["pass", "pwd", "secret", "token", "credential", "config", "env"]

    /// Percent escapes among lower-case letters: what is escaped is a word or two, not random.
    private static func isEncodedWord(_ password: UnsafeRawBufferPointer) -> Bool {
        guard password.count <= 60, password.contains(0x25) else { return false }
        return PercentEncoding.parts(password).allSatisfy { part in
            part.isEscaped || (0x61...0x7a).contains(part.byte) || "@./_+-".utf8.contains(part.byte)
        }
    }

    /// `encodedPassword`, `dbpassword`, `secret-thing1!`: one word that says what it is, and one of any kind.
    private static func isCompound(_ password: UnsafeRawBufferPointer) -> Bool {
        let lower = password.map { UnsafeRawBufferPointer.folded($0) }
        let isWord = lower.allSatisfy { isLetter($0) || $0 == 0x5f }
        if isWord, (6...47).contains(lower.count), callPrefixes.contains(where: { lower.starts(with: $0) }) {
            return true
        }
        for ending in endings where lower.count > ending.count && lower.suffix(ending.count).elementsEqual(ending) {
            var rest = lower.dropLast(ending.count)
            if rest.last == 0x5f { rest.removeLast() }
            if (1...12).contains(rest.count), rest.allSatisfy(isLetter) { return true }
        }
        for beginning in beginnings where lower.starts(with: beginning) {
            var rest = lower.dropFirst(beginning.count)
            if let first = rest.first, [0x5f, 0x2d].contains(first) { rest.removeFirst() }
            if rest.last == 0x21 { rest.removeLast() }
            let word = rest.prefix(while: isLetter)
            let digits = rest.dropFirst(word.count)
            if (1...12).contains(word.count), digits.count <= 4, digits.allSatisfy(isDigit) { return true }
        }
        return false
    }

    private static let callPrefixes = ["encode", "quote", "escape", "url"].map { Array($0.utf8) }
    private static let endings = ["password", "passwd", "pass", "pwd", "secret", "token"].map { Array($0.utf8) }
    private static let beginnings = ["password", "passwd", "pass", "p4ss", "pwd", "secret"].map { Array($0.utf8) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// `%40` and its like.
enum PercentEncoding {
    struct Part {
        var byte: UInt8
        var isEscaped: Bool
    }

    static func parts(_ text: UnsafeRawBufferPointer) -> [Part] {
        var result: [Part] = []
        var index = 0
        while index < text.count {
            if text[index] == 0x25, index + 2 < text.count, let high = digit(text[index + 1]),
                let low = digit(text[index + 2])
            {
                result.append(Part(byte: high << 4 | low, isEscaped: true))
                index += 3
            } else {
                result.append(Part(byte: text[index], isEscaped: false))
                index += 1
            }
        }
        return result
    }

    static func decoded(_ text: UnsafeRawBufferPointer) -> [UInt8] { parts(text).map(\.byte) }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
