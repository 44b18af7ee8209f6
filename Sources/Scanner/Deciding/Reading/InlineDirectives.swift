import Bytes

/// Comments of one text that say "this is not a leak": ours, and those that people have in their files for other scanners.
struct InlineDirectives {
    private static let onLine: [StaticString] = [
        "windsock:allow", "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "kingfisher:ignore",
        "pragma: allowlist secret", "pragma:allowlist secret", "secretlint-disable-line",
    ]
    private static let onPreviousLine: [StaticString] = [
        "windsock:allow-next-line", "pragma: allowlist nextline secret", "pragma:allowlist nextline secret",
        "secretlint-disable-next-line",
    ]
    private static let own = "windsock:allow"

    /// Bytes to either side of a secret that count as its line: a comment is not farther away, and a file of one endless
    /// line with many secrets must not be read once for each.
    static let reach = 4096

    private let text: UnsafeRawBufferPointer
    /// From each `secretlint-disable` to its `secretlint-enable` or the end of the text.
    private let disabledBlocks: [Range<Int>]
    /// What all answers took, for tests.
    private(set) var bytesRead = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        disabledBlocks = Self.disabledBlocks(in: text)
    }

    /// Whether a directive suppresses what a rule found in a range.
    mutating func suppress(ruleID: String, range: Range<Int>) -> Bool {
        let start = text.lineStart(of: range.lowerBound, reach: Self.reach)
        let line = text.slice(start..<text.lineEnd(of: range.upperBound, reach: Self.reach))
        bytesRead += line.count
        if Self.allows(line, Self.onLine, ruleID) { return true }
        if start > 0, text[start - 1] == 0x0a {
            let previous = text.slice(text.lineStart(of: start - 1, reach: Self.reach)..<start - 1)
            bytesRead += previous.count
            if Self.allows(previous, Self.onPreviousLine, ruleID) { return true }
        }
        // In order: a text may have as many blocks as findings.
        let block = disabledBlocks.partitionPoint { $0.upperBound <= range.lowerBound }
        return block < disabledBlocks.endIndex && disabledBlocks[block].contains(range.lowerBound)
    }

    private static func allows(_ line: UnsafeRawBufferPointer, _ directives: [StaticString], _ ruleID: String) -> Bool {
        guard directives.contains(where: { line.containsCaseless($0) }) else { return false }
        let text = String(decoding: line, as: UTF8.self).lowercased()
        let isOther = directives.contains { !"\($0)".hasPrefix(own) && text.contains("\($0)") }
        return isOther || ownAllows(text, forNextLine: directives.contains { "\($0)" == own + "-next-line" }, ruleID)
    }

    /// `windsock:allow RULE reason` is for that rule alone, if what follows is the id of a rule; without an id it is for all.
    private static func ownAllows(_ text: String, forNextLine: Bool, _ ruleID: String) -> Bool {
        text.ranges(of: own).contains { range in
            var rest = text[range.upperBound...]
            guard rest.hasPrefix("-next-line") == forNextLine else { return false }
            if forNextLine { rest = rest.dropFirst("-next-line".count) }
            let word = rest.drop { $0 == " " || $0 == ":" }.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            // Rule ids are of several words; a reason's first word is hardly ever hyphenated.
            guard word.contains("-"), word.count > 3 else { return true }
            return word == ruleID.lowercased()
        }
    }

    private static func disabledBlocks(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let name: StaticString = "secretlint"
        var blocks: [Range<Int>] = []
        var start: Int?
        var index = 0
        while let hyphen = text.first(0x2d, from: index) {
            index = hyphen + 1
            let nameStart = hyphen - name.utf8CodeUnitCount
            guard nameStart >= 0, text.slice(nameStart..<hyphen).containsCaseless(name) else { continue }
            let rest = text.slice(index..<text.count)
            if rest.slice(0..<min(6, rest.count)).containsCaseless("enable") {
                if let start { blocks.append(start..<hyphen) }
                start = nil
            } else if rest.slice(0..<min(7, rest.count)).containsCaseless("disable"), rest.count < 8 || rest[7] != 0x2d
            {
                // With another hyphen it is for a line.
                start = start ?? hyphen
            }
        }
        if let start { blocks.append(start..<text.count) }
        return blocks
    }
}
