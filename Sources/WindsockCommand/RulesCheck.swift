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
                are not, repetition that has no bound, a first group that is no secret, and whatever can never be found or does \
                nothing. Without files, the built-in rules are compiled and measured.

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
                if files.isEmpty { try engine.validate() }
                for entry in checked { try LoadedRuleFiles.validate(entry.file, entry.name, engine) }
            } catch {
                throw CommandFailure("\(error)")
            }
            let known = ruleSet.rules
            let checker = RuleChecker(engine: engine)
            for (name, file) in checked {
                complaints += RuleReferences.complaints(of: file, name: name, known: known)
                complaints += file.objections.map(\.description)
                complaints += LoadedRuleFiles.breadths(of: file, name)
                for rule in file.rules {
                    complaints += Self.complaints(of: rule, checker).map { "\(file.place(of: rule, in: name)): \($0)" }
                    complaints += file.objections(to: rule, file: name).map(\.description)
                    if let note = Self.replacement(rule) { print("\(file.place(of: rule, in: name)): \(note)") }
                }
            }
            let isAnyMissed = complaints.contains { $0.hasSuffix(" is not found") }
            let own = checked.flatMap(\.file.rules)
            let places = Dictionary(
                checked.flatMap { entry in
                    entry.file.rules.map { ($0.id, entry.file.place(of: $0, in: entry.name) + ": ") }
                }
            ) { $1 }
            let slowest = Self.time(files.isEmpty ? engine.rules : own, limit: slowLimit, places, &complaints)
            print(complaints.map { $0 + "\n" }.joined(), terminator: "")
            if isAnyMissed { print("`windsock rules test FILE TEXT` shows what keeps a text from being found") }
            if let slowest { print("slowest pattern: \(slowest.ruleID), \(Self.words(slowest))") }
            print(Self.summary(files.isEmpty ? engine.rules : own, complaints))
            if !complaints.isEmpty { throw ExitCode(ExitStatus.usage.rawValue) }
        }

        /// A built-in rule of the same id goes, which may be meant or not: its author should know.
        private static func replacement(_ rule: Rule) -> String? {
            guard let known = RuleSet.builtin.rule(rule.id), !known.looksForTheSame(as: rule) else { return nil }
            return
                "note: rule \(rule.id) replaces the built-in rule of that id; if that is not meant, give it another id"
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
            let others = SpecChecker.complaints(rule)
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
        private static func time(
            _ rules: [Rule], limit: Double, _ places: [String: String], _ complaints: inout [String]
        ) -> PatternTimer.Timing? {
            let timer = PatternTimer()
            var slowest: PatternTimer.Timing?
            for rule in rules {
                let place = places[rule.id] ?? ""
                do {
                    guard let timing = try timer.time(rule) else { continue }
                    if timing.microsecondsPerKilobyte > slowest?.microsecondsPerKilobyte ?? 0 { slowest = timing }
                    if timing.microsecondsPerKilobyte > limit {
                        complaints.append("\(place)rule \(rule.id) is slow: \(words(timing))")
                    }
                } catch {
                    complaints.append(
                        "\(place)rule \(rule.id) is given up by PCRE2 on a text made to be hard: \(error)")
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

extension RuleFile {
    /// File and line, as compilers write them.
    fileprivate func place(of rule: Rule, in name: String) -> String { name + (lines[rule.id].map { ":\($0)" } ?? "") }
}

extension Rule {
    /// Whether another rule of the same id asks for the same text in the same place.
    fileprivate func looksForTheSame(as other: Rule) -> Bool {
        regex == other.regex && path == other.path && secretGroup == other.secretGroup && context == other.context
    }
}
