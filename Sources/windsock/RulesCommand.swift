import ArgumentParser
import BuiltinRules
import Reports
import Rules
import Scanner
import Verification

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List, show and check rules.",
        subcommands: [List.self, Show.self, Check.self], defaultSubcommand: List.self)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }
}

extension RulesCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all rules.")

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

        func run() throws {
            let rules = try ruleOptions.load().rules
            try OutputFile.write(
                format == .json ? RuleListing.json(rules) : Array(RuleListing.text(rules).utf8), path: "-")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show all that a rule says.")

        @Argument(help: "The rule's id.")
        var id: String

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

        func run() throws {
            guard let rule = try ruleOptions.load().rules.first(where: { $0.id == id }) else {
                throw CommandFailure("there is no rule \(id); `windsock rules list` lists them")
            }
            try OutputFile.write(
                format == .json ? RuleListing.json([rule]) : Array(RuleListing.details(rule).utf8), path: "-")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compile the rules of files and run their examples, with all rules loaded.",
            discussion:
                "Exit code: 0 all hold; 2 a file, a pattern or an example does not. Without files, the built-in patterns are compiled."
        )

        @Argument(help: "Rule files (TOML).", completion: .file(extensions: ["toml"]))
        var files: [String] = []

        func run() throws {
            var ruleSet = RuleSet.builtin()
            var checked: [(file: String, rules: [Rule])] = []
            var complaints: [String] = []
            do throws(RuleFileError) {
                for file in files {
                    let ruleFile = try RuleFile(text: try Self.text(file), file: file)
                    try ruleSet.merge(ruleFile)
                    checked.append((file, ruleFile.rules))
                }
                let engine = ScanEngine(ruleSet)
                try engine.validate()
                complaints = Self.complaints(checked, engine)
            } catch {
                throw CommandFailure("\(error)")
            }
            let examples = checked.reduce(0) { $0 + $1.rules.reduce(0) { $0 + $1.examples.count } }
            print(complaints.map { $0 + "\n" }.joined(), terminator: "")
            print("\(ruleSet.rules.count) rules compile; \(examples) examples, \(complaints.count) complaints")
            if !complaints.isEmpty { throw ExitCode(ExitStatus.usage.rawValue) }
        }

        private static func text(_ file: String) throws(RuleFileError) -> String {
            do throws(CommandFailure) {
                return try TextFile.read(file, purpose: "the rule file")
            } catch {
                throw RuleFileError(file: file, reason: error.description)
            }
        }

        private static func complaints(_ checked: [(file: String, rules: [Rule])], _ engine: ScanEngine) -> [String] {
            let checker = RuleChecker(engine: engine)
            return checked.flatMap { file, rules in
                rules.flatMap { checker.check($0).map(\.description) + SpecChecker.complaints($0) }
                    .map { "\(file): \($0)" }
            }
        }
    }
}
