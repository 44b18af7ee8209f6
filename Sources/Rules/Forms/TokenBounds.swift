import Bytes

/// What may not stand on either side of a token, so that no piece of a longer one is taken for it.
struct TokenBounds: Sendable, Hashable {
    /// A name for what cannot stand there, beside letters and digits.
    enum Name: String, Sendable, CaseIterable {
        case alphanumeric, word, token, base64, padded

        /// Bytes before and behind.
        fileprivate var bytes: (before: String, behind: String) {
            switch self {
            case .alphanumeric: ("", "")
            case .word: ("_", "_")
            case .token: ("_-", "_-")
            case .base64: ("+/_-", "+/_-")
            case .padded: ("+/_-", "+/=_-")
            }
        }
    }

    var name: Name?
    var notAfter = ""
    var notBefore = ""

    /// The pattern with a look-around on both sides, which hold for all of its alternatives.
    func around(_ pattern: String) -> String {
        let bytes = (name ?? .token).bytes
        let (beginning, body) = Self.isOneSequence(pattern) ? ("", pattern) : ExtendedPattern.grouped(pattern)
        return
            "\(beginning)(?<!\(Self.set(bytes.before + notAfter)))\(body)(?!\(Self.set(bytes.behind + notBefore)))"
    }

    /// Whether what is written before and behind a pattern holds for all of it; false where that is not known.
    private static func isOneSequence(_ pattern: String) -> Bool {
        var parser = PatternParser(pattern)
        guard case .sequence = parser.parse() else { return false }
        return true
    }

    /// `[A-Za-z0-9+/_-]`: each byte once, in ASCII's order, the hyphen last, where it begins no range.
    private static func set(_ bytes: String) -> String {
        let sorted = Set(bytes.utf8).subtracting([UInt8(ascii: "-")]).sorted()
        let written = sorted.map { byte in
            let character = Character(Unicode.Scalar(byte))
            return "\\]^[".contains(character) ? "\\\(character)" : String(character)
        }
        return "[A-Za-z0-9" + written.joined() + (bytes.contains("-") ? "-" : "") + "]"
    }

    static func fields<Subject>(
        of subject: String, isBoundAnyhow: Bool, get: @escaping @Sendable (Subject) -> TokenBounds,
        set: @escaping @Sendable (inout Subject, TokenBounds) -> Void
    ) -> [TableField<Subject>] {
        ownFields(of: subject, isBoundAnyhow: isBoundAnyhow).map { $0.lifted(get: get, set: set) }
    }

    private static let asciiText = FieldKind.textLike("^[ -~]*$")

    private static func ownFields(of subject: String, isBoundAnyhow: Bool) -> [TableField<TokenBounds>] {
        // A pattern says itself where it ends, unless a field of bounds stands beside it.
        let without = isBoundAnyhow ? " (default `token`)" : ""
        return [
            .init(
                "bounds",
                "What stands on neither side of the \(subject), beside letters and digits\(without): `alphanumeric` (nothing else), `word` (`_`), `token` (`_-`), `base64` (`+/_-`), `padded` (`+/_-`, and `=` behind).",
                kind: .choice(Name.allCases.map(\.rawValue))
            ) { (bounds: inout TokenBounds, table: inout TableReader) throws(RuleFileError) in
                bounds.name = try table.choice("bounds")
            },
            .init(
                "notAfter",
                "Further characters that do not stand before the \(subject). Alone, they are added to those of `token`.",
                kind: asciiText
            ) { (bounds: inout TokenBounds, table: inout TableReader) throws(RuleFileError) in
                bounds.notAfter = try table.ascii("notAfter") ?? ""
            },
            .init(
                "notBefore",
                "Further characters that do not stand behind the \(subject). Alone, they are added to those of `token`.",
                kind: asciiText
            ) { (bounds: inout TokenBounds, table: inout TableReader) throws(RuleFileError) in
                bounds.notBefore = try table.ascii("notBefore") ?? ""
            },
        ]
    }
}

extension TableReader {
    /// A text of visible ASCII characters.
    fileprivate mutating func ascii(_ key: String) throws(RuleFileError) -> String? {
        guard let text = try string(key) else { return nil }
        guard text.utf8.allSatisfy({ UInt8.printableCharacters.contains($0) }) else {
            throw error("needs ASCII characters that can be seen (and blanks) as \"\(key)\"")
        }
        return text
    }
}
