import ArgumentParser
import BuiltinRules
import FoundationEssentials
import Rules
import Scanner

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List, show and check rules.",
        subcommands: [Check.self])
}

extension RulesCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compile the rules of files and run their examples, with all rules loaded.",
            discussion: "Without files, the built-in rules are compiled; their examples are in their files.")

        @Argument(help: "Rule files (TOML).", completion: .file(extensions: ["toml"]))
        var files: [String] = []

        func run() throws {
            var ruleSet = RuleSet.builtin()
            var checked: [(file: String, rules: [Rule])] = []
            for file in files {
                let text = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
                let ruleFile = try RuleFile(text: text, file: file)
                try ruleSet.merge(ruleFile)
                checked.append((file, ruleFile.rules))
            }
            let engine = ScanEngine(ruleSet)
            try engine.validate()
            let checker = RuleChecker(engine: engine)
            var failures = 0
            for (file, rules) in checked {
                for rule in rules {
                    for complaint in checker.check(rule) {
                        print("\(file): \(complaint)")
                        failures += 1
                    }
                }
            }
            print("\(ruleSet.rules.count) rules, \(checked.reduce(0) { $0 + $1.rules.count }) checked, \(failures) complaints")
            if failures > 0 { throw ExitCode(2) }
        }
    }
}
