import FoundationEssentials
import Reports
import Rules

/// What a rule file names and there is not: silence would let its author believe that it works.
enum RuleReferences {
    /// - Parameter rules: All that there are, built in and read.
    static func complaints(of file: RuleFile, name: String, known rules: [Rule]) -> [String] {
        var complaints: [String] = []
        for path in file.extends.paths
        where !FileManager.default.fileExists(atPath: ConfigurationFinder.resolved(path, besides: name)) {
            complaints.append("extend.path names \(path.visible), and there is no such file")
        }
        let known = names(of: rules)
        complaints += file.amendments.compactMap { unknown([$0.id], in: "an amendment", known) }
        return complaints.map { "\(name): \($0)" } + unknownRules(in: file, name: name, known: known)
    }

    /// What rules may be called: what one was called before still means it.
    static func names(of rules: [Rule]) -> Set<String> {
        rules.reduce(into: []) { names, rule in
            names.insert(rule.id)
            names.formUnion(rule.formerly)
        }
    }

    /// What of a file does nothing, or less than it seems to, because it is for rules that there are not.
    static func unknownRules(in file: RuleFile, name: String, known: @autoclosure () -> Set<String>) -> [String] {
        guard namesRules(file) else { return [] }
        let known = known()
        var complaints: [String?] = [unknown(file.extends.disabledRules, in: "extend.disabledRules", known)]
        complaints += file.allowlists.map { list in
            unknown(
                list.targetRules,
                in: "targetRules of "
                    + (list.description.isEmpty ? "an allow-list" : "the allow-list \"\(list.description)\""), known)
        }
        complaints += file.rules.map { rule in
            unknown(rule.composition.required.map(\.id), in: "required of the rule \(rule.id)", known)
        }
        return complaints.compactMap { $0 }.map { "\(name): \($0)" }
    }

    private static func namesRules(_ file: RuleFile) -> Bool {
        !file.extends.disabledRules.isEmpty || file.allowlists.contains { !$0.targetRules.isEmpty }
            || file.rules.contains { !$0.composition.required.isEmpty }
    }

    /// One sentence for all of a field, without a full stop; `nil`: all are there.
    private static func unknown(_ ids: [String], in field: String, _ known: Set<String>) -> String? {
        let missing = ids.filter { !known.contains($0) }
        guard let first = missing.first else { return nil }
        let meant = { (id: String) in NearestWord.to(id, in: known) }
        guard missing.count > 1 else {
            return "\(field) names the rule \(first.visible), which there is not"
                + (meant(first).map { ": did you mean \($0)?" } ?? "")
        }
        let listed = missing.map { $0.visible + (meant($0).map { " (did you mean \($0)?)" } ?? "") }
        return "\(field) names rules that there are not: \(listed.joined(separator: ", "))"
    }
}
