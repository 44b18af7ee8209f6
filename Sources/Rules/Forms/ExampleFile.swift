/// A text file of examples, for rules that need many: blocks under lines `=== PATH`, or `=== !PATH` for what must be silent.
///
/// What stands above the first block is a comment. A block's text ends before the line feed above the next block; in one
/// that must be found `«` and `»` mark the secret. An example whose text has such marks or such lines of its own stands in
/// the rule file.
enum ExampleFile {
    private static let header = "==="

    static func examples(text: String, file: String) throws(RuleFileError) -> [Rule.Example] {
        var result: [Rule.Example] = []
        var block: (line: Int, path: String, lines: [Substring])?
        // Not by characters: CR LF is one of them.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Substring.init)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix(header) {
                if let block { result.append(try example(block, file)) }
                let path = line.dropFirst(header.count).drop { $0 == " " }
                block = (index + 1, String(path), [])
            } else {
                block?.lines.append(line)
            }
        }
        if var block {
            // The file's last line ends, too.
            if block.lines.last?.isEmpty == true { block.lines.removeLast() }
            result.append(try example(block, file))
        }
        return result
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
