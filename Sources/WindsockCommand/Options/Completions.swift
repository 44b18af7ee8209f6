import ArgumentParser
import BuiltinRules
import Hygiene
import Reports
import Rules

extension CompletionKind {
    /// The ids of the built-in rules, asked for when somebody completes: there are more than a script should hold.
    static var ruleIDs: CompletionKind {
        .custom { _, _, _ in (RuleSet.builtin.rules + HygieneRule.rules).map(\.id).sorted() }
    }

    /// `sarif=` and its like.
    static var reportDestinations: CompletionKind {
        .list(ReportFormat.allCases.map { "\($0.rawValue)=" })
    }
}
