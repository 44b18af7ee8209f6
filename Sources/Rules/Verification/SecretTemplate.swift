/// A text with places where the key goes: `Bearer {{secret}}`.
public struct SecretTemplate: Sendable, Hashable {
    /// A part of the text.
    public enum Piece: Sendable, Hashable {
        /// As it is.
        case text(String)
        /// The key as it is.
        case secret
        /// The key, percent-encoded: all but letters, digits and `-._~`.
        case percentEncoded
        /// Base64 of the key between two texts, as HTTP's basic authentication wants it.
        case base64(before: String, after: String)
    }

    /// In order; no two texts in a row, none empty.
    public let pieces: [Piece]

    /// Reads a template.
    ///
    /// - Throws: The placeholder that there is not, as written.
    public init(_ text: String) throws(UnknownPlaceholder) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let (before, name, after) = Self.nextPlaceholder(rest) {
            if !before.isEmpty { pieces.append(.text(String(before))) }
            guard let piece = Self.placeholder(name) else { throw UnknownPlaceholder(text: "{{\(name)}}") }
            pieces.append(piece)
            rest = after
        }
        if let open = Self.index(of: "{{", in: rest) { throw UnknownPlaceholder(text: String(rest[open...])) }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    /// Whether the key goes anywhere into it.
    public var holdsSecret: Bool {
        pieces.contains { if case .text = $0 { false } else { true } }
    }

    private static func nextPlaceholder(_ text: Substring) -> (Substring, Substring, Substring)? {
        guard let open = index(of: "{{", in: text) else { return nil }
        let inner = text[text.index(open, offsetBy: 2)...]
        guard let close = index(of: "}}", in: inner) else { return nil }
        return (text[..<open], inner[..<close], inner[inner.index(close, offsetBy: 2)...])
    }

    private static func index(of mark: String, in text: Substring) -> Substring.Index? {
        var position = text.startIndex
        while position < text.endIndex {
            if text[position...].hasPrefix(mark) { return position }
            position = text.index(after: position)
        }
        return nil
    }

    private static func placeholder(_ name: Substring) -> Piece? {
        switch name {
        case "secret": return .secret
        case "url:secret": return .percentEncoded
        default:
            guard name.hasPrefix("base64:") else { return nil }
            let content = name.dropFirst("base64:".count)
            guard let start = index(of: "secret", in: content) else { return nil }
            let after = content[content.index(start, offsetBy: "secret".count)...]
            // Twice the key would be somebody's mistake.
            guard index(of: "secret", in: after) == nil else { return nil }
            return .base64(before: String(content[..<start]), after: String(after))
        }
    }
}

/// `{{sekret}}`: nothing that can be put in place of it.
public struct UnknownPlaceholder: Error, Sendable, Hashable {
    /// As written, braces included.
    public var text: String
}
