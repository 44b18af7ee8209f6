import Bytes
import Rules

/// What a match stands for, whatever the shape it is written in: the value that findings are identified and told apart by.
struct SecretValue {
    let bytes: [UInt8]
    /// Nothing of it is shown: the first and last characters of a private key are not its name but a part of its body.
    let isHidden: Bool

    init(of match: Match, _ rule: Rule, in text: UnsafeRawBufferPointer) {
        let written = text.slice(match.secret)
        switch rule.validator {
        case .privateKey, .encryptedPrivateKey:
            bytes = WrittenKey(written).canonical
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
        self.init(of: Match(rule: 0, whole: all, secret: all, confidence: rule.confidence), rule, in: written)
    }

    /// A password of an address or a connection string, with the escapes of XML and of addresses undone.
    private static func password(
        _ written: UnsafeRawBufferPointer, _ match: Match, in text: UnsafeRawBufferPointer
    ) -> [UInt8] {
        var value = Array(written)
        if value.contains(.ampersand) { value = withoutEntities(written) }
        if value.contains(.percent), isInAddress(match, in: text) {
            value = value.withUnsafeBytes { PercentEncoding.decoded($0) }
        }
        return value
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
}
