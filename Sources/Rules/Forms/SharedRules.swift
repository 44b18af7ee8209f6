/// What the rules of a folder share, read from its `shared.toml`: allow-lists and steps of remediation, by name.
public struct SharedRules: Sendable {
    /// What `use` names.
    var lists: [String: Allowlist] = [:]
    /// What `then` names; may hold `{provider}` and `{kind}`.
    var steps: [String: String] = [:]
    /// The steps of each kind of credential, where a rule says none.
    var kinds: [String: [String]] = [:]

    /// Nothing shared: every name is unknown.
    public static let none = SharedRules()

    private init() {}

    /// The tables of a `shared.toml`.
    static let fields: [FieldDescription] = [
        ("lists", .named(Allowlist.kind), "Allow-lists, by the names that a rule's `use` has."),
        (
            "steps", .named(.text),
            "Steps of remediation, by the names that `then` has; `{kind}` and `{provider}` are the rule's."
        ),
        ("kinds", .named(.table([then])), "Kinds of credentials, by the names that `kind` has."),
    ].map { FieldDescription(name: $0, kind: $1, summary: $2, isOfGitleaks: false, isOlder: false) }

    private static let then = FieldDescription(
        name: "then", kind: .several(.text), summary: "The steps, where a rule says none.", isOfGitleaks: false,
        isOlder: false)

    /// Reads TOML text.
    ///
    /// - Parameter base: What can be named all the same; of two things of one name that of the text holds.
    /// - Throws: `RuleFileError`, with the line where it is not TOML.
    public init(text: String, file: String, base: SharedRules = .none) throws(RuleFileError) {
        self = base
        var reader = try TableReader(text: text, file: file)
        for (name, var table) in try reader.namedTables("lists") {
            lists[name] = try Allowlist(reading: &table)
        }
        for (name, value) in try reader.scalars("steps") ?? [] {
            guard case .text(let text) = value else { throw reader.error("needs a text as the step \"\(name)\"") }
            steps[name] = text
        }
        for (name, var table) in try reader.namedTables("kinds") {
            kinds[name] = try table.strings("then") ?? []
            try table.rejectUnknown()
        }
        if reader.holds("rules") {
            throw reader.error(
                "has rules; \(RuleDirectory.sharedName) holds what rules share and none itself: put them into a file of another name"
            )
        }
        try reader.rejectUnknown()
        for name in kinds.keys.sorted() {
            for step in kinds[name] ?? [] where !step.contains(" ") && steps[step] == nil {
                throw unknown("step", step, among: steps.keys, reader, "names for the kind \"\(name)\"")
            }
        }
    }

    /// Whether a `shared.toml` that happens to stand beside a file is one of these, right or wrong, and not another
    /// program's.
    static func isMeant(by text: String) -> Bool {
        let keys: [String]
        if let reader = try? TableReader(text: text, file: "") {
            keys = Array(reader.table.values.keys)
        } else {
            // No TOML: what its headers say is all there is.
            keys = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("[") }
                .map { String($0.drop { "[ ".contains($0) }.prefix { !". ]".contains($0) }) }
        }
        return keys.contains { key in fields.contains { NearestWord.to(key, in: [$0.name]) != nil } }
    }

    func list(_ name: String, for table: TableReader) throws(RuleFileError) -> Allowlist {
        guard let list = lists[name] else { throw unknown("list", name, among: lists.keys, table) }
        return list
    }

    /// A step by its name, or a sentence as it is.
    func step(_ text: String, for table: TableReader) throws(RuleFileError) -> String {
        if text.contains(" ") { return text }
        guard let step = steps[text] else { throw unknown("step", text, among: steps.keys, table) }
        return step
    }

    private func unknown(
        _ what: String, _ name: String, among known: some Sequence<String>, _ table: TableReader,
        _ verb: String = "uses"
    ) -> RuleFileError {
        let meant = NearestWord.to(name, in: known).map { ": did you mean \"\($0)\"?" } ?? ""
        return table.error(
            "\(verb) the \(what) \"\(name)\", which neither \(RuleDirectory.sharedName) nor windsock has\(meant)")
    }
}
