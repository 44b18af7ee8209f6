import Rules

/// What a configuration lets pass that it did not before.
struct ConfigurationChange {
    private let before: RuleFile?
    private let after: RuleFile

    /// - Parameter before: `nil`: there was none.
    init(from before: RuleFile?, to after: RuleFile) {
        self.before = before
        self.after = after
    }

    /// One phrase for each addition.
    var additions: [String] {
        var phrases: [String] = []
        let known = Set(before?.allowlists ?? [])
        for list in after.allowlists where !known.contains(list) {
            phrases.append(list.description.isEmpty ? "an allow-list" : "the allow-list \"\(list.description)\"")
        }
        let amended = Set((before?.amendments ?? []).flatMap { entry in entry.allowlists.map { [entry.id: $0] } })
        for amendment in after.amendments
        where amendment.allowlists.contains(where: { !amended.contains([amendment.id: $0]) }) {
            phrases.append("an allow-list of \(amendment.id)")
        }
        let disabled = Set(after.extends.disabledRules).subtracting(before?.extends.disabledRules ?? [])
        if !disabled.isEmpty { phrases.append("disabledRules \(disabled.sorted().joined(separator: ", "))") }
        let (old, new) = (before?.settings ?? RuleFile.Settings(), after.settings)
        let excluded = new.exclude.filter { !old.exclude.contains($0) }
        if !excluded.isEmpty { phrases.append("exclude \(excluded.joined(separator: ", "))") }
        let baselines = new.baseline.filter { !old.baseline.contains($0) }
        if !baselines.isEmpty { phrases.append("baseline \(baselines.joined(separator: ", "))") }
        // What is not said is as it is built in.
        let (severity, confidence) = (new.minSeverity ?? .low, new.minConfidence ?? .medium)
        if severity > old.minSeverity ?? .low { phrases.append("minSeverity \(severity.rawValue)") }
        if confidence > old.minConfidence ?? .medium { phrases.append("minConfidence \(confidence.rawValue)") }
        if after.hook != before?.hook ?? RuleFile.HookSettings() { phrases.append("settings of hooks") }
        let bases = after.extends.paths.filter { before?.extends.paths.contains($0) != true }
        if !bases.isEmpty { phrases.append("extend.path \(bases.joined(separator: ", "))") }
        return phrases
    }
}
