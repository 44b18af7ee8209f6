import ArgumentParser
import Findings
import Reports
import Rules

extension BaselineCommand {
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Accept single secrets, by the fingerprints that reports show.",
            discussion: """
                Its rule and where it stands are looked up by a scan of the files (with --history of the history), unless --rule \
                names the rule. An entry that is there gets these terms.
                """)

        @Argument(help: ArgumentHelp("Fingerprints of findings.", valueName: "fingerprint"))
        var fingerprints: [String]

        @OptionGroup var file: BaselineFileOptions
        @OptionGroup var terms: BaselineTermsOptions

        @Option(help: "The repository or folder.", completion: .directory)
        var repository = "."

        @Flag(help: "Look for the secrets in the whole history, not only in the files.")
        var history = false

        @Option(
            help: ArgumentHelp("The rule that found them, so that no scan is needed.", valueName: "id"),
            completion: .ruleIDs)
        var rule: String?

        @Option(help: "Where it stands, for whoever reviews the entry.")
        var path: String?

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

        func validate() throws {
            // What is none is not repeated: somebody may have pasted the key.
            if let number = fingerprints.firstIndex(where: { Fingerprint($0) == nil }) {
                throw ValidationError(
                    "argument \(number + 1) is no fingerprint: \(Fingerprint.form). A key is never an argument.")
            }
            if let rule, rule.isEmpty || rule.contains(where: \.isWhitespace) {
                throw ValidationError("--rule is the id of a rule.")
            }
        }

        func run() throws {
            var open = try OpenBaseline(file.path(from: repository), mustExist: false)
            let wanted = fingerprints.compactMap { Fingerprint($0) }
            if let rule { try check(rule) }
            let found = try rule == nil ? findings() : [:]
            var added = 0
            for fingerprint in wanted {
                let finding = found[fingerprint]
                guard let id = rule ?? finding?.rule.id else {
                    throw CommandFailure(
                        "nothing with the fingerprint \(fingerprint) is found\(history ? "" : " in the files; --history looks further")"
                            + "; --rule ID accepts it all the same")
                }
                let entry = terms.terms.entry(
                    finding?.fingerprint ?? fingerprint, id, path: path ?? finding?.placeForReview)
                if open.baseline.replace(entry) { added += 1 }
            }
            try open.write()
            print("\(open.name): \(Quantity.count(open.baseline.entries.count, "secret")), \(added) new")
        }

        /// A rule that there is not reports nothing that could be accepted under its name.
        private func check(_ rule: String) throws(CommandFailure) {
            let configuration = try ScanConfiguration(ruleOptions, .files([repository]), repository: repository)
            let known = RuleReferences.names(of: try configuration.engine().rules)
            guard !known.contains(rule) else { return }
            let meant = NearestWord.to(rule, in: known).map { "did you mean \($0)?" }
            throw CommandFailure(
                "--rule: there is no rule \(rule.visible); \(meant ?? "`windsock rules list` lists them")")
        }

        private func findings() throws -> [Fingerprint: Finding] {
            var scan = try BaselineScanOptions.parse(
                ["--hygiene", "--min-confidence", "low"] + (history ? ["--history"] : []) + ["--", repository])
            scan.ruleOptions = ruleOptions
            let all = try scan.result().all
            var result: [Fingerprint: Finding] = [:]
            let list = FingerprintList(fingerprints.compactMap { Fingerprint($0) })
            for finding in all {
                for known in finding.identity.matches(in: list, all: true) { result[known] = finding }
            }
            return result
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take entries out of a baseline: they are reported again.")

        @Argument(
            help: ArgumentHelp("Fingerprints, or beginnings of them that only one has.", valueName: "fingerprint"))
        var fingerprints: [String]

        @OptionGroup var file: BaselineFileOptions

        /// Digits of a fingerprint that tell entries apart; git does not shorten its ids further by itself.
        private static let fewestDigits = 7

        func validate() throws {
            // It is not repeated: somebody may have pasted the key.
            let isShort = { (text: String) in
                (text.firstIndex(of: ":").map { text[text.index(after: $0)...] } ?? "").count < Self.fewestDigits
            }
            if let number = fingerprints.firstIndex(where: isShort) {
                throw ValidationError(
                    "argument \(number + 1) says too little: write a fingerprint, or its beginning with \(Self.fewestDigits) digits or more behind v1:."
                )
            }
        }

        func run() throws {
            var open = try OpenBaseline(file.path(from: "."), mustExist: true)
            for (number, text) in fingerprints.enumerated() {
                let meant = open.baseline.entries.filter { $0.fingerprint.description.hasPrefix(text) }
                guard meant.count == 1 else {
                    throw CommandFailure(
                        meant.isEmpty
                            ? "\(open.name) has no entry that begins with argument \(number + 1); nothing was changed"
                            : "argument \(number + 1) begins \(meant.count) entries of \(open.name); write more of it")
                }
                open.baseline.remove(meant[0].fingerprint)
            }
            try open.write()
            print(
                "\(open.name): \(Quantity.count(open.baseline.entries.count, "secret")), \(fingerprints.count) taken out"
            )
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show the entries of a baseline, and which of them are over.")

        @OptionGroup var file: BaselineFileOptions

        @Option(help: "Format: text, json.")
        var format: ListFormat = .text

        @Flag(help: "Only those that are over.")
        var expired = false

        func run() throws {
            let path = try file.path(from: ".")
            // To list it no key is needed.
            let text = try TextFile.read(path, purpose: "the baseline")
            let baseline: Baseline
            do throws(RuleFileError) {
                baseline = try Baseline(text: text, file: path)
            } catch {
                throw CommandFailure("\(error)")
            }
            let today = CalendarDay.today
            let entries = baseline.entries.filter { !expired || $0.isExpired(on: today) }
            switch format {
            case .json: _ = OutputFile.write(BaselineListing.json(entries, on: today), to: 1)
            case .text:
                let over = baseline.entries.count { $0.isExpired(on: today) }
                print(
                    BaselineListing.text(entries, on: today)
                        + "\(path): \(Quantity.count(baseline.entries.count, "secret")), \(over) expired")
            }
        }
    }
}

/// How lists are written.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
