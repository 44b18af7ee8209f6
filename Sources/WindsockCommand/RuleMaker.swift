import BuiltinRules
import Bytes
import Rules
import Scanner

/// Makes a rule file out of what its author knows of a token.
struct RuleMaker {
    var provider: String
    var names: RuleNames
    var form: NewTokenForm

    /// What a credential of that form is called.
    private static let kind = "key"
    private static let attempts = 40
    /// A prefix shorter than this sets off no search: a word must stand near.
    private static let shortestKeyword = 3

    /// The file's text, with examples that turn out as they should.
    func text() throws(CommandFailure) -> String {
        if needsWord, !names.variableHoldsProvider {
            throw CommandFailure(
                "a token without a prefix is known by the provider's name near it, and the variable \(names.variable) does not hold \"\(names.words[0])\": give it another --name, or a --prefix"
            )
        }
        let checker = try checker()
        let found = try chosen(from: foundTexts, key: "found", checker)
        let silent = try chosen(from: silentTexts, key: "silent", checker)
        return head + "found = [\n\(found)]\nsilent = [\n\(silent)]\n"
    }

    private var needsWord: Bool { form.prefix.utf8.count < Self.shortestKeyword }

    private var head: String {
        var lines = [
            "[[rules]]", "id = \(names.id.asTOML)",
            "# For somebody who does not know the provider: what the key is, and what it lets its holder do.",
            "description = \("\(provider) API key.".asTOML)", "provider = \(provider.asTOML)",
            "# critical, high, medium, low: what the key can do", "severity = \"high\"", "confidence = \"high\"",
            "token = { \(token) }",
        ]
        if needsWord {
            if isVaried { lines.append("entropy = 3.0") }
            lines.append("near = [\(names.words.map(\.asTOML).joined(separator: ", "))]")
        }
        lines += [
            "tags = [\"api-key\"]", "kind = \"\(Self.kind)\"",
            "# The address of the page on which it is revoked is better.",
            "revoke = \("Revoke the key in the dashboard of \(provider).".asTOML)",
            "# Pages the facts come from.", "references = []",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var token: String {
        var parts = form.prefix.isEmpty ? [] : ["prefix = \(form.prefix.asTOML)"]
        parts.append("of = \(form.alphabet.asTOML)")
        if let length = form.length {
            parts.append("length = \(length.least == length.most ? "\(length)" : "\(length)".asTOML)")
        }
        return parts.joined(separator: ", ")
    }

    /// Whether tokens are long enough, and of enough characters, for all but few of them to have three bits a byte.
    private var isVaried: Bool { form.length?.least ?? 32 >= 24 && characters.count >= 16 }

    // MARK: Examples

    private func foundTexts() -> [String] {
        let variable = names.variable
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
        let variable = names.variable
        let short = String(secret(isShortest: true).dropLast(max(1, (form.length?.least ?? 1) / 2)))
        return [
            quoted("\(variable) = os.environ[\"\(variable)\"]"), quoted("\(variable)=${\(variable)}"),
            quoted("\(variable)=\"\(form.prefix)\(String(repeating: "x", count: form.length?.least ?? 32))\""),
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
            return try RuleFile(text: head + examples, file: names.id, shared: .builtin).rules[0]
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// A random token of that form.
    private func secret(isShortest: Bool = false) -> String {
        var generator = SystemRandomNumberGenerator()
        func run(_ count: Int) -> String {
            String((0..<count).map { _ in characters.randomElement(using: &generator) ?? "0" })
        }
        guard let length = form.length else {
            return form.prefix + [8, 4, 4, 4, 12].map(run).joined(separator: "-")
        }
        let most = isShortest ? length.least : length.most ?? length.least * 2
        return form.prefix + run(Int.random(in: length.least...most, using: &generator))
    }

    private var characters: [Character] {
        let set = form.alphabet == TokenAlphabet.uuid ? "hex" : form.alphabet
        return TokenAlphabet.bytes(of: TokenAlphabet.set(set)).sorted().map { Character(Unicode.Scalar($0)) }
    }

    private func quoted(_ text: String) -> String { text.asTOML }
}

extension String {
    /// The text as TOML has it: between the quotes that need no escapes, if any do.
    var asTOML: String {
        let isPlain = unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
        if isPlain, !contains("\""), !contains("\\") { return "\"\(self)\"" }
        if isPlain, !contains("'") { return "'\(self)'" }
        return unicodeScalars.reduce(into: "\"") { $0 += $1.inBasicString } + "\""
    }
}

extension Unicode.Scalar {
    fileprivate var inBasicString: String {
        switch self {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default:
            guard value < 0x20 || (0x7f...0x9f).contains(value) else { return String(self) }
            let digits = String(value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
