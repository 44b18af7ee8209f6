import Bytes
internal import Judge
internal import Rules

extension ScanEngine {
    /// A digest of everything in the rules that a scan's result depends on.
    ///
    /// - Parameter words: What else it depends on, in the caller's words.
    /// - Returns: 32 bytes.
    package func digest(with words: [String]) -> [UInt8] {
        var hash = SHA256()
        // The compiled form has all fields but examples; allow-lists of all rules go as those of a rule.
        var shared = Rule(id: "")
        shared.allowlists = allowlists
        let own = ownRules
        for text in words + [
            "\(AssignmentJudge.builtin.digest)", known?.digest ?? "", own.missing.joined(separator: " "),
            RuleCoding.encode(own.rules), RuleCoding.encode([shared]),
        ] {
            hash.update(Array("\(text.utf8.count):".utf8))
            hash.update(Array(text.utf8))
        }
        // What the compiled form has not, and so no known rule.
        for rule in own.rules where rule.composition != RuleComposition() {
            hash.update(Array("\(rule.id) \(rule.composition)\n".utf8))
        }
        for rule in own.rules where !rule.secretNames.isEmpty {
            hash.update(Array("\(rule.id) \(rule.secretNames)\n".utf8))
        }
        for list in allowlists { if let origin = list.origin { hash.update(Array("\(origin)\n".utf8)) } }
        return hash.finalize()
    }

    /// The rules that are not as they are among the known ones, and the ids of those of these that are left out.
    private var ownRules: (rules: [Rule], missing: [String]) {
        guard let known else { return (rules, []) }
        let ids = Set(rules.lazy.map(\.id))
        return (rules.filter { known.changed.contains($0.id) }, known.ids.filter { !ids.contains($0) })
    }

    /// Tells the rules from others, in reports and baselines: 16 hex digits.
    package var rulesDigest: String { digest(with: []).prefix(8).withUnsafeBytes(\.hexadecimal) }
}
