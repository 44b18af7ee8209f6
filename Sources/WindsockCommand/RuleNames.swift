/// The names that a new rule has, derived from its provider's: its id, its file, the variable, the words that stand near.
struct RuleNames {
    /// `acme-cloud`
    let stem: String
    let id: String
    let variable: String

    /// - Throws: `CommandFailure` for names that no rule, file or variable can have.
    init(provider: String, id: String?, variable: String?) throws(CommandFailure) {
        let folded = Self.kebab(provider)
        if let id, !Self.isKebab(id) {
            let meant = Self.kebab(id).map { ": \($0)" } ?? ", for example acme-api-key"
            throw CommandFailure("--id must be small letters and digits with hyphens between them\(meant)")
        }
        guard let stem = folded ?? id.map(Self.stem) else {
            throw CommandFailure(
                "no id can be made of the provider's name \"\(provider)\", which is not in Latin letters; --id says one, for example --id acme-api-key"
            )
        }
        self.stem = stem
        self.id = id ?? "\(stem)-api-key"
        if let variable, !Self.isVariable(variable) {
            throw CommandFailure(
                "--name must be a variable's name, letters, digits and underscores, for example ACME_API_KEY")
        }
        let upper = stem.uppercased().split(separator: "-").joined(separator: "_")
        // No variable begins with a digit.
        self.variable = variable ?? (upper.first?.isNumber == true ? "API_KEY_\(upper)" : "\(upper)_API_KEY")
    }

    /// The provider's name as it stands in the names of variables, hosts and packages.
    var words: [String] {
        let parts = stem.split(separator: "-")
        return parts.count > 1 ? ["", "_", "-"].map { parts.joined(separator: $0) } : [stem]
    }

    /// Whether the variable's name says whose it is.
    var variableHoldsProvider: Bool { words.contains { variable.lowercased().contains($0) } }

    // MARK: Spelling

    /// `Société Générale` as `societe-generale`; `nil` if a letter has no Latin one.
    static func kebab(_ name: String) -> String? {
        var text = ""
        for character in name.lowercased() {
            if character.isASCII {
                text.append(character.isLetter || character.isNumber ? character : "-")
            } else if character.isLetter || character.isNumber {
                guard let latin = latin(character) else { return nil }
                text += latin
            } else {
                text += "-"
            }
        }
        let words = text.split(separator: "-")
        return words.isEmpty ? nil : words.joined(separator: "-")
    }

    /// Unicode's name of a letter says which it is without its marks: `LATIN SMALL LETTER E WITH ACUTE`.
    private static func latin(_ character: Character) -> String? {
        guard let scalar = character.unicodeScalars.first else { return nil }
        if scalar.isASCII { return String(scalar) }
        if scalar == "ß" { return "ss" }
        let beginning = "LATIN SMALL LETTER "
        guard let name = scalar.properties.name, name.hasPrefix(beginning) else { return nil }
        let letter = name.dropFirst(beginning.count).split(separator: " ").first(where: { $0 != "DOTLESS" }) ?? ""
        return letter.count <= 2 ? letter.lowercased() : nil
    }

    private static func isKebab(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("-") && !text.hasSuffix("-") && !text.contains("--")
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }

    private static func isVariable(_ text: String) -> Bool {
        text.first?.isNumber == false && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    /// An id without the words that say what kind of secret it is of.
    private static func stem(_ id: String) -> String {
        var parts = id.split(separator: "-")
        while parts.count > 1, ["api", "key", "token", "secret", "access", "auth"].contains(parts[parts.count - 1]) {
            parts.removeLast()
        }
        return parts.joined(separator: "-")
    }
}
