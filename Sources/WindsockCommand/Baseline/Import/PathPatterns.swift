import Rules
import Scanner

/// A regular expression for paths, asked as an allow-list of a configuration would be: what it is written into afterwards.
struct PathPatterns {
    private static let rule = "any"
    private let rules: PathRules

    /// - Returns: `nil` for one that does not compile.
    init?(_ pattern: String) {
        var list = Allowlist(paths: [pattern])
        list.origin = Allowlist.Origin(file: "")
        do throws(RuleFileError) {
            let engine = ScanEngine(try RuleSet(rules: [Rule(id: Self.rule)], allowlists: [list]))
            try engine.validate()
            rules = PathRules(engine: engine)
        } catch {
            return nil
        }
    }

    func matches(_ path: String) -> Bool { rules.origin(silencing: Self.rule, at: path) != nil }
}
