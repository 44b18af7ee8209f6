/// The fields of rule files, for documentation and editors.
package enum RuleFieldTable {
    /// What a `[[rules]]` table may hold.
    package static let rule = [FieldDescription](RuleDraft.fields)
    /// What must stand together in a rule, and what must not.
    package static let ruleDemands = RuleDraft.demands
    /// What a `shared.toml` may hold.
    package static let shared = SharedRules.fields
    /// What a file of recorded answers, `examples/RULE-ID.toml`, may hold.
    package static let answers: [FieldDescription] = [
        .init(
            name: "answers", kind: [VerificationSpec.Example].kind, summary: "Recorded answers of the provider.",
            isOfGitleaks: false, isOlder: false)
    ]
    /// What a rule file may hold.
    package static let file: [FieldDescription] =
        [
            .init(
                name: "rules", kind: .several(.table(rule, ruleDemands)), summary: "The rules.", isOfGitleaks: true,
                isOlder: false),
            .init(
                name: "allowlists", kind: .several(Allowlist.kind), summary: "What no rule reports.",
                isOfGitleaks: true,
                isOlder: false),
            .init(
                name: "allowlist", kind: Allowlist.kind,
                summary: "gitleaks' older spelling of a single one of `allowlists`.",
                isOfGitleaks: true, isOlder: true),
            .init(
                name: "extend", kind: RuleFile.Extension.kind, summary: "What the file's rules are added to.",
                isOfGitleaks: true, isOlder: false),
        ]
        + [FieldDescription](RuleFile.Settings.fields)
        + [
            .init(
                name: "hook", kind: RuleFile.HookSettings.kind,
                summary: "What holds where hooks scan, over what is said of all scans.", isOfGitleaks: false,
                isOlder: false)
        ]
        + RuleFile.ignoredFields.map {
            .init(name: $0, kind: .anything, summary: "gitleaks' own; passed over.", isOfGitleaks: true, isOlder: true)
        }

    /// All fields of a rule as rows of Markdown tables, those within another field's table below it.
    package static var markdown: String {
        let tables = rule.filter { !$0.isOlder }.compactMap { field in
            inner(field.kind).map { (field.name, $0) }
        }
        let nested = tables.filter { $0.0 != "found" && $0.0 != "silent" }.map { name, fields in
            "\n### `\(name)`\n\n" + rows(fields)
        }
        return rows(rule) + nested.joined()
    }

    private static func rows(_ fields: [FieldDescription]) -> String {
        let header = "| field | is | means |\n|---|---|---|\n"
        return fields.reduce(into: header) { text, field in
            text += "| `\(field.name)` | \(field.kind.words) | \(field.summary.replacing("|", with: "\\|")) |\n"
        }
    }

    private static func inner(_ kind: FieldKind) -> [FieldDescription]? {
        switch kind {
        case .table(let fields, _): fields
        case .several(let kind, _): inner(kind)
        case .either(let left, let right): inner(left) ?? inner(right)
        default: nil
        }
    }
}

extension FieldKind {
    /// For a table's cell.
    fileprivate var words: String {
        switch self {
        case .text, .textLike: "text"
        case .pattern: "pattern"
        case .integer, .number: "number"
        case .truth: "`true` or `false`"
        case .choice(let words, _): words.map { "`\($0)`" }.joined(separator: ", ")
        case .several(let kind, _): "list: \(kind.words)"
        case .named: "table of names and values"
        case .anything, .refused: "anything"
        case .table: "table"
        case .either(let left, let right):
            left.words == right.words ? left.words : "\(left.words) or \(right.words)"
        }
    }
}
