import ArgumentParser
import BuiltinRules
import Rules
import Scanner
import Verification

extension RulesCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check rules: patterns, examples, shadowed rules, slow patterns.",
            discussion: """
                Compiles the patterns of rule files, runs their examples with all rules loaded, names rules that others always \
                go before, and measures what each pattern costs where it is tried. Without files, the built-in rules are \
                compiled and measured.

                Exit code: 0 all hold; 2 a file, a pattern or an example does not, a rule is shadowed, or a pattern is slow.
                """)

        @Argument(help: "Rule files (TOML).", completion: .file(extensions: ["toml"]))
        var files: [String] = []

        @Option(
            help: ArgumentHelp(
                "Microseconds of processor time a kilobyte above which a pattern is slow.", valueName: "µs"))
        var slowLimit = PatternTimer.limit

        func validate() throws {
            if slowLimit <= 0 { throw ValidationError("--slow-limit must be above 0, not \(slowLimit).") }
        }

        func run() throws {
            var ruleSet = RuleSet.builtin()
            var complaints: [String] = []
            var checked: [(file: String, rules: [Rule])] = []
            var engine: ScanEngine
            do throws(RuleFileError) {
                for file in files {
                    let ruleFile = try RuleFile(text: try Self.text(file), file: file)
                    for warning in ruleFile.warnings { StandardError.write("windsock: \(warning)\n") }
                    complaints += Self.repeated(ruleFile, file, after: checked)
                    try ruleSet.merge(ruleFile)
                    checked.append((file, ruleFile.rules))
                }
                engine = ScanEngine(ruleSet)
                try engine.validate()
            } catch {
                throw CommandFailure("\(error)")
            }
            let checker = RuleChecker(engine: engine)
            for (file, rules) in checked {
                for rule in rules { complaints += Self.complaints(of: rule, checker).map { "\(file): \($0)" } }
            }
            let timed = files.isEmpty ? engine.rules : checked.flatMap(\.rules)
            let slowest = Self.time(timed, limit: slowLimit, &complaints)
            let examples = checked.reduce(0) { $0 + $1.rules.reduce(0) { $0 + $1.examples.count } }
            print(complaints.map { $0 + "\n" }.joined(), terminator: "")
            if let slowest {
                print("slowest pattern: \(slowest.ruleID), \(Self.words(slowest))")
            }
            print("\(ruleSet.rules.count) rules compile; \(examples) examples, \(complaints.count) complaints")
            if !complaints.isEmpty { throw ExitCode(ExitStatus.usage.rawValue) }
        }

        /// The examples of a rule that is shadowed fail for that one reason.
        private static func complaints(of rule: Rule, _ checker: RuleChecker) -> [String] {
            let specification = SpecChecker.complaints(rule)
            let examples = checker.check(rule)
            guard let shadow = checker.shadow(of: rule) else { return examples.map(\.description) + specification }
            let negative = examples.filter { rule.examples[$0.example - 1].isNegative }
            return negative.map(\.description) + [shadow.description] + specification
        }

        /// Of two rules with one id the later would silently replace the earlier.
        private static func repeated(
            _ file: RuleFile, _ name: String, after earlier: [(file: String, rules: [Rule])]
        ) -> [String] {
            file.rules.compactMap { rule in
                earlier.first { $0.rules.contains { $0.id == rule.id } }.map { other in
                    "\(name): rule \(rule.id) replaces the rule of the same id in \(other.file)"
                }
            }
        }

        /// Measures all patterns, and returns the slowest.
        private static func time(_ rules: [Rule], limit: Double, _ complaints: inout [String]) -> PatternTimer.Timing? {
            let timer = PatternTimer()
            var slowest: PatternTimer.Timing?
            for rule in rules {
                do {
                    guard let timing = try timer.time(rule) else { continue }
                    if timing.microsecondsPerKilobyte > slowest?.microsecondsPerKilobyte ?? 0 { slowest = timing }
                    if timing.microsecondsPerKilobyte > limit {
                        complaints.append("rule \(rule.id) is slow: \(words(timing))")
                    }
                } catch {
                    complaints.append("rule \(rule.id) is given up by PCRE2 on a text made to be hard: \(error)")
                }
            }
            return slowest
        }

        private static func words(_ timing: PatternTimer.Timing) -> String {
            let tenths = Int((timing.microsecondsPerKilobyte * 10).rounded())
            return "\(tenths / 10).\(tenths % 10) µs a kilobyte on \(timing.text)"
        }

        private static func text(_ file: String) throws(RuleFileError) -> String {
            do throws(CommandFailure) {
                return try TextFile.read(file, purpose: "the rule file")
            } catch {
                throw RuleFileError(file: file, reason: error.description)
            }
        }
    }
}
