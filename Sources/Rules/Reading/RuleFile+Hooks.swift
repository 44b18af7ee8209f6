extension RuleFile {
    /// What holds where hooks scan, over what the file says of all scans.
    public struct HookSettings: Sendable, Hashable {
        /// Of every hook, or of the one that is named.
        public var settings = Settings()
        /// Whether all of each finding is said; `nil`: as the hook's own options have it.
        public var isVerbose: Bool?
        /// What holds for single hooks, by git's name of the hook, over what holds for all.
        public var named: [String: HookSettings] = [:]

        /// Nothing.
        public init() {}
    }

    /// The hooks that may be named.
    static let hookNames = ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push", "pre-receive"]
}

extension RuleFile.HookSettings: TableValue {
    static let fields: [TableField<RuleFile.HookSettings>] =
        ownFields
        + RuleFile.hookNames.map { name in
            TableField(
                name, "The same for this hook alone; it goes before what is said for all.",
                kind: .table([FieldDescription](ownFields))
            ) { (hooks: inout RuleFile.HookSettings, table: inout TableReader) throws(RuleFileError) in
                guard var inner = try table.table(name) else { return }
                var one = RuleFile.HookSettings()
                for field in ownFields { try field.read(&one, &inner) }
                try inner.rejectUnknown()
                hooks.named[name] = one
            }
        }

    /// Names of secrets are those of all scans: what is a secret does not depend on who looks.
    private static let ownFields: [TableField<RuleFile.HookSettings>] =
        RuleFile.Settings.fields.filter { $0.name != "secretNames" }
        .map { $0.lifted(get: { $0.settings }, set: { $0.settings = $1 }) }
        + [
            .init(
                "verbose", "Whether hooks say all of each finding, as `--verbose` has it.", get: { $0.isVerbose },
                set: { $0.isVerbose = $1 })
        ]
}
