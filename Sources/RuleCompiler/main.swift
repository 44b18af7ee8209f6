// Build step: reads every rule file of a folder and writes them in compiled form, for a C compiler to embed.
// Usage: RuleCompiler RULES-FOLDER OUTPUT.swift

import Foundation
import Rules

guard CommandLine.arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: RuleCompiler RULES-FOLDER OUTPUT.swift\n".utf8))
    exit(2)
}
do {
    let folder = try RuleDirectory(path: CommandLine.arguments[1])
    var rules: [Rule] = []
    for name in folder.names { rules += try folder.file(name).rules }
    // A program without rules would call everything clean.
    guard !rules.isEmpty else {
        throw RuleFileError(file: CommandLine.arguments[1], reason: "there is no rule in this folder")
    }
    let compiled = RuleCoding.encode(try RuleSet(rules: rules).rules)
    // Ten hash signs: no rule can hold the end of this literal.
    let marks = String(repeating: "#", count: 10)
    let source = """
        // Made by RuleCompiler from the files in Rules/.
        let compiledRules: StaticString = \(marks)\"\"\"
        \(compiled.replacingOccurrences(of: "\r", with: "\\\(marks)r"))
        \"\"\"\(marks)

        """
    try source.write(to: URL(fileURLWithPath: CommandLine.arguments[2]), atomically: true, encoding: .utf8)
} catch {
    // The form that editors and CI systems turn into a link: file:line: error: reason.
    let message =
        (error as? RuleFileError).map { "\($0.file):\($0.line ?? 1): error: \($0.reason)" } ?? "error: \(error)"
    FileHandle.standardError.write(Data("\(message)\n".utf8))
    exit(1)
}
