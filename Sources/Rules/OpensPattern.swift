/// How to find, beside a secret, what it opens: the host of a database, the account of a key.
package struct OpensPattern: Sendable, Hashable {
    /// What people call it, in one or two words: `host`, `account`.
    package var what: String
    /// PCRE2 pattern; its first group that takes part, or the whole match, is the name. Never a secret.
    package var regex: String

    package init(what: String = "", regex: String = "") {
        self.what = what
        self.regex = regex
    }
}

extension OpensPattern: TableValue {
    static let fields: [TableField<OpensPattern>] = [
        .init("what", "What it is, in one or two words: `host`, `account`.", get: { $0.what }, set: { $0.what = $1 }),
        .init(
            "regex",
            "What stands near the secret, within six lines; the first group is shown. It must not match a secret: what overlaps one is left out.",
            kind: .pattern, get: { $0.regex }, set: { $0.regex = $1 }),
    ]

    static let demands: [TableDemand] = [.all(["what", "regex"])]

    init() { self.init(what: "") }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        if what.isEmpty || regex.isEmpty { throw table.error("needs \"what\" and \"regex\"") }
    }
}

extension Rule {
    /// What stands beside its secrets and says what they open.
    package var opens: [OpensPattern] {
        get { content.value.texts.value.opens }
        set { content.value.texts.value.opens = newValue }
    }
}
