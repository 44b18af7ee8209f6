internal import Bytes

/// What short options of a shown command line hold: `-p V`, `-pV`, `-u user:V`. Long ones are names. And what `.netrc` and its
/// like hold: `login user password V`.
enum CommandLineValues {
    /// Where the values stand that are not shown.
    static func ranges(in text: UnsafeRawBufferPointer) -> [Range<Int>] { options(in: text) + logins(in: text) }

    private static func logins(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard text.containsCaseless("login ") else { return [] }
        var result: [Range<Int>] = []
        var index = 0
        while let space = text.slice(index..<text.count).firstIndex(of: .space).map({ $0 + index }) {
            index = space + 1
            guard text.slice(0..<space).endsCaseless(with: " password") else { continue }
            while index < text.count, text[index] > .space { index += 1 }
            if index > space + 1 { result.append(space + 1..<index) }
        }
        return result
    }

    private static func options(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = 0
        while let hyphen = text.slice(index..<text.count).firstIndex(of: .hyphen).map({ $0 + index }) {
            index = hyphen + 1
            guard hyphen == 0 || text[hyphen - 1].isBlank || text[hyphen - 1].isQuote, index < text.count,
                let value = value(ofOption: text[index], behind: index + 1, in: text)
            else { continue }
            result.append(value)
            index = value.upperBound
        }
        return result
    }

    private static func value(ofOption option: UInt8, behind place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>?
    {
        let isLogin = loginOptions.contains(option)
        guard isLogin || passwordOptions.contains(option) else { return nil }
        var cursor = TextCursor(text, at: place, reach: AssignmentReader.reach)
        let isApart = cursor.skipBlanks() || cursor.peek() == .equalsSign
        if cursor.peek() == .equalsSign || cursor.peek() == .comma { cursor.index += 1 }
        // An element of a list of arguments: `"-p", "V"`.
        if cursor.peek().isQuote {
            let quote = cursor.peek()
            cursor.index += 1
            if cursor.take(.comma) {
                cursor.skipBlanks()
                guard cursor.take(quote) else { return nil }
            }
            let start = cursor.index
            while !cursor.isAtEnd, cursor.peek() != quote, cursor.peek() != .lineFeed { cursor.index += 1 }
            return chosen(start..<cursor.index, isLogin, isApart: true, in: text)
        }
        let start = cursor.index
        while !cursor.isAtEnd, cursor.peek() > .space, !cursor.peek().isQuote { cursor.index += 1 }
        return chosen(start..<cursor.index, isLogin, isApart: isApart, in: text)
    }

    /// Of what stands behind an option that which may be a secret.
    private static func chosen(
        _ range: Range<Int>, _ isLogin: Bool, isApart: Bool, in text: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        let value = text.slice(range)
        guard let first = value.first, first != .hyphen, first != .dollar, first != .lessThan, first != .leftBrace,
            first != .percent
        else { return nil }
        // Ports, times, and their mappings.
        if value.allSatisfy({ $0.isDigit || $0 == .colon || $0 == .period }) { return nil }
        if isLogin {
            if let colon = value.firstIndex(where: { $0 == .colon || $0 == .percent }) {
                let token = range.lowerBound..<range.lowerBound + colon
                return colon + 1 < value.count ? token.upperBound + 1..<range.upperBound : token
            }
            return nil
        }
        // `mkdir -p src/x`, `tar -xpf`, `-pedantic`: words and paths.
        if value.contains(.slash) || value.first == .period { return nil }
        let isWord = value.allSatisfy { $0.isLowercase || $0 == .hyphen || $0 == .underscore }
        return value.count >= 4 && !(isWord && !isApart) ? range : nil
    }

    /// Options whose value is a password or a token with many commands.
    private static let passwordOptions = Array("pPaWwk".utf8)
    /// Options whose value is a user and a password.
    private static let loginOptions = Array("uUa".utf8)
}
