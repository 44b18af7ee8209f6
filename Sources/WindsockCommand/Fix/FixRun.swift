import Findings
import FoundationEssentials
import Remediation
import Reports

/// One run of `fix` over files.
struct FixRun {
    let scan: FixScan
    private(set) var files: [FixedFile] = []
    private(set) var companions: FixCompanions
    private(set) var failures: [CommandFailure] = []
    /// The file by which it can be undone.
    private(set) var record: String?
    private let purpose: FileFixer.Purpose

    init(
        _ paths: [String], _ rules: RuleOptions, _ thresholds: ThresholdOptions, purpose: FileFixer.Purpose
    ) throws(CommandFailure) {
        self.purpose = purpose
        scan = try FixScan(paths, rules, thresholds)
        var names = VariableNames()
        var declared: [String: Set<String>] = [:]
        for name in scan.files {
            let known = scan.result.findings.filter { $0.occurrences.contains { $0.file == name } }
            let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
            if name.hasSuffix(".tf"), declared[folder] == nil {
                declared[folder] = TerraformVariables.names(inFolder: scan.path(of: folder))
            }
            let file = FixedFile(
                name, in: scan, known, purpose: purpose, declared: declared[folder] ?? [], &names)
            // What a file declares now the next one need not declare.
            if name.hasSuffix(".tf"), let text = file.fix?.text {
                declared[folder]?.formUnion(TerraformVariables.names(in: text))
            }
            files.append(file)
        }
        for index in files.indices where files[index].environmentNames != nil {
            if try FixCompanions.top(around: scan.path(of: files[index].name)) == nil {
                files[index].fail("this is where values belong, and it is in no repository")
            }
        }
        companions = try FixCompanions(files, in: scan)
    }

    /// Makes the changes, a file whatever becomes of another.
    mutating func write() throws(CommandFailure) {
        let changed = files.indices.filter { files[$0].isChanged }
        let record =
            try changed.isEmpty ? nil : FixRecord(changed.compactMap { files[$0].held?.change(to: files[$0].written) })
        for index in changed {
            do throws(CommandFailure) {
                try files[index].write()
            } catch {
                failures.append(error)
                files[index].fail(error.description)
            }
        }
        self.record = try record?.keep(changed.filter { files[$0].isChanged }.compactMap { files[$0].held?.path })
        companions.write()
        failures += companions.failures
    }

    // MARK: What is said

    /// Says what changes, what stays, and why.
    ///
    /// - Returns: What the exit code is to say.
    func tell(isWritten: Bool) -> ExitStatus {
        var text = files.map(\.diff).joined() + companions.diff
        if !text.isEmpty { text += "\n" }
        for file in files { text += lines(file, isWritten: isWritten) }
        text += summary(isWritten: isWritten)
        _ = OutputFile.write(Array(text.utf8), to: 1)
        for failure in failures { failure.tell() }
        for problem in scan.result.summary.problems {
            StandardError.write("windsock: \(problem.subject): \(problem.message)\n")
        }
        let places = files.flatMap(\.places)
        let isLeft = places.contains { $0.reasonToStay != nil } || files.contains { !$0.remaining.isEmpty }
        if !failures.isEmpty { return .incomplete }
        if isLeft || !isWritten && !places.isEmpty { return .findings }
        return scan.result.summary.isComplete ? .clean : .incomplete
    }

    private func lines(_ file: FixedFile, isWritten: Bool) -> String {
        var text = ""
        for place in file.places {
            let what = outcome(place, isWritten: isWritten)
            text +=
                "\(Occurrence.path(file.name, place.members).visible):\(place.line):\(place.column): \(place.finding.rule.id) \(place.finding.secret.redacted.visible): \(what)\n"
        }
        for finding in file.remaining {
            let line = finding.occurrences.first?.region.startLine ?? 1
            text +=
                "\(file.name.visible):\(line): \(finding.rule.id) \(finding.secret.redacted.visible): a scan of the changed file finds it still\n"
        }
        return text
    }

    private func outcome(_ place: FixedFile.Place, isWritten: Bool) -> String {
        let note = place.note.map { "; \($0.visible)" } ?? ""
        let would = isWritten ? "" : "would be "
        switch place.outcome {
        case .replaced: return "\(would)looked up as \((place.name ?? "").visible)\(note)"
        case .masked: return "\(would)replaced by its name: \(place.note ?? "")"
        case .kept:
            return "the file \(isWritten ? "is" : "would be") kept out of the repository, and its names in .env.example"
        case .assembled: return "\(would)put together at run time"
        case .refused(let reason): return "left: \(reason.visible)"
        }
    }

    private func summary(isWritten: Bool) -> String {
        let places = files.flatMap(\.places)
        guard !places.isEmpty else { return "nothing to fix\n" }
        let secrets = Set(places.map(\.finding.fingerprint)).count
        let left = places.count { $0.reasonToStay != nil }
        var lines = [
            "\(Quantity.count(secrets, "secret")) at \(Quantity.count(places.count, "place")) of \(Quantity.count(files.count, "file")): \(Quantity.grouped(places.count - left)) \(isWritten ? "done" : "to do"), \(Quantity.grouped(left)) left"
        ]
        var seen: Set<String> = []
        let names = files.compactMap(\.fix).flatMap(\.names).filter { seen.insert($0).inserted }
        if !names.isEmpty { lines.append("to be given: \(names.map(\.visible).joined(separator: ", "))") }
        if case .lookups = purpose {
            lines.append(
                "rotate first: whoever has the repository has what its history keeps; `windsock fix --history` says what to do about that"
            )
        }
        if let record {
            lines.append(
                "`windsock fix --undo` puts it back; what it needs for that, secrets included, is in \(record): remove it when all is well"
            )
        }
        if !isWritten, left < places.count { lines.append("nothing was changed; --write does it") }
        return lines.map { $0 + "\n" }.joined()
    }
}
