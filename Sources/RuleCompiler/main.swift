// Build step: reads every rule file of a folder and writes them, in compiled form, as one Swift file.
// Usage: RuleCompiler RULES-FOLDER OUTPUT.swift

import FoundationEssentials
import Platform
import Rules

func complain(_ message: String) {
    var line = "\(message)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

/// A literal of that text. Swift takes one of two megabytes in a seventh of a second.
func definition(_ name: String, _ text: String) -> String {
    // Ten hash signs: no rule can hold the end of this literal.
    let marks = String(repeating: "#", count: 10)
    // Together with a line feed it is another `Character`.
    let carriageReturn = Array("\\\(marks)r".utf8)
    let bytes = text.utf8.flatMap { $0 == UInt8(ascii: "\r") ? carriageReturn : [$0] }
    return """
        let \(name): StaticString = \(marks)\"\"\"
        \(String(decoding: bytes, as: UTF8.self))
        \"\"\"\(marks)
        """
}

guard CommandLine.arguments.count == 3 else {
    complain("usage: RuleCompiler RULES-FOLDER OUTPUT.swift")
    exit(2)
}
do {
    let path = CommandLine.arguments[1]
    let folder = try RuleDirectory(path: path)
    var rules: [Rule] = []
    for name in folder.names { rules += try folder.file(name).rules }
    // A program without rules would call everything clean.
    guard !rules.isEmpty else { throw RuleFileError(file: path, reason: "there is no rule in this folder") }
    rules = try RuleSet(rules: rules).rules
    let compiled = RuleCoding.encode(rules)
    let source = """
        // Made by RuleCompiler from the files in Rules/.
        \(definition("compiledRules", compiled))
        \(definition("compiledRulesDigest", RuleCoding.digest(of: compiled)))
        \(definition("compiledKeywords", KeywordTable.encode(rules)))
        \(definition("compiledSharedRules", try RuleDirectory.sharedText(in: path) ?? ""))

        """
    try Data(source.utf8).write(to: URL(filePath: CommandLine.arguments[2]), options: .atomic)
} catch {
    // The form that editors and CI systems turn into a link: file:line: error: reason.
    let message =
        (error as? RuleFileError).map { "\($0.file):\($0.line ?? 1): error: \($0.reason)" } ?? "error: \(error)"
    complain(message)
    exit(1)
}
