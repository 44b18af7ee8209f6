/// The folder of a provider that needs many examples: `rule.toml`, and `examples/` with files by rule.
extension RuleDirectory {
    /// Whether a folder within one of rules has a rule file of its own.
    ///
    /// - Throws: `RuleFileError` for what its author may believe is read and is not.
    static func holdsRules(_ folder: String) throws(RuleFileError) -> Bool {
        let names = try list(folder)
        let holdsRules = names.contains(ruleName)
        for name in names where name != ruleName {
            if name.hasSuffix(".toml") || holdsRules && name.hasSuffix(".txt") {
                throw notRead("\(folder)/\(name)", holdsRules ? examplesName : ruleName)
            }
        }
        if holdsRules { try refuseMisspeltExamples(in: folder) }
        return holdsRules
    }

    /// Adds what stands in `examples/` beside a rule file.
    static func addExamples(in folder: String, to file: inout RuleFile, name: String) throws(RuleFileError) {
        try refuseMisspeltExamples(in: folder)
        let examples = "\(folder)/\(examplesName)"
        guard isFolder(examples) else { return }
        for entry in try list(examples) {
            let id = entry.split(separator: ".").first.map { String($0) } ?? entry
            guard let index = file.rules.firstIndex(where: { $0.id == id }) else {
                let meant = NearestWord.to(id, in: file.rules.map(\.id)).map { ": did you mean \($0)?" } ?? ""
                throw RuleFileError(file: "\(examples)/\(entry)", reason: "there is no rule \(id) in \(name)\(meant)")
            }
            try add("\(examples)/\(entry)", to: &file.rules[index])
        }
    }

    /// `ID.txt` has examples, `ID.toml` answers of the provider, and the folder `ID` files of examples by kind.
    private static func add(_ path: String, to rule: inout Rule) throws(RuleFileError) {
        if isFolder(path) {
            for name in try list(path) { try add("\(path)/\(name)", to: &rule) }
        } else if path.hasSuffix(".txt") {
            rule.examples += try ExampleFile.examples(text: text(path), file: path)
        } else if path.hasSuffix(".toml") {
            var table = try TableReader(text: text(path), file: path)
            let answers = try [VerificationSpec.Example].read("answers", from: &table) ?? []
            try table.rejectUnknown()
            guard rule.verification != nil else { throw table.error("is of a rule that asks nobody") }
            rule.verification?.examples += answers
        } else {
            throw RuleFileError(
                file: path, reason: "is neither examples (.txt) nor answers (.toml) nor a folder of them: name it so")
        }
    }

    private static func refuseMisspeltExamples(in folder: String) throws(RuleFileError) {
        for name in try list(folder) where name != examplesName && isFolder("\(folder)/\(name)") {
            guard NearestWord.to(name, in: [examplesName]) != nil else { continue }
            throw notRead("\(folder)/\(name)", examplesName)
        }
    }

    private static func notRead(_ path: String, _ known: String) -> RuleFileError {
        let name = path.split(separator: "/").last.map { String($0) } ?? path
        let meant = NearestWord.to(name, in: [known]).map { "; did you mean \($0)?" } ?? ""
        return RuleFileError(
            file: path,
            reason:
                "is not read: the folder of a provider has \(ruleName), and \(examplesName)/ with files by rule\(meant)"
        )
    }
}
