import Bytes
import Findings
import Remediation
import Reports
import Scanner

/// A file with secrets, and what becomes of it.
struct FixedFile {
    /// A secret at a place of it.
    struct Place {
        let finding: Finding
        /// As in `Occurrence`; of what is in a container nothing changes.
        var members: [String] = []
        private(set) var line: Int
        private(set) var column: Int
        var outcome: FileFix.Outcome
        var name: String?
        var note: String?

        /// Says where a secret stands in another text, if it stands there as it is.
        mutating func move(to finding: Finding, in text: [UInt8]) {
            guard let start = TextPlaces.ranges(of: finding.secret.bytes, in: text).first?.lowerBound else { return }
            let lines = text[..<start].split(separator: .lineFeed, omittingEmptySubsequences: false)
            line = lines.count
            column = String(decoding: lines.last ?? [], as: UTF8.self).utf16.count + 1
        }

        /// Whether the secret stays where it is.
        var reasonToStay: String? {
            if case .refused(let reason) = outcome { reason } else { nil }
        }
    }

    /// Relative to what is scanned.
    let name: String
    /// What is on the disk; `nil`: it could not be read.
    private(set) var held: HeldFile?
    private(set) var places: [Place] = []
    /// `nil`: nothing changes.
    private(set) var fix: FileFix?
    /// As text, without a mark.
    private(set) var before: [UInt8] = []
    /// What a second scan still finds, or finds anew, and should not.
    private(set) var remaining: [Finding] = []
    private var encoding: EncodedText?

    var environmentNames: [String]? { fix?.environment }
    var isChanged: Bool { fix.map { $0.text != before } ?? false }

    /// - Parameters:
    ///   - name: Relative to what is scanned.
    ///   - known: What the scan has found in it.
    init(
        _ name: String, in scan: FixScan, _ known: [Finding], purpose: FileFixer.Purpose, declared: Set<String>,
        _ names: inout VariableNames
    ) {
        self.name = name
        // Nothing is put into a container: it may be signed, and what made it would make it again as it was.
        guard !known.contains(where: { $0.occurrences.contains { $0.file == name && !$0.members.isEmpty } }) else {
            refuse(known, "it is in a container; change what the container was packed from, and pack it again")
            return
        }
        do throws(CommandFailure) {
            let file = try HeldFile(scan.path(of: name))
            held = file
            guard let encoding = EncodedText(file.bytes) else {
                refuse(known, "it is no plain text: compressed, binary, or in UTF-32")
                return
            }
            self.encoding = encoding
            before = encoding.text
            plan(scan.text, FileFixer(path: file.path, purpose: purpose, declared: declared), &names)
            if let objection = file.objection, isChanged { refuseAll(objection) }
            refuse(known.filter(\.secret.isVisible), "the file is what was found; take it out of the repository")
            if places.isEmpty {
                refuse(known, "it was changed since it was scanned; run it again")
            } else {
                lookAgain(scan.text)
            }
        } catch {
            refuse(known, error.description)
        }
    }

    private mutating func refuse(_ findings: [Finding], _ reason: String) {
        for finding in findings {
            for occurrence in finding.occurrences where occurrence.file == name {
                places.append(
                    Place(
                        finding: finding, members: occurrence.members, line: occurrence.region.startLine,
                        column: occurrence.region.startColumn, outcome: .refused(reason)))
            }
        }
    }

    private mutating func refuseAll(_ reason: String) {
        for index in places.indices { places[index].outcome = .refused(reason) }
        fix?.text = before
    }

    // MARK: Plan

    /// So often what is found in a changed text is replaced, too: what stood in the same literal, and half of a pair, which is a
    /// secret of its own where the other half is gone.
    private static let rounds = 64

    private mutating func plan(
        _ scan: TextScan, _ fixer: FileFixer, _ names: inout VariableNames
    ) {
        var plan = FileFix(before)
        var staying: Set<Fingerprint> = []
        for round in 0..<Self.rounds {
            let findings = scan.findings(in: plan.text, path: name).filter { !staying.contains($0.fingerprint) }
            let found = SecretPlaces(findings, in: plan.text)
            for place in found.unfixable { places.append(Place(place, .refused(place.reason ?? ""))) }
            staying.formUnion(found.unfixable.map(\.finding.fingerprint))
            if found.fixable.isEmpty { break }
            let result = fixer.fix(plan.text, found.fixable.map(\.place), &names)
            let isChanged = result.text != plan.text
            plan.add(result)
            for answer in result.places {
                let own = found.fixable[answer.number]
                var place = Place(own, answer.outcome, name: answer.name, note: own.note ?? answer.note)
                if round > 0 { place.move(to: own.finding, in: before) }
                places.append(place)
                if place.reasonToStay != nil { staying.insert(own.finding.fingerprint) }
            }
            if !isChanged { break }
        }
        fix = plan
        places.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Whether a scan of what the file becomes finds nothing but what is known to stay.
    private mutating func lookAgain(_ scan: TextScan) {
        guard isChanged, let text = fix?.text else { return }
        var left: [String: Int] = [:]
        for place in places where place.reasonToStay != nil {
            left[place.finding.fingerprint.description, default: 0] += 1
        }
        remaining = scan.findings(in: text, path: name).filter {
            $0.occurrences.count > left[$0.fingerprint.description] ?? 0
        }
    }

    /// What is to stand in the file.
    var written: [UInt8] { fix.flatMap { encoding?.encoded($0.text) } ?? [] }

    /// Writes it.
    func write() throws(CommandFailure) {
        guard isChanged, let held else { return }
        try held.replace(by: written)
    }

    /// Says that it could not be written, so that all its secrets stay.
    mutating func fail(_ reason: String) { refuseAll(reason) }

    // MARK: What is shown

    /// What changes, without a secret in it.
    var diff: String {
        guard isChanged, let fix else { return "" }
        let shown = ShownLines(secrets: places.map(\.finding.secret), inserted: fix.inserted)
        return UnifiedDiff.text(path: name.visible, before, fix.text) { lines, isNew in
            shown.lines(lines, of: isNew ? fix.text : before, isNew: isNew)
        }
    }
}

extension FixedFile.Place {
    fileprivate init(
        _ place: SecretPlaces.Entry, _ outcome: FileFix.Outcome, name: String? = nil, note: String? = nil
    ) {
        self.init(
            finding: place.finding, line: place.line, column: place.column, outcome: outcome, name: name, note: note)
    }
}
