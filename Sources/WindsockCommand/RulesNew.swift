import ArgumentParser
import BuiltinRules
import FoundationEssentials
import Rules

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
                "hex, base32, base58, base62, base64, base64url, uuid, or characters and ranges: A-Z2-9.",
                valueName: "name"))
        var alphabet: String?

        @Option(help: ArgumentHelp("How many characters follow the prefix.", valueName: "number"))
        var length: Int?

        @Option(
            help: ArgumentHelp(
                "A token of that form, not one that works: prefix, alphabet and length are taken from it.",
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
            let path = output ?? "\(Self.kebab(maker.provider)).toml"
            guard !TextFile.exists(path) else {
                throw CommandFailure("\(path) is there already; --output names another")
            }
            if RuleSet.builtin.rule(maker.id) != nil {
                throw CommandFailure("there is a built-in rule \(maker.id); --id gives this one another id")
            }
            let text = try maker.text()
            do {
                try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
            } catch {
                throw CommandFailure("could not write \(path)")
            }
            print(
                """
                \(path) has the rule \(maker.id). Now say in it what the key lets its holder do, where it is revoked, and where the facts \
                come from; then:
                  windsock rules check \(path)
                  windsock rules test \(path) 'some text'
                """)
        }

        private func maker() throws(CommandFailure) -> RuleMaker {
            let provider = try named()
            guard !Self.kebab(provider).isEmpty else {
                throw CommandFailure("a provider's name needs a letter or a digit")
            }
            var form = Form()
            if let sample { form = try Form(sample: sample) }
            if prefix == nil, alphabet == nil, length == nil, sample == nil {
                form = try Form(sample: Self.ask("A token of that form (not one that works)", option: "--sample"))
            }
            form.prefix = prefix ?? form.prefix
            form.alphabet = alphabet ?? form.alphabet
            form.length = length ?? form.length
            if form.alphabet.isEmpty { form.alphabet = try Self.ask("Alphabet (hex, base62, …)", option: "--alphabet") }
            if form.alphabet != TokenAlphabet.uuid, form.length == 0 {
                let text = try Self.ask("How many characters follow the prefix", option: "--length")
                guard let number = Int(text) else {
                    throw CommandFailure("the length must be a number, not \"\(text)\"")
                }
                form.length = number
            }
            guard form.alphabet == TokenAlphabet.uuid || (8...4096).contains(form.length) else {
                throw CommandFailure("the length must lie between 8 and 4096, not \(form.length)")
            }
            let kebab = Self.kebab(provider)
            let variable = kebab.uppercased().split(separator: "-").joined(separator: "_") + "_API_KEY"
            return RuleMaker(
                provider: provider, id: id ?? "\(kebab)-api-key", prefix: form.prefix, alphabet: form.alphabet,
                length: form.length, variable: name ?? variable)
        }

        private func named() throws(CommandFailure) -> String {
            if let provider { return provider }
            return try Self.ask("Provider, as people know it", option: "--provider")
        }

        /// What a sample says of the form of tokens.
        private struct Form {
            var prefix = ""
            var alphabet = ""
            var length = 0

            private static let longestPrefix = 16
            private static let shortestRun = 12

            init() {}

            init(sample: String) throws(CommandFailure) {
                let ends = sample.indices.filter { "_-".contains(sample[$0]) }.map { sample.index(after: $0) }
                let end = ends.last {
                    sample.distance(from: sample.startIndex, to: $0) <= Self.longestPrefix
                        && sample.distance(from: $0, to: sample.endIndex) >= Self.shortestRun
                }
                let isUUID = TokenAlphabet.of(sample) == TokenAlphabet.uuid
                let run = isUUID ? sample[...] : sample[(end ?? sample.startIndex)...]
                guard let alphabet = TokenAlphabet.of(String(run)) else {
                    throw CommandFailure("the sample has characters that no named alphabet holds; --alphabet says them")
                }
                prefix = String(sample[..<run.startIndex])
                self.alphabet = alphabet
                length = run.count
            }
        }

        private static func kebab(_ name: String) -> String {
            name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
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
