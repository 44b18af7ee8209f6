import ArgumentParser
import Reports
import Rules
import Scanner

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List, show, check, write and try rules.",
        subcommands: [List.self, Show.self, Check.self, New.self, Test.self, Schema.self], defaultSubcommand: List.self)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }
}

extension RulesCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List all rules.")

        @Argument(help: "Only rules whose id or provider holds this text.")
        var text: String?

        @Option(help: "text, json, or markdown: a table with a row a provider.")
        var format: Format = .text

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

        func run() throws {
            let all = try RuleLoader(ruleOptions).load().rules
            let rules = text.map { text in all.filter { $0.mentions(text) } } ?? all
            if rules.isEmpty, let text {
                throw CommandFailure("no rule's id or provider holds \"\(text)\"" + suggestion(for: text, all))
            }
            let bytes =
                switch format {
                case .json: RuleListing.json(rules)
                case .markdown: Array(ProviderTable.markdown(rules).utf8)
                case .text: Array(RuleListing.text(rules).utf8)
                }
            try OutputFile.write(bytes, path: "-")
        }

        /// A misspelt command looks like a text to search for.
        private func suggestion(for text: String, _ rules: [Rule]) -> String {
            let commands = RulesCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
            if let command = NearestWord.to(text, in: commands) { return "; did you mean `windsock rules \(command)`?" }
            let names = rules.map(\.id) + rules.map(\.provider)
            return NearestWord.to(text, in: names).map { "; did you mean \($0)?" } ?? ""
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show all that a rule says.")

        @Argument(help: "The rule's id.", completion: .ruleIDs)
        var id: String

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

        func validate() throws {
            if format == .markdown { throw ValidationError("--format must be text or json.") }
        }

        func run() throws {
            let rules = try RuleLoader(ruleOptions).load().rules
            guard let rule = rules.first(called: id) else { throw CommandFailure(unknown(rules)) }
            let width = StandardOutput.isTerminal ? StandardOutput.width : 100
            try OutputFile.write(
                format == .json ? RuleListing.json([rule]) : Array(RuleListing.details(rule, width: width).utf8),
                path: "-")
        }

        /// People know the provider's name, not the rule's.
        private func unknown(_ rules: [Rule]) -> String {
            var ids = rules.filter { $0.mentions(id) }.prefix(5).map(\.id)
            if ids.isEmpty, let meant = NearestWord.to(id, in: rules.map(\.id)) { ids = [meant] }
            let similar = ids.joined(separator: ", ")
            return "there is no rule \(id); "
                + (similar.isEmpty ? "`windsock rules list` lists them" : "perhaps one of these: \(similar)")
        }
    }
}

extension RulesCommand {
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema", abstract: "Print what a rule file may hold, for editors.",
            discussion: "A JSON schema; taplo and Even Better TOML check rule files by it.")

        @Flag(help: "The fields of a rule as tables of Markdown instead.")
        var markdown = false

        func run() throws {
            try OutputFile.write(
                markdown ? Array(RuleFieldTable.markdown.utf8) : RuleSchema.json(), path: "-")
        }
    }
}

extension Rule {
    /// Whether the text, case ignored, is part of the id or of the provider's name.
    func mentions(_ text: String) -> Bool {
        let text = text.lowercased()
        return id.lowercased().contains(text) || provider.lowercased().contains(text)
    }
}
