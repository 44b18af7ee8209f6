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

    /// Reads TOML text.
    ///
    /// - Throws: `RuleFileError`, with the line where it is not TOML.
    public init(text: String, file: String) throws(RuleFileError) {
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
        try reader.rejectUnknown()
        for name in kinds.keys.sorted() {
            for step in kinds[name] ?? [] where steps[step] == nil {
                throw reader.error("has no step \"\(step)\", which the kind \"\(name)\" names")
            }
        }
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
        _ what: String, _ name: String, among known: some Sequence<String>, _ table: TableReader
    ) -> RuleFileError {
        let meant = NearestWord.to(name, in: known).map { ": did you mean \"\($0)\"?" } ?? ""
        return table.error("uses the \(what) \"\(name)\", which shared.toml does not have\(meant)")
    }
}
