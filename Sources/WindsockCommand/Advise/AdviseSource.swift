import BuiltinRules
import Bytes
import Findings
import LanguageModel
import Pipeline
import Remediation
import Reports
import Rules
import ScanSources
import Scanner

/// The findings that are asked about, and the files that they stand in.
struct AdviseSource {
    let subjects: [AdviceSubject]
    /// What the exit code is to say: of the scan, and of nothing else.
    let status: ExitStatus
    private let root: String
    private let problems: [Problem]
    /// Finds whatever there is.
    private let everything: TextScan
    /// Finds what a scan reports, whatever a comment says: a model can write one, too.
    private let usual: TextScan
    private let excerpts: ExcerptMaker
    private let lastFile = LastFile()
    private let report: AdviseReport?
    /// What is masked wherever it stands.
    private let hiding: [[UInt8]]
    private let knownRules: Set<String>

    /// - Parameters:
    ///   - subject: A report, or what is to be scanned.
    ///   - repository: Where the files of a report are.
    ///   - hiding: Values that are masked wherever they stand.
    init(
        _ subject: String, repository: String, _ rules: RuleOptions, _ thresholds: ThresholdOptions, hiding: [[UInt8]]
    ) throws(CommandFailure) {
        let engine: ScanEngine
        self.hiding = hiding
        report = try AdviseReport.read(subject)
        let place = report == nil ? subject : repository
        let masking = try Self.maskingEngines(rules, place)
        if let report {
            engine = try ScanConfiguration(rules, .files([repository]), repository: repository).engine()
            subjects = report.subjects(masking.flatMap(\.rules))
            do throws(SourceError) {
                root = try WorkingTreeSource(paths: [repository]).pathsBegin()
            } catch {
                throw CommandFailure("\(error)", code: ExitStatus(error))
            }
            (status, problems) = (.clean, [])
        } else {
            let scan = try FixScan([subject], rules, thresholds)
            engine = scan.text.engine
            // A file that may be there is no secret that a model could say something of.
            subjects = scan.result.findings.filter { !$0.secret.isVisible }.map { AdviceSubject($0) }
            root = scan.root
            (status, problems) = (scan.result.summary.isComplete ? .clean : .incomplete, scan.result.summary.problems)
        }
        var settings = ScanSettings()
        settings.honorsInlineDirectives = false
        settings.fingerprintKey = try Environment.fingerprintKey()
        usual = TextScan(engine: engine, settings: settings)
        settings.selection.minimumSeverity = .low
        settings.selection.minimumConfidence = .low
        // What a report names may have been found with more rules than are loaded here.
        let wide = report == nil ? engine : masking.last ?? engine
        everything = TextScan(engine: wide, settings: settings)
        knownRules = Set(wide.rules.map(\.id))
        excerpts = ExcerptMaker(engines: masking + [engine])
    }

    /// The built-in rules alone, which no configuration makes fewer, and all that there are with the user's and the
    /// repository's, whatever was chosen for the scan.
    private static func maskingEngines(_ rules: RuleOptions, _ place: String) throws(CommandFailure) -> [ScanEngine] {
        var all = rules
        (all.only, all.noRepositoryConfig) = ([], false)
        let builtin = ScanEngine(.builtin)
        do throws(CommandFailure) {
            return [builtin, try ScanConfiguration(all, .files([place]), repository: place).engine()]
        } catch {
            // Who leaves a broken configuration of a repository alone can ask all the same.
            guard rules.noRepositoryConfig else { throw error }
            all.noRepositoryConfig = true
            return [builtin, try ScanConfiguration(all, .files([place]), repository: place).engine()]
        }
    }

    func tellProblems() {
        for problem in problems { StandardError.write("windsock: \(problem.subject): \(problem.message)\n") }
    }

    // MARK: Files

    /// What is known of the file of a finding.
    struct Material {
        var excerpt = Excerpt()
        var held: HeldFile?
        var text: [UInt8] = []
        /// Of the file, as it is.
        var findings: [Finding] = []
        /// What there is to say of it, a sentence without a full stop; `nil`: nothing.
        var note: String?
        /// What the file is called for people and models.
        var name = ""
    }

    /// Reads the first file that a finding stands in.
    func material(_ subject: AdviceSubject) -> Material {
        var material = Material()
        material.excerpt.masked = hiding
        guard let place = subject.places.first, place.isFile else {
            material.note = "it is in no file that could be shown: the model saw no lines"
            return material
        }
        material.name = place.path
        guard Self.isBelow(place.path) else {
            material.note = "the report names a path outside of the repository, which is not read"
            return material
        }
        do throws(CommandFailure) {
            let file = try file(place.path)
            guard let text = file.text else {
                material.note = "it is no plain text, or too large: the model saw no lines"
                return material
            }
            (material.held, material.text, material.findings) = (file.held, text, file.findings)
        } catch {
            material.note = "\(error): the model saw no lines"
            return material
        }
        let found = material.findings.first {
            $0.fingerprint.description == subject.fingerprint
                || $0.genericFingerprint.description == subject.fingerprint
        }
        let occurrences = found?.occurrences ?? []
        guard let found,
            let occurrence = occurrences.first(where: { $0.region.startLine == place.line }) ?? occurrences.first
        else {
            material.note =
                knownRules.contains(subject.rule.id)
                ? "the file was changed since the scan, and the secret is not in it any more: the model saw no lines"
                : "its rule is not among those that are loaded here, so that it cannot be found again: the model saw no lines (--rules and --config load rules)"
            return material
        }
        material.excerpt = excerpts.excerpt(
            of: material.text, path: place.path, around: occurrence.region, secret: found.secret,
            others: report?.regions(in: place.path) ?? [], hiding: hiding)
        material.excerpt.masked += hiding
        if material.excerpt.lines.isEmpty { material.note = "nothing of the file can be shown: the model saw no lines" }
        return material
    }

    /// A file, and what is found in it.
    private struct File {
        var path: String
        var held: HeldFile
        /// `nil`: it is none.
        var text: [UInt8]?
        var findings: [Finding] = []
    }

    /// Findings of one file follow each other.
    private final class LastFile {
        var file: File?
    }

    private func file(_ path: String) throws(CommandFailure) -> File {
        if let known = lastFile.file, known.path == path { return known }
        var file = File(path: path, held: try HeldFile(root == "/" ? "/" + path : root + "/" + path))
        if file.held.bytes.count <= Self.largestFile, let text = EncodedText(file.held.bytes)?.text {
            file.text = text
            file.findings = everything.findings(in: text, path: path)
        }
        lastFile.file = file
        return file
    }

    private static let largestFile = 8 << 20

    /// A report may come from anywhere.
    static func isBelow(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.isEmpty && !path.split(separator: "/").contains("..")
    }

    // MARK: Patches

    /// The diff of a patch that applies to the file as it is now, and makes the finding go away without another.
    func diff(
        _ patch: ProposedPatch, of subject: AdviceSubject, _ material: Material
    ) throws(ProposedPatch.Refusal) -> String {
        guard let held = material.held, !material.excerpt.lines.isEmpty else {
            throw ProposedPatch.Refusal("there are no lines that it could change")
        }
        let new = try patch.applied(
            to: material.text, material.excerpt, name: AdviceRequest.fileName(subject, material.excerpt))
        guard new != material.text else { throw ProposedPatch.Refusal("it changes nothing") }
        try check(new, of: subject, material)
        // Who has changed it meanwhile has another file before him.
        let now = try? HeldFile(held.path)
        guard now?.bytes == held.bytes else {
            throw ProposedPatch.Refusal("the file was changed meanwhile; ask again")
        }
        // What the model has written is known to hold no secret.
        let inserted = patch.newLines.map { Insertion($0) }
        let shown = ShownLines(secrets: material.findings.map(\.secret), inserted: inserted)
        return UnifiedDiff.text(path: material.name.visible, material.text, new) { lines, isNew in
            shown.lines(lines, of: isNew ? new : material.text, isNew: isNew)
        }
    }

    private func check(
        _ new: [UInt8], of subject: AdviceSubject, _ material: Material
    ) throws(ProposedPatch.Refusal) {
        func count(_ findings: [Finding]) -> Int {
            findings.filter { $0.fingerprint.description == subject.fingerprint }.reduce(0) {
                $0 + $1.occurrences.count
            }
        }
        let after = everything.findings(in: new, path: material.name)
        if count(after) >= max(count(material.findings), 1) {
            throw ProposedPatch.Refusal("a scan finds the secret still where it was")
        }
        let known = Set(material.findings.map(\.fingerprint))
        if usual.findings(in: new, path: material.name).contains(where: { !known.contains($0.fingerprint) }) {
            throw ProposedPatch.Refusal("a scan finds something new in what the file would become")
        }
    }
}
