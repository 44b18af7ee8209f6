/// Comments that say "this is not a leak": ours, and those that people have in their files for other scanners.
enum InlineDirectives {
    private static let onLine: [StaticString] = [
        "windsock:allow", "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "kingfisher:ignore",
        "pragma: allowlist secret", "pragma:allowlist secret", "secretlint-disable-line",
    ]
    private static let onPreviousLine: [StaticString] = [
        "windsock:allow-next-line", "pragma: allowlist nextline secret", "pragma:allowlist nextline secret", "secretlint-disable-next-line",
    ]

    /// Whether a directive suppresses what a rule found at an offset.
    static func suppress(ruleID: String, range: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        let start = text.lineStart(of: range.lowerBound)
        let line = text.slice(start..<text.lineEnd(of: range.upperBound))
        if onLine.contains(where: { line.containsCaseless($0) }), allows(line, ruleID) { return true }
        if start > 0 {
            let previous = text.slice(text.lineStart(of: start - 1)..<start - 1)
            if onPreviousLine.contains(where: { previous.containsCaseless($0) }), allows(previous, ruleID) {
                return true
            }
        }
        return isInDisabledBlock(range.lowerBound, in: text)
    }

    /// `windsock:allow RULE reason` is for that rule alone, if what follows is the id of a rule; any other directive, and
    /// ours without an id, is for all.
    private static func allows(_ line: UnsafeRawBufferPointer, _ ruleID: String) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        for marker in ["windsock:allow-next-line", "windsock:allow"] {
            guard let range = text.firstRange(of: marker) else { continue }
            let rest = text[range.upperBound...].drop { $0 == " " || $0 == ":" }
            if marker == "windsock:allow", rest.hasPrefix("-next-line") { return false }
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            // Rule ids are of several words; a reason's first word is hardly ever hyphenated.
            guard word.contains("-"), word.count > 3 else { return true }
            return word == ruleID
        }
        return true
    }

    /// Whether the last `secretlint-disable` above has no `secretlint-enable` after it.
    private static func isInDisabledBlock(_ offset: Int, in text: UnsafeRawBufferPointer) -> Bool {
        let before = text.slice(0..<offset)
        guard before.containsCaseless("secretlint-disable") else { return false }
        var isDisabled = false
        for line in String(decoding: before, as: UTF8.self).split(separator: "\n") {
            if line.contains("secretlint-enable") { isDisabled = false }
            guard let range = line.firstRange(of: "secretlint-disable") else { continue }
            if !line[range.upperBound...].hasPrefix("-") { isDisabled = true }
        }
        return isDisabled
    }
}
