import ArgumentParser
import BuiltinRules
import FoundationEssentials
import Platform
import Rules

extension RulesCommand {
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Write a rule file for a token, with examples made for it.",
            discussion: """
                Asks on a terminal for what no option says. The values of the examples are random; the sample is only looked at, \
                and is not written anywhere. The file passes `windsock rules check`.
                """)

        @Option(help: ArgumentHelp("The provider's name, as people know it.", valueName: "name"))
        var provider: String?

        @Option(help: ArgumentHelp("What each token begins with; \"\" for nothing.", valueName: "text"))
        var prefix: String?

        @Option(
            help: ArgumentHelp(
                "hex and uuid (in small letters), base32, base58, base62, base64, base64url, or characters and ranges: A-Z2-9.",
                valueName: "name"))
        var alphabet: String?

        @Option(help: ArgumentHelp("How many characters follow the prefix: 32, 32-40, 20-.", valueName: "number"))
        var length: String?

        @Option(
            help: ArgumentHelp(
                "A token of that form, not one that works: what no option says of prefix, alphabet and length is taken from it.",
                valueName: "text"))
        var sample: String?

        @Option(
            help: ArgumentHelp(
                "The variable that programs read it from. Default: PROVIDER_API_KEY.", valueName: "variable"))
        var name: String?

        @Option(help: ArgumentHelp("The rule's id. Default: provider-api-key.", valueName: "id"))
        var id: String?

        @Option(help: ArgumentHelp("The file to write. Default: PROVIDER.toml.", valueName: "file"))
        var output: String?

        func run() throws {
            let maker = try maker()
            let path = output ?? "\(maker.names.stem).toml"
            guard !TextFile.exists(path) else {
                throw CommandFailure("\(path) is there already; --output names another")
            }
            if RuleSet.builtin.rule(maker.names.id) != nil {
                throw CommandFailure("there is a built-in rule \(maker.names.id); --id gives this one another id")
            }
            let text = try maker.text()
            do {
                try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
            } catch {
                throw CommandFailure("could not write \(path): is its folder there, and may you write to it?")
            }
            print(
                """
                \(path) has the rule \(maker.names.id), which looks for \(maker.form). Now say in it what the key lets its holder do, \
                where it is revoked, and where the facts come from; then:
                  windsock rules check \(path)
                  windsock rules test \(path) 'some text'
                """)
        }

        private func maker() throws(CommandFailure) -> RuleMaker {
            let provider = try named()
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard provider.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw CommandFailure("a provider's name needs a letter or a digit")
            }
            let names = try RuleNames(provider: provider, id: id, variable: name)
            let isAnythingKnown = prefix != nil || alphabet != nil || length != nil || sample != nil
            let shown =
                isAnythingKnown ? sample : try Self.ask("A token of that form (not one that works)", option: "--sample")
            var form = try NewTokenForm(prefix: prefix, alphabet: alphabet, length: length, sample: shown)
            if form.alphabet.isEmpty {
                try form.set(alphabet: try Self.ask("Alphabet (hex, base62, …)", option: "--alphabet"))
            }
            if form.alphabet != TokenAlphabet.uuid, form.length == nil {
                try form.set(length: try Self.ask("How many characters follow the prefix", option: "--length"))
            }
            return RuleMaker(provider: provider, names: names, form: form)
        }

        private func named() throws(CommandFailure) -> String {
            if let provider { return provider }
            return try Self.ask("Provider, as people know it", option: "--provider")
        }

        private static func ask(_ question: String, option: String) throws(CommandFailure) -> String {
            guard isatty(STDIN_FILENO) == 1 else {
                throw CommandFailure("\(option) is missing, and nobody is there to ask")
            }
            StandardError.write("\(question): ")
            let answer = readLine()?.split(separator: " ").joined(separator: " ") ?? ""
            guard !answer.isEmpty else { throw CommandFailure("\(option) is missing") }
            return answer
        }
    }
}
