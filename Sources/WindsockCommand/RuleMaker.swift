import BuiltinRules
import Bytes
import Rules
import Scanner

/// Makes a rule file out of what its author knows of a token.
struct RuleMaker {
    var provider: String
    var id: String
    var prefix: String
    var alphabet: String
    var length: Int
    /// The variable that programs read the token from.
    var variable: String

    /// What a credential of that form is called.
    private static let kind = "key"
    private static let attempts = 40

    /// The file's text, with examples that turn out as they should.
    func text() throws(CommandFailure) -> String {
        let checker = try checker()
        let found = try chosen(from: foundTexts, key: "found", checker)
        let silent = try chosen(from: silentTexts, key: "silent", checker)
        return head + "found = [\n\(found)]\nsilent = [\n\(silent)]\n"
    }

    private var head: String {
        var lines = [
            "[[rules]]", "id = \(quoted(id))",
            "# For somebody who does not know the provider: what the key is, and what it lets its holder do.",
            "description = \(quoted("\(provider) API key."))", "provider = \(quoted(provider))",
            "# critical, high, medium, low: what the key can do", "severity = \"high\"", "confidence = \"high\"",
            "token = { \(form) }",
        ]
        if prefix.isEmpty { lines += ["entropy = 3.0", "near = [\(words.map(quoted).joined(separator: ", "))]"] }
        lines += [
            "tags = [\"api-key\"]", "kind = \"\(Self.kind)\"",
            "# The address of the page on which it is revoked is better.",
            "revoke = \(quoted("Revoke the key in the dashboard of \(provider)."))",
            "# Pages the facts come from.", "references = []",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var form: String {
        var parts = prefix.isEmpty ? [] : ["prefix = \(quoted(prefix))"]
        parts.append("of = \(quoted(alphabet))")
        if alphabet != "uuid" { parts.append("length = \(length)") }
        return parts.joined(separator: ", ")
    }

    /// The provider's name as it stands in the names of variables, hosts and packages.
    private var words: [String] {
        let parts = provider.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let spellings = ["", "_", "-"].map { parts.joined(separator: $0) }
        return parts.count > 1 ? spellings : [spellings[0]]
    }

    // MARK: Examples

    private func foundTexts() -> [String] {
        let name = variable.lowercased()
        return [
            quoted("export \(variable)=\"«\(secret())»\""),
            "{ path = \"config/settings.json\", text = \(quoted("{ \"\(name)\": \"«\(secret())»\" }")) }",
            "{ path = \"deploy/values.yaml\", text = \(quoted("\(name): «\(secret())»")) }",
            "{ path = \".env\", text = \(quoted("\(variable)=«\(secret())»")) }",
            quoted("\(name) = '«\(secret())»'"),
        ]
    }

    private func silentTexts() -> [String] {
        let short = String(secret().dropLast(alphabet == "uuid" ? 1 : max(1, length / 2)))
        return [
            quoted("\(variable) = os.environ[\"\(variable)\"]"), quoted("\(variable)=${\(variable)}"),
            quoted("\(variable)=\"\(prefix)\(String(repeating: "x", count: max(length, 8)))\""),
            quoted("# \(variable) is read from the vault at start-up"), quoted("\(variable)=\"\(short)\""),
        ]
    }

    /// Lines of the examples of one list that turn out as they should, tried one by one.
    private func chosen(from texts: () -> [String], key: String, _ checker: RuleChecker) throws(CommandFailure)
        -> String
    {
        var chosen: [String] = []
        for number in texts().indices {
            for _ in 0..<Self.attempts {
                let text = texts()[number]
                guard try turnsOut(text, as: key, checker) else { continue }
                chosen.append("  \(text),\n")
                break
            }
        }
        guard chosen.count >= 3 else {
            throw CommandFailure(
                key == "found"
                    ? "no rule made of this finds its own examples: other rules claim them, or their form says too little"
                    : "other rules report what this rule should leave alone")
        }
        return chosen.joined()
    }

    private func turnsOut(
        _ example: String, as key: String, _ checker: RuleChecker
    ) throws(CommandFailure) -> Bool {
        checker.check(try rule("\(key) = [\(example)]")).isEmpty
    }

    /// All built-in rules and the new one.
    private func checker() throws(CommandFailure) -> RuleChecker {
        let rule = try rule("")
        var rules = RuleSet.builtin
        do throws(RuleFileError) {
            try rules.add([rule])
        } catch {
            throw CommandFailure("\(error)")
        }
        return RuleChecker(engine: ScanEngine(rules))
    }

    private func rule(_ examples: String) throws(CommandFailure) -> Rule {
        do throws(RuleFileError) {
            return try RuleFile(text: head + examples, file: id, shared: .builtin).rules[0]
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private func secret() -> String {
        var generator = SystemRandomNumberGenerator()
        let characters = Self.characters(of: alphabet)
        func run(_ count: Int) -> String {
            String((0..<count).map { _ in characters.randomElement(using: &generator) ?? "0" })
        }
        if alphabet == "uuid" { return prefix + [8, 4, 4, 4, 12].map(run).joined(separator: "-") }
        return prefix + run(length)
    }

    private static func characters(of alphabet: String) -> [Character] {
        let set = alphabet == "uuid" ? "0-9a-f" : TokenAlphabet.set(alphabet)
        return UInt8.visibleCharacters.filter { TokenAlphabet.holds(set, $0) }
            .map { Character(Unicode.Scalar($0)) }
    }

    private func quoted(_ text: String) -> String {
        if !text.contains("'") { return text.contains("\"") || text.contains("\\") ? "'\(text)'" : "\"\(text)\"" }
        return text.contains("\"") ? "'''\(text)'''" : "\"\(text)\""
    }
}
