import ArgumentParser
import BuiltinRules
import FoundationEssentials
import Reports
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
                go before, and measures what each pattern costs where it is tried. Also complained of: ids and files that there \
                are not, repetition that has no bound, a first group that is no secret. Without files, the built-in rules are \
                compiled and measured.

                Exit code: 0 all hold; 2 a file, a pattern or an example does not, a rule is shadowed, or a pattern is slow.
                """)

        @Argument(help: "Rule files (TOML), or folders of them.", completion: .file(extensions: ["toml"]))
        var files: [String] = []

        @Option(
            help: ArgumentHelp(
                "Microseconds of processor time a kilobyte above which a pattern is slow.", valueName: "µs"))
        var slowLimit = PatternTimer.limit

        func validate() throws {
            if slowLimit <= 0 { throw ValidationError("--slow-limit must be above 0, not \(slowLimit).") }
        }

        func run() throws {
            var ruleSet = RuleSet.builtin
            var complaints: [String] = []
            var checked: [(name: String, file: RuleFile)] = []
            var engine: ScanEngine
            do throws(RuleFileError) {
                checked = try read()
                for (number, entry) in checked.enumerated() {
                    for warning in entry.file.warnings { StandardError.write("windsock: \(warning)\n") }
                    complaints += Self.repeated(entry.file, entry.name, after: checked[..<number])
                    try ruleSet.merge(entry.file)
                }
                engine = ScanEngine(ruleSet)
                try engine.validate()
            } catch {
                throw CommandFailure("\(error)")
            }
            let known = ruleSet.rules
            let checker = RuleChecker(engine: engine)
            for (name, file) in checked {
                complaints += RuleReferences.complaints(of: file, name: name, known: known)
                for rule in file.rules { complaints += Self.complaints(of: rule, checker).map { "\(name): \($0)" } }
            }
            let own = checked.flatMap(\.file.rules)
            let slowest = Self.time(files.isEmpty ? engine.rules : own, limit: slowLimit, &complaints)
            print(complaints.map { $0 + "\n" }.joined(), terminator: "")
            if let slowest { print("slowest pattern: \(slowest.ruleID), \(Self.words(slowest))") }
            print(Self.summary(files.isEmpty ? engine.rules : own, complaints))
            if !complaints.isEmpty { throw ExitCode(ExitStatus.usage.rawValue) }
        }

        private func read() throws(RuleFileError) -> [(name: String, file: RuleFile)] {
            let shared = SharedRules.builtin
            var result: [(name: String, file: RuleFile)] = []
            for path in files {
                var isFolder = false
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
                    result.append((path, try RuleDirectory.file(path, shared: shared)))
                    continue
                }
                let folder = try RuleDirectory(path: path, shared: shared)
                if folder.names.isEmpty {
                    throw RuleFileError(file: path, reason: "there is no rule file in this folder")
                }
                for name in folder.names { result.append(("\(path)/\(name)", try folder.file(name))) }
            }
            return result
        }

        private static func summary(_ rules: [Rule], _ complaints: [String]) -> String {
            let examples = rules.reduce(0) { $0 + $1.examples.count }
            return "\(Quantity.count(rules.count, "rule")) \(rules.count == 1 ? "compiles" : "compile"); "
                + "\(Quantity.count(examples, "example")), \(Quantity.count(complaints.count, "complaint"))"
        }

        /// The examples of a rule that is shadowed fail for that one reason.
        private static func complaints(of rule: Rule, _ checker: RuleChecker) -> [String] {
            let others =
                SpecChecker.complaints(rule) + PatternReview.objections(to: rule).map { "rule \(rule.id) \($0)" }
            let examples = checker.check(rule)
            guard let shadow = checker.shadow(of: rule) else { return examples.map(\.description) + others }
            let negative = examples.filter { rule.examples[$0.example - 1].isNegative }
            return negative.map(\.description) + [shadow.description] + others
        }

        /// Of two rules with one id the later would silently replace the earlier.
        private static func repeated(
            _ file: RuleFile, _ name: String, after earlier: some Sequence<(name: String, file: RuleFile)>
        ) -> [String] {
            file.rules.compactMap { rule in
                earlier.first { $0.file.rules.contains { $0.id == rule.id } }.map { other in
                    "\(name): rule \(rule.id) replaces the rule of the same id in \(other.name)"
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
    }
}
