import Rules
import Scanner

/// What configurations do to rules.
extension RuleSet {
    /// Puts a configuration of what is scanned on top: it adds rules and lets findings pass, and replaces nothing.
    ///
    /// A rule of its with the id of one that is there gets another id, and both are asked: what a repository says must not
    /// keep a built-in rule from finding anything unsaid.
    mutating func extend(with link: ConfigurationFile) throws(RuleFileError) {
        var file = link.file.attributed(to: link.origin)
        let known = Set(rules.map(\.id))
        var renamed: [String] = []
        for index in file.rules.indices where known.contains(file.rules[index].id) {
            renamed.append(file.rules[index].id)
            file.rules[index].id = Self.free(file.rules[index].id, known)
        }
        if !renamed.isEmpty {
            StandardError.write(
                "windsock: \(link.name): \(renamed.joined(separator: ", ")): rules of these ids are there and stay; those of the file are asked, too, as \(renamed.map { Self.free($0, known) }.joined(separator: ", ")). Only a file that is named with --config replaces rules\n"
            )
        }
        let disabled = ids(called: link.file.extends.disabledRules)
        if !disabled.isEmpty {
            // They are asked all the same, so that what they would have found can be counted.
            var list = Allowlist(
                description: "disabledRules", regexes: [""], paths: [""], targetRules: disabled.sorted())
            list.origin = link.origin
            list.origin?.kind = .disabledRules
            file.allowlists.append(list)
        }
        try merge(file)
        try amend(link)
    }

    private static func free(_ id: String, _ known: Set<String>) -> String {
        var candidate = id + "-own"
        while known.contains(candidate) { candidate += "-own" }
        return candidate
    }

    /// Adds what a configuration says of rules that are there already.
    mutating func amend(_ link: ConfigurationFile) throws(RuleFileError) {
        for amendment in link.file.amendments {
            let meant = ids(called: [amendment.id])
            guard !meant.isEmpty else {
                // Other scanners have rules that we have not.
                let message = "there is no rule \(amendment.id) that its allow-lists could be for"
                guard RuleFile.isOfGitleaks(link.name) else {
                    throw RuleFileError(
                        file: link.name, line: amendment.line,
                        reason: "rule \(amendment.id) has neither a regex nor a path nor a token, and \(message)")
                }
                StandardError.write("windsock: \(link.name): \(message); they do nothing\n")
                continue
            }
            if amendment.allowlists.isEmpty, amendment.severity == nil, amendment.confidence == nil {
                StandardError.write(
                    "windsock: \(link.name): what it says of the rule \(amendment.id), which is there already, does nothing: only allow-lists, severity and confidence are put over a rule's own\n"
                )
            }
            for var list in amendment.allowlists {
                list.targetRules = ids(allowedBy: meant).sorted()
                list.origin = link.origin
                allowlists.append(list)
            }
            // Who is scanned must not say how grave it is.
            if link.author == .user {
                change(meant) {
                    $0.severity = amendment.severity ?? $0.severity
                    $0.confidence = amendment.confidence ?? $0.confidence
                }
            }
        }
    }
}

extension RuleFile {
    /// The file with what it lets pass marked as its own.
    func attributed(to origin: Allowlist.Origin) -> RuleFile {
        var copy = self
        for index in copy.allowlists.indices { copy.allowlists[index].origin = origin }
        return copy
    }
}
