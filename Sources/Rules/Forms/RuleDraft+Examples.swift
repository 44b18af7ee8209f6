/// The examples of a rule: short, with the secret marked, or in full.
extension RuleDraft {
    static let examples: [TableField<RuleDraft>] = [
        .init(
            "found",
            "Texts that this rule must find, with all rules of all files loaded; `«` and `»` mark the secret. A table where the text has a file: `{ path = \"a.env\", text = '…' }`; with `secret` in it, marks are part of the text.",
            kind: .several(.either(MarkedExample.marked, .either(MarkedExample.markedTable, MarkedExample.fullTable)))
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.texts.examples += try read("found", isNegative: false, &table)
        },
        .init(
            "silent", "Texts in which no rule at all may find anything (at medium confidence or above).",
            kind: .several(.either(.text, .table([FieldDescription](MarkedExample.fields), [.all(["text"])])))
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.texts.examples += try read("silent", isNegative: true, &table)
        },
        .init(
            "examples", "The same in full, a `[[rules.examples]]` table each.", isOlder: true,
            kind: [Rule.Example].kind
        ) { (draft: inout RuleDraft, table: inout TableReader) throws(RuleFileError) in
            draft.texts.examples += try [Rule.Example].read("examples", from: &table) ?? []
        },
    ]

    private static func read(
        _ key: String, isNegative: Bool, _ table: inout TableReader
    ) throws(RuleFileError) -> [Rule.Example] {
        var result: [Rule.Example] = []
        for element in try table.textsOrTables(key) {
            let place = "\(key) \(result.count + 1)"
            var example = MarkedExample()
            switch element {
            case .text(let text): example.text = text
            case .table(var inner):
                for field in MarkedExample.fields { try field.read(&example, &inner) }
                try inner.rejectUnknown()
                guard inner.holds("text") else { throw inner.error("has no text") }
            }
            guard let made = example.example(isNegative: isNegative, place: place) else {
                throw table.error("marks no single secret with «…» in \(place)")
            }
            result.append(made)
        }
        return result
    }
}

/// An example as `found`, `silent` and files of examples have it.
struct MarkedExample: Sendable {
    var text = ""
    var path: String?
    var secret: String?

    static let fields: [TableField<MarkedExample>] = [
        .init("text", "The text.", get: { $0.text }, set: { $0.text = $1 }),
        .init("path", "The file name it is scanned under.", get: { $0.path }, set: { $0.path = $1 }),
        .init(
            "secret", "What must be reported, where it does not stand in the text as it is.", get: { $0.secret },
            set: { $0.secret = $1 }),
    ]

    /// A text in which one secret is marked.
    static let marked = FieldKind.textLike("^[^«»]*«[^«»]+»[^«»]*$")
    static let markedTable = FieldKind.table(
        [FieldDescription](fields).filter { $0.name != "secret" }.map { field in
            var field = field
            if field.name == "text" { field.kind = marked }
            return field
        }, [.all(["text"])])
    static let fullTable = FieldKind.table([FieldDescription](fields), [.all(["text", "secret"])])

    /// - Returns: `nil` for a text in which not one secret is marked.
    func example(isNegative: Bool, place: String) -> Rule.Example? {
        if isNegative { return Rule.Example(text: text, path: path, isNegative: true, place: place) }
        if let secret { return Rule.Example(text: text, path: path, secret: secret, place: place) }
        let opened = text.split(separator: "«", omittingEmptySubsequences: false)
        guard opened.count == 2 else { return nil }
        let closed = opened[1].split(separator: "»", omittingEmptySubsequences: false)
        guard closed.count == 2, !closed[0].isEmpty, !opened[0].contains("»") else { return nil }
        return Rule.Example(
            text: String(opened[0] + closed[0] + closed[1]), path: path, secret: String(closed[0]), place: place)
    }
}

extension Rule.Example: TableValue {
    static let fields: [TableField<Rule.Example>] = [
        .init("text", "The text.", get: { $0.text }, set: { $0.text = $1 }),
        .init("path", "The file name it is scanned under.", get: { $0.path }, set: { $0.path = $1 }),
        .init("secret", "What must be reported as the secret.", get: { $0.secret }, set: { $0.secret = $1 }),
        .init(
            "negative", "No rule may report anything in it.", get: { $0.isNegative }, set: { $0.isNegative = $1 }),
    ]

    static let demands: [TableDemand] = [.all(["text"])]

    init() { self.init(text: "") }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        guard table.holds("text") else { throw table.error("has no text") }
    }
}
