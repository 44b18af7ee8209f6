/// What reports and verification ask of a rule.
extension RuleTexts: TableValue {
    static let fields: [TableField<RuleTexts>] = [
        .init(
            "description", "For somebody who does not know the provider: what it is, and what it lets its holder do.",
            isOfGitleaks: true, get: { $0.description }, set: { $0.description = $1 }),
        .init(
            "tags", "Words for reports. They decide nothing.", isOfGitleaks: true, get: { $0.tags },
            set: { $0.tags = $1 }),
        .init(
            "remediation", "What to do, in order, each step in full; `revoke` and `then` are its short form.",
            get: { $0.remediation }, set: { $0.remediation = $1 }),
        .init("references", "Pages the facts come from.", get: { $0.references }, set: { $0.references = $1 }),
        .init(
            "verify", "How the provider is asked whether a key is live: `Documentation/verification.md`.",
            get: { $0.verification }, set: { $0.verification = $1 }),
        .init(
            "opens", "What stands near the secret and says what it opens: shown beside the finding.",
            get: { $0.opens }, set: { $0.opens = $1 }),
    ]
}
