import ArgumentParser
import Findings
import Reports
import Scanner

extension BaselineCommand {
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Take over what another scanner, or a report, knows to be accepted.",
            discussion: """
                Reads .gitleaksignore and reports of gitleaks, betterleaks' reports and lists of SHA-256, .secrets.baseline of \
                detect-secrets, baselines of kingfisher, exclude files of trufflehog, .gitguardian.yaml of ggshield, and \
                JSON reports of windsock. What they mean is looked for by a scan, and what is found becomes an entry; the \
                rest is listed on standard error.
                """)

        @Argument(help: "The other scanner's file.", completion: .file())
        var file: String

        @Option(
            help: ArgumentHelp(
                "What it is, where it does not say so itself: \(ForeignBaseline.Format.allCases.map(\.rawValue).joined(separator: ", ")).",
                valueName: "format"))
        var from: ForeignBaseline.Format?

        @OptionGroup var baseline: BaselineFileOptions
        @OptionGroup var terms: BaselineTermsOptions

        @Option(help: "The repository or folder that it is about.", completion: .directory)
        var repository = "."

        @Flag(help: "Look at the whole history. Default: only if the file names commits.")
        var history = false

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

        func run() throws {
            let text = try TextFile.read(file, purpose: "what is imported")
            let foreign = try ForeignBaseline(text: text, name: file, format: from)
            if foreign.format == .rules { return try ForeignRules.tell(file, text) }
            var open = try OpenBaseline(baseline.path(from: repository), mustExist: false)
            let namesCommits = foreign.claims.contains { $0.commit != nil }
            let matcher = ForeignMatcher(try findings(namesCommits: namesCommits))
            // Who has one entry of a secret that was confirmed, and one that was not, has not accepted it.
            let confirmed = foreign.claims.filter(\.isConfirmed)
            let kept = Set(confirmed.flatMap { matcher.findings(for: $0) }.map(\.fingerprint))
            var (added, missing) = (0, [String]())
            for claim in foreign.claims where !claim.isConfirmed {
                let meant = matcher.findings(for: claim)
                if meant.isEmpty { missing.append(claim.shown) }
                var terms = terms.terms
                if terms.reason.isEmpty {
                    terms.reason = "imported from \(name)\(claim.reason.isEmpty ? "" : ": \(claim.reason)")"
                }
                for finding in meant where !kept.contains(finding.fingerprint) {
                    if open.baseline.accept(finding, as: terms) { added += 1 }
                }
            }
            try open.write()
            tell(missing, confirmed.map(\.shown), foreign)
            print(
                "\(open.name): \(Quantity.count(open.baseline.entries.count, "secret")), \(added) new; "
                    + "\(foreign.claims.count - missing.count - confirmed.count) of \(Quantity.count(foreign.claims.count, "entry", plural: "entries")) of \(file) found"
            )
        }

        private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

        private func findings(namesCommits: Bool) throws -> [Finding] {
            let mode = history || namesCommits ? ["--history"] : []
            var scan = try BaselineScanOptions.parse(
                ["--hygiene", "--min-confidence", "low"] + mode + ["--", repository])
            scan.ruleOptions = ruleOptions
            return try scan.result().all
        }

        private func tell(_ missing: [String], _ confirmed: [String], _ foreign: ForeignBaseline) {
            var text = ""
            if !confirmed.isEmpty {
                let them = confirmed.count == 1 ? "is" : "are"
                text +=
                    "windsock: \(Quantity.count(confirmed.count, "entry", plural: "entries")) of \(name) \(them) confirmed secrets there and not taken in; revoke them, or accept them with `windsock baseline add`:\n"
                for entry in confirmed { text += "  \(MaskedText.masked(entry).visible)\n" }
            }
            if !missing.isEmpty {
                text += "windsock: nothing was found of \(Quantity.count(missing.count, "entry", plural: "entries")):\n"
                for entry in missing { text += "  \(MaskedText.masked(entry).visible)\n" }
            }
            for entry in foreign.untranslated { text += "windsock: left out: \(MaskedText.masked(entry).visible)\n" }
            text += advice(foreign.claims.filter { $0.pathPattern != nil })
            if !text.isEmpty { StandardError.write(text) }
        }

        /// A text of TOML, in which nothing is escaped where that can be.
        private static func quoted(_ text: String) -> String {
            guard text.contains("'") else { return "'\(text)'" }
            return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }

        /// What to write where paths are to be left out for good.
        private func advice(_ claims: [ForeignBaseline.Claim]) -> String {
            // A pattern that may hold a secret is not repeated, and one that is masked means something else.
            let shown = claims.filter { MaskedText.masked($0.shown).visible == $0.shown }
            guard let first = shown.first else { return "" }
            let patterns = shown.map { Self.quoted($0.shown) }.joined(separator: ", ")
            let lines =
                if case .regex = first.pathPattern { ["[[allowlists]]", "paths = [\(patterns)]"] } else {
                    ["exclude = [\(patterns)]"]
                }
            return
                "windsock: of paths only what stands there now was taken in. To leave them out for good, write into .windsock.toml, as narrow as it can be:\n"
                + lines.map { "  \($0)\n" }.joined()
        }
    }
}
