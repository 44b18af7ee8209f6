import ArgumentParser
import Findings
import Reports

extension BaselineCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Prove that what is suppressed is narrow: a new secret beside each has to be found.",
            discussion: """
                Plants a made-up key, in memory alone, beside each secret that a baseline, a comment or a configuration \
                suppresses, and at the end of every other file, and looks whether it is found. Lists what swallows it. Exit \
                code 1 if something does.
                """)

        @Argument(help: "The repository or folder.", completion: .directory)
        var path = "."

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
        @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

        func run() throws {
            var proof = try SuppressionProof(path, ruleOptions, thresholds)
            try proof.run()
            for problem in proof.problems { StandardError.write("windsock: \(problem)\n") }
            print(proof.text, terminator: "")
            if !proof.isNarrow { throw ExitCode(ExitStatus.findings.rawValue) }
            if !proof.problems.isEmpty { throw ExitCode(ExitStatus.incomplete.rawValue) }
        }
    }
}
