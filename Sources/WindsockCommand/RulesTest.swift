import ArgumentParser
import BuiltinRules
import Findings
import FoundationEssentials
import Reports
import Rules
import Scanner

extension RulesCommand {
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Try a text on the rules of a file, and show what was asked of each match.",
            discussion: """
                The built-in rules are loaded, too, as in a scan.

                Exit code: 0 a rule of the file reports something; 1 none does; 2 the file is wrong.
                """)

        @Argument(help: "A rule file (TOML).", completion: .file(extensions: ["toml"]))
        var file: String

        @Argument(help: "The text; - for standard input.")
        var text: String

        @Option(help: ArgumentHelp("The file name that the text is scanned under.", valueName: "name"))
        var path = ""

        @Flag(help: "Show secrets in full.")
        var showSecrets = false

        func run() throws {
            let ruleFile: RuleFile
            let engine: ScanEngine
            do throws(RuleFileError) {
                ruleFile = try RuleDirectory.file(file, shared: .builtin)
                for warning in ruleFile.warnings { StandardError.write("windsock: \(warning)\n") }
                var rules = RuleSet.builtin
                try rules.merge(ruleFile)
                engine = ScanEngine(rules)
                try LoadedRuleFiles.validate(ruleFile, file, engine)
            } catch {
                throw CommandFailure("\(error)")
            }
            let explanations = explain(engine)
            let own = Set(ruleFile.rules.map(\.id))
            let isFound = explanations.places.contains { $0.isReported && own.contains($0.ruleID) }
            let options = ReportOptions(
                toolVersion: Windsock.version, showSecrets: showSecrets,
                color: TerminalColors.areUsed(.auto, isTerminal: StandardOutput.isTerminal))
            try OutputFile.write(Array(ExplanationListing.text(explanations, options: options).utf8), path: "-")
            print(isFound ? "found by \(file)" : "not found by \(file)")
            if !isFound { throw ExitCode(ExitStatus.findings.rawValue) }
        }

        private func explain(_ engine: ScanEngine) -> ScanExplanations {
            var options = BlobScanner.Options()
            options.explains = true
            let scanner = BlobScanner(engine: engine, options: options)
            var bytes = text == "-" ? Self.standardInput() : text
            let result = bytes.withUTF8 { scanner.scan(UnsafeRawBufferPointer($0), path: path) }
            var collector = ExplanationCollector(rules: engine.rules)
            collector.add(
                ItemExplanation(item: 0, places: result.explanations, unmatched: result.unmatched),
                path: path.isEmpty ? "text" : path)
            return collector.result()
        }

        private static func standardInput() -> String {
            var lines: [String] = []
            while let line = readLine(strippingNewline: false) { lines.append(line) }
            return lines.joined()
        }
    }
}
