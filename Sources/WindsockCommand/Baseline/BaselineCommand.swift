import ArgumentParser
import Findings
import Git
import Hygiene
import Pipeline
import Reports
import ScanSources

struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Accept the secrets that are known, so that only new ones are reported.",
        discussion: "A scan uses the .windsock-baseline at the top of the repository by itself.",
        subcommands: [
            Create.self, Add.self, Remove.self, List.self, Prune.self, Check.self, Import.self,
        ])
}

extension BaselineCommand {
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Write every secret that is found now to a baseline.",
            discussion: """
                Entries that are already in the file stay, with their reasons. What is taken in is shown on standard error, \
                and which of it was there before and is seen by newer rules alone.
                """)

        @OptionGroup var scan: BaselineScanOptions
        @OptionGroup var file: BaselineFileOptions
        @OptionGroup var terms: BaselineTermsOptions

        func run() throws {
            var open = try OpenBaseline(file.path(from: scan.path), mustExist: false)
            let terms = terms.terms
            let found = try scan.result()
            let before = NewerRules(open.baseline, at: open.name, found, repository: scan.path)
            var added: [Finding] = []
            for finding in found.all where open.baseline.accept(finding, as: terms) { added.append(finding) }
            open.baseline.rules = found.rulesDigest
            try open.write()
            BaselineListing.tell(added, newerRules: before)
            print("\(open.name): \(Quantity.count(open.baseline.entries.count, "secret")), \(added.count) new")
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune",
            abstract: "Take secrets out of a baseline that are no longer found.",
            discussion: """
                Looks at all files of the repository that the baseline is of, and at its history, wherever below it the command \
                is run. Habits stay unless they are looked for: with --hygiene or --history.
                """)

        @OptionGroup var scan: BaselineScanOptions
        @OptionGroup var file: BaselineFileOptions

        func run() throws {
            var open = try OpenBaseline(file.path(from: scan.path), mustExist: true)
            let keepsHabits = !scan.looksForHabits
            let removed = open.baseline.prune(keeping: try found()) {
                keepsHabits && HygieneRule(rawValue: $0.ruleID) != nil
            }
            try open.write()
            print("\(open.name): \(Quantity.count(open.baseline.entries.count, "secret")), \(removed) taken out")
        }

        /// Everything that is found anywhere in the repository: a part of it would say of all the rest that it is gone.
        private func found() throws -> [Finding] {
            let setup: ScanSetup
            do throws(SourceError) {
                setup = try ScanSetup(.files([scan.path]), repository: scan.path)
            } catch {
                throw CommandFailure("\(error)")
            }
            var whole = scan
            whole.path = setup.root
            whole.history = false
            var found = try whole.result().all
            // A folder without a repository has no history, and neither has a repository before its first commit.
            if let head = try? Repository.open(at: setup.root).head, head.commit != nil {
                whole.history = true
                found += try whole.result().all
            }
            return found
        }
    }
}
