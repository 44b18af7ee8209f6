// Build step: reads every rule file of a folder and writes them, in compiled form, as one Swift file.
// Usage: RuleCompiler RULES-FOLDER OUTPUT.swift

import Foundation
import Rules

/// A literal of that text. Swift takes one of two megabytes in a seventh of a second.
func definition(_ name: String, _ text: String) -> String {
    // Ten hash signs: no rule can hold the end of this literal.
    let marks = String(repeating: "#", count: 10)
    return """
        let \(name): StaticString = \(marks)\"\"\"
        \(text.replacingOccurrences(of: "\r", with: "\\\(marks)r"))
        \"\"\"\(marks)
        """
}

guard CommandLine.arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: RuleCompiler RULES-FOLDER OUTPUT.swift\n".utf8))
    exit(2)
}
do {
    let path = CommandLine.arguments[1]
    let folder = try RuleDirectory(path: path)
    var rules: [Rule] = []
    for name in folder.names { rules += try folder.file(name).rules }
    // A program without rules would call everything clean.
    guard !rules.isEmpty else { throw RuleFileError(file: path, reason: "there is no rule in this folder") }
    let compiled = RuleCoding.encode(try RuleSet(rules: rules).rules)
    let source = """
        // Made by RuleCompiler from the files in Rules/.
        \(definition("compiledRules", compiled))
        \(definition("compiledRulesDigest", RuleCoding.digest(of: compiled)))
        \(definition("compiledSharedRules", try RuleDirectory.sharedText(in: path) ?? ""))

        """
    try source.write(to: URL(fileURLWithPath: CommandLine.arguments[2]), atomically: true, encoding: .utf8)
} catch {
    // The form that editors and CI systems turn into a link: file:line: error: reason.
    let message =
        (error as? RuleFileError).map { "\($0.file):\($0.line ?? 1): error: \($0.reason)" } ?? "error: \(error)"
    FileHandle.standardError.write(Data("\(message)\n".utf8))
    exit(1)
}
