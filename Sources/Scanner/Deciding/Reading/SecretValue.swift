import Bytes
import Rules

/// What a match stands for, whatever the shape it is written in: the value that findings are identified and told apart by.
struct SecretValue {
    let bytes: [UInt8]
    /// Nothing of it is shown: the first and last characters of a private key are not its name but a part of its body.
    let isHidden: Bool

    init(of match: Match, _ rule: Rule, in text: UnsafeRawBufferPointer, _ keys: KeyReader) {
        let written = text.slice(match.secret)
        switch rule.validator {
        case .privateKey, .encryptedPrivateKey:
            let key = keys.key(written)
            bytes = key.isInBase64 && !key.isWhole ? Array(written) : key.canonical
            isHidden = true
        case .puttyKey:
            bytes = PuTTYKey(written).canonical
            isHidden = true
        case .password:
            bytes = Self.password(written, match, in: text)
            isHidden = false
        default:
            bytes = Array(written)
            isHidden = false
        }
    }

    /// What a rule's secret stands for that is written somewhere else.
    init(alone written: UnsafeRawBufferPointer, _ rule: Rule) {
        let all = 0..<written.count
        self.init(
            of: Match(rule: 0, whole: all, secret: all, confidence: rule.confidence), rule, in: written,
            KeyReader())
    }

    /// A password of an address or a connection string, with what its quotes, JSON, XML and addresses escape undone.
    private static func password(
        _ written: UnsafeRawBufferPointer, _ match: Match, in text: UnsafeRawBufferPointer
    ) -> [UInt8] {
        var value = undoubled(written, match.secret, in: text)
        if value.contains(.ampersand) { value = value.withUnsafeBytes(withoutEntities) }
        if value.contains(.backslash) { value = value.withUnsafeBytes(withoutEscapes) }
        if value.contains(.percent), isInAddress(match, in: text) {
            value = value.withUnsafeBytes { PercentEncoding.decoded($0) }
        }
        return value
    }

    /// Within quotes and braces, the one that closes them is written twice: `{a}}b}`, `'a''b'`.
    private static func undoubled(
        _ written: UnsafeRawBufferPointer, _ place: Range<Int>, in text: UnsafeRawBufferPointer
    ) -> [UInt8] {
        guard place.upperBound < text.count, place.lowerBound > 0 else { return Array(written) }
        let closing = text[place.upperBound]
        let opening = text[place.lowerBound - 1]
        let isEnclosed = closing == .rightBrace ? opening == .leftBrace : closing == .apostrophe && opening == closing
        guard isEnclosed else { return Array(written) }
        var result: [UInt8] = []
        var index = 0
        while index < written.count {
            result.append(written[index])
            let isTwice = written[index] == closing && index + 1 < written.count && written[index + 1] == closing
            index += isTwice ? 2 : 1
        }
        return result
    }

    /// Whether a password stands where `%40` means `@`: before an address's host, or in its query.
    private static func isInAddress(_ match: Match, in text: UnsafeRawBufferPointer) -> Bool {
        let end = match.secret.upperBound
        if end < text.count, text[end] == .atSign { return true }
        let before = text.slice(match.whole.lowerBound..<match.secret.lowerBound)
        return before.containsCaseless("://") && before.contains(.questionMark)
    }

    private static func withoutEntities(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            let found = text[index] == .ampersand ? KeyText.entity(text, index) : (byte: text[index], end: index + 1)
            result.append(found.byte)
            index = found.end
        }
        return result
    }

    /// `\u0026`, `\\`: as JSON has them.
    private static func withoutEscapes(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            let next = index + 1 < text.count ? text[index + 1] : 0
            let digits = text.slice(min(index + 2, text.count)..<min(index + 6, text.count))
            if text[index] == .backslash, next == UInt8(ascii: "u"), digits.count == 4,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                result.append(code)
                index += 6
            } else {
                let isEscaped = text[index] == .backslash && next == .backslash
                result.append(text[index])
                index += isEscaped ? 2 : 1
            }
        }
        return result
    }
}
