import BuiltinRules
import Rules
import Scanner

extension RuleSet {
    /// Ids of rules with a pattern that is not a built-in rule's: those were compiled by the tests, and to do so again would
    /// take a while.
    func idsToValidate() -> Set<String> {
        let known = Dictionary(uniqueKeysWithValues: RuleSet.builtin.rules.map { ($0.id, $0) })
        return Set(rules.lazy.filter { known[$0.id]?.hasPatterns(of: $0) != true }.map(\.id))
    }

    /// Compiles the patterns of allow-lists that hold for all rules.
    ///
    /// - Throws: `RuleFileError` for the first that does not compile.
    static func validate(_ allowlists: [Allowlist]) throws(RuleFileError) {
        for allowlist in allowlists {
            var allowlist = allowlist
            allowlist.targetRules = []
            do throws(RuleFileError) {
                // They are compiled with the rules that they hold for.
                try ScanEngine(RuleSet(rules: [Rule(id: "any")], allowlists: [allowlist])).validate()
            } catch {
                let name = allowlist.description.isEmpty ? "" : " \"\(allowlist.description)\""
                throw RuleFileError(file: "allow-list\(name)", reason: error.reason)
            }
        }
    }
}

extension Rule {
    fileprivate func hasPatterns(of other: Rule) -> Bool {
        regex == other.regex && path == other.path && context == other.context && allowlists == other.allowlists
    }
}
