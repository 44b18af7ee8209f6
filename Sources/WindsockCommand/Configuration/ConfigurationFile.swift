import Rules

/// A configuration that was read, with those that it extends.
struct ConfigurationFile {
    /// Who has written it, and so what it may say.
    enum Author: Hashable {
        /// Whoever runs the program: named with an option or a variable, or in the user's own folder.
        case user
        /// Whoever may change what is scanned: adds rules and lets findings pass, replaces none, calls no address.
        case scanned
    }

    /// As messages and reports name it.
    var name: String
    var author: Author
    var file: RuleFile
    /// The folder that what it names begins in; absolute, or as the user gave it. `nil`: it has none.
    var folder: String?
    /// For a configuration of what is scanned: where its paths begin.
    var origin: Allowlist.Origin
    /// What it stands upon, the first lowest.
    var bases: [ConfigurationFile] = []

    /// The file behind those that it extends.
    var chain: [ConfigurationFile] { bases.flatMap(\.chain) + [self] }

    /// Whether it stands on the built-in rules.
    var usesCatalogue: Bool {
        if author == .scanned { return true }
        return bases.isEmpty ? file.extends.usesDefault || file.rules.isEmpty : bases.contains(where: \.usesCatalogue)
    }
}
