import Bytes

/// A literal that holds where a variable is not set: the variable is looked up already, and the literal goes.
enum Fallback {
    /// - Returns: `nil` where the literal is nothing of that kind.
    static func answer(_ place: CodePlace, _ language: Language, _ name: String) -> Answer? {
        argument(place) ?? behindOperator(place, language)
    }

    private static let calls: Set<String> = [
        "os.getenv", "os.environ.get", "environ.get", "getenv", "ENV.fetch", "env", "os.environ.setdefault",
        "Deno.env.get", "System.get_env", "Sys.getenv",
    ]

    /// `os.getenv("NAME", "…")`
    private static func argument(_ place: CodePlace) -> Answer? {
        guard let open = place.openers.last, open.byte == .leftParenthesis,
            calls.contains(place.callee(before: open.index)),
            let first = place.codeBehind(open.index + 1).flatMap(place.literal(at:)),
            first.range.upperBound <= place.token.range.lowerBound,
            let comma = place.codeBehind(first.range.upperBound), place.source.bytes[comma] == .comma,
            place.codeBehind(comma + 1) == place.token.range.lowerBound,
            let close = place.codeBehind(place.token.range.upperBound),
            place.source.bytes[close] == .rightParenthesis, place.source.bytes[first.content].allSatisfy(\.isIdentifier)
        else { return nil }
        return gone(
            first.range.upperBound..<place.token.range.upperBound, name: place.source.bytes.string(first.content))
    }

    private static func gone(_ range: Range<Int>, name: String) -> Answer {
        .replaced(
            [Edit(range, "")], Answer.Step(note: "it was what held where \(name) is not set, and is gone", name: name))
    }

    private static let operators: [Language: [String]] = [
        .javascript: ["||", "??"], .typescript: ["||", "??"], .ruby: ["||"], .python: ["or"], .php: ["?:"],
        .lua: ["or"], .csharp: ["??"], .kotlin: ["?:"], .perl: ["//", "||"], .groovy: ["?:"],
    ]

    /// `process.env.NAME || "…"`
    private static func behindOperator(_ place: CodePlace, _ language: Language) -> Answer? {
        let bytes = place.source.bytes
        guard let last = place.codeBefore(place.token.range.lowerBound) else { return nil }
        for sign in operators[language] ?? [] where bytes.has(Array(sign.utf8), at: last + 1 - sign.utf8.count) {
            guard let end = place.codeBefore(last + 1 - sign.utf8.count),
                let name = name(lookedUpBefore: end + 1, place)
            else { return nil }
            return gone(end + 1..<place.token.range.upperBound, name: name)
        }
        return nil
    }

    /// The name of a variable whose look-up ends at a place.
    private static func name(lookedUpBefore end: Int, _ place: CodePlace) -> String? {
        let bytes = place.source.bytes
        let line = bytes.string(bytes.lineStart(of: end)..<end)
        for mark in [
            "process.env.", "ENV[", "process.env[", "os.environ.get(", "os.getenv(", "getenv(", "$ENV{",
            "GetEnvironmentVariable(",
        ] {
            guard let range = line.utf8Range(ofLast: mark) else { continue }
            let rest = line.utf8.dropFirst(range.upperBound)
            let name = rest.filter { $0.isIdentifier }
            let isLookup = rest.allSatisfy {
                $0.isIdentifier
                    || [.quotationMark, .apostrophe, .rightBracket, .rightParenthesis, .rightBrace].contains($0)
            }
            if isLookup, !name.isEmpty { return String(decoding: name, as: UTF8.self) }
        }
        return nil
    }
}

extension String {
    /// The offsets of the last place of a text, in bytes.
    func utf8Range(ofLast text: String) -> Range<Int>? {
        let (whole, part) = (Array(utf8), Array(text.utf8))
        guard whole.count >= part.count else { return nil }
        for start in stride(from: whole.count - part.count, through: 0, by: -1) where whole.has(part, at: start) {
            return start..<start + part.count
        }
        return nil
    }
}
