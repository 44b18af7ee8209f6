import FoundationEssentials
import Rules

/// What a rule file names and there is not: silence would let its author believe that it works.
enum RuleReferences {
    /// - Parameter rules: All that there are, built in and read.
    static func complaints(of file: RuleFile, name: String, known rules: [Rule]) -> [String] {
        // What a rule was called before still means it.
        let known = rules.map(\.id) + rules.flatMap(\.formerly)
        var complaints: [String] = []
        for path in file.extends.paths
        where !FileManager.default.fileExists(atPath: ConfigurationFinder.resolved(path, besides: name)) {
            complaints.append("\(name): extend.path names \(path), and there is no such file")
        }
        complaints += file.extends.disabledRules.compactMap { unknown($0, in: "extend.disabledRules", known) }
            .map { "\(name): \($0)" }
        complaints += file.amendments.compactMap { unknown($0.id, in: "an amendment", known) }.map { "\(name): \($0)" }
        for list in file.allowlists {
            let what = list.description.isEmpty ? "an allow-list" : "the allow-list \"\(list.description)\""
            complaints += list.targetRules.compactMap { unknown($0, in: "targetRules of \(what)", known) }
                .map { "\(name): \($0)" }
        }
        return complaints
    }

    private static func unknown(_ id: String, in field: String, _ known: [String]) -> String? {
        guard !known.contains(id) else { return nil }
        let meant = NearestWord.to(id, in: known).map { ": did you mean \($0)?" } ?? ""
        return "\(field) names the rule \(id), which there is not\(meant)"
    }
}
