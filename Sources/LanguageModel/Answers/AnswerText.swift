internal import Bytes
internal import Findings
internal import Reports

/// Takes out of a text what it must not carry: secrets, links, and what a terminal would obey.
package struct AnswerText: Sendable {
    /// What was taken out, for those who wonder.
    package struct Removed: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        static let secret = Removed(rawValue: 1)
        static let link = Removed(rawValue: 2)
        static let control = Removed(rawValue: 4)
        static let rest = Removed(rawValue: 8)

        /// A sentence without a full stop; `nil`: nothing was.
        package var words: String? {
            let parts = [
                contains(.secret) ? "secrets" : nil, contains(.link) ? "links" : nil,
                contains(.control) ? "control characters" : nil, contains(.rest) ? "what was too long" : nil,
            ].compactMap { $0 }
            return parts.isEmpty ? nil : "taken out of the answer: \(parts.joined(separator: ", "))"
        }
    }

    private let secrets: [[UInt8]]

    /// Shorter ones stand in ordinary words.
    static let shortestSecret = 6
    /// Characters that one text of an answer may have.
    private static let longest = 1_200

    /// - Parameter secrets: That must not come back.
    package init(secrets: [[UInt8]]) {
        self.secrets = secrets.filter { $0.count >= Self.shortestSecret }.sorted { $0.count > $1.count }
    }

    /// A text for people, on one line.
    ///
    /// - Parameter removed: What was taken out is added to it.
    func cleaned(_ text: String, _ removed: inout Removed) -> String {
        var result = Self.withoutControls(text, &removed)
        result = Self.withoutLinks(result, &removed)
        let masked = RandomRuns.masked(self.masked(result))
        if masked != result { removed.insert(.secret) }
        guard masked.count > Self.longest else { return masked }
        removed.insert(.rest)
        return masked.prefix(Self.longest) + "…"
    }

    /// The text without the secrets.
    package func masked(_ text: String) -> String {
        guard !secrets.isEmpty else { return text }
        var bytes = Array(text.utf8)
        for secret in secrets {
            let places = TextPlaces.ranges(of: secret, in: bytes)
            if places.isEmpty { continue }
            bytes = TextPlaces.replacing(places.map { ($0, Array(Excerpt.other.utf8)) }, in: bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a text holds one of the secrets.
    func holdsSecret(_ text: String) -> Bool { masked(text) != text }

    private static func withoutControls(_ text: String, _ removed: inout Removed) -> String {
        var result = String.UnicodeScalarView()
        var order = Order.none
        for scalar in text.unicodeScalars {
            if order != .none {
                order.take(scalar)
                continue
            }
            switch scalar {
            case "\n", "\r", "\t": if result.last != " " { result.append(" ") }
            case "\u{1b}", "\u{9b}":
                order = scalar == "\u{1b}" ? .begun : .letters
                removed.insert(.control)
            case _ where scalar.isDeceptive: removed.insert(.control)
            default: result.append(scalar)
            }
        }
        while result.last == " " { result.removeLast() }
        return String(result)
    }

    /// What a terminal would obey, and how far it goes.
    private enum Order {
        case none, begun, letters, text, textEnding

        mutating func take(_ scalar: Unicode.Scalar) {
            switch self {
            case .begun: self = "]PX^_".unicodeScalars.contains(scalar) ? .text : scalar == "[" ? .letters : .none
            // It ends with a letter.
            case .letters: if ("@"..."~").contains(scalar) { self = .none }
            // A title or an address: it ends with a bell, or with ESC and a backslash.
            case .text: if scalar == "\u{7}" { self = .none } else if scalar == "\u{1b}" { self = .textEnding }
            case .textEnding, .none: self = .none
            }
        }
    }

    private static let schemes = ["://", "www.", "javascript:", "data:", "mailto:"]

    private static func withoutLinks(_ text: String, _ removed: inout Removed) -> String {
        guard schemes.contains(where: { text.lowercased().contains($0) }) else { return text }
        // What is not white space and no bracket belongs together.
        var result = ""
        var word = ""
        func flush() {
            let lower = word.lowercased()
            let isLink = schemes.contains { scheme in
                guard let range = lower.firstRange(of: scheme) else { return false }
                // `data:` alone is a word of English.
                return scheme == "://" || range.upperBound < lower.endIndex
            }
            result += isLink ? "(link removed)" : word
            if isLink { removed.insert(.link) }
            word = ""
        }
        for character in text {
            if character == " " || "()<>[]{}\"'`".contains(character) {
                flush()
                result.append(character)
            } else {
                word.append(character)
            }
        }
        flush()
        return result
    }
}
