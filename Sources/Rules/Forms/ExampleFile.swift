/// A text file of examples, for rules that need many: blocks under lines `=== PATH`, or `=== !PATH` for what must be silent.
///
/// What stands above the first block is a comment, as is a byte order mark. A block's text ends before the line feed above the next block; in one
/// that must be found `«` and `»` mark the secret. An example whose text has such marks or such lines of its own stands in
/// the rule file.
enum ExampleFile {
    private static let signCount = 3

    static func examples(text: String, file: String) throws(RuleFileError) -> [Rule.Example] {
        var result: [Rule.Example] = []
        var block: (line: Int, path: String, lines: [Substring])?
        // Not by characters: CR LF is one of them.
        let scalars =
            text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map(Substring.init)
        for (index, line) in lines.enumerated() {
            if isMisspeltHeader(line, isInBlock: block != nil) {
                throw RuleFileError(
                    file: file, line: index + 1, reason: "a block begins with three equal signs: === PATH, or === !PATH"
                )
            }
            if let path = headerPath(line) {
                if let block { result.append(try example(block, file)) }
                block = (index + 1, path, [])
            } else {
                block?.lines.append(line)
            }
        }
        guard var block else {
            throw RuleFileError(file: file, reason: "has no example: a block begins with a line === PATH, or === !PATH")
        }
        // The file's last line ends, too.
        if block.lines.last?.isEmpty == true { block.lines.removeLast() }
        result.append(try example(block, file))
        return result
    }

    /// What stands behind the signs of a header; `nil`: the line is none. A longer row of signs is text, as under a heading.
    private static func headerPath(_ line: Substring) -> String? {
        let path = line.drop { $0 == "=" }
        guard line.unicodeScalars.count - path.unicodeScalars.count == signCount else { return nil }
        guard path.hasPrefix("!") || path.hasPrefix(" !") else { return trimmed(path) }
        return "!" + trimmed(path.drop { $0 == " " }.dropFirst())
    }

    private static func trimmed(_ path: Substring) -> String {
        var path = path.drop { $0.isWhitespace }
        while path.last?.isWhitespace == true { path.removeLast() }
        return String(path)
    }

    /// Whether a line was meant to begin a block and does not. Within a block only what says so with `!`: other lines that
    /// begin with equal signs may be headings of the text.
    private static func isMisspeltHeader(_ line: Substring, isInBlock: Bool) -> Bool {
        let indented = line.drop { $0 == " " || $0 == "\t" }
        let path = indented.drop { $0 == "=" }
        let count = indented.unicodeScalars.count - path.unicodeScalars.count
        guard count > 0, count != signCount || (indented.startIndex != line.startIndex && !isInBlock) else {
            return false
        }
        let words = trimmed(path)
        return isInBlock
            ? count > 1 && words.hasPrefix("!") && !words.dropFirst().isEmpty : count <= signCount || !words.isEmpty
    }

    private static func example(
        _ block: (line: Int, path: String, lines: [Substring]), _ file: String
    ) throws(RuleFileError) -> Rule.Example {
        let isNegative = block.path.hasPrefix("!")
        let path = isNegative ? String(block.path.dropFirst()) : block.path
        let marked = MarkedExample(text: block.lines.joined(separator: "\n"), path: path.isEmpty ? nil : path)
        let name = file.split(separator: "/").suffix(2).joined(separator: "/")
        guard let example = marked.example(isNegative: isNegative, place: "\(name):\(block.line)") else {
            throw RuleFileError(file: file, line: block.line, reason: "the example marks no single secret with «…»")
        }
        return example
    }
}
