import Bytes
import Findings
import LanguageModel
import Platform
import Reports
import Rules

/// A JSON report of windsock, as far as it is asked about.
struct AdviseReport {
    private let root: JSONNode

    /// - Returns: `nil` for a folder, and for a file that is no report.
    static func read(_ path: String) throws(CommandFailure) -> AdviseReport? {
        if path == "-" {
            throw CommandFailure(
                "a report is not read from standard input; write it to a file: windsock scan --format json -o FILE")
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let held = try HeldFile(OutputFile.target(path))
        let start = String(decoding: held.bytes.prefix(400), as: UTF8.self)
        if start.contains("sarif") && start.contains("\"$schema\"") {
            throw CommandFailure("\(path) is SARIF, and what is asked about is JSON: windsock scan --format json")
        }
        if let range = start.firstRange(of: "\"windsock/") {
            let version = start[range.upperBound...].prefix { $0 != "\"" }
            if version != "1" {
                throw CommandFailure(
                    "\(path) is a report of the form windsock/\(String(version).visible), which this windsock does not know; update it, or write the report anew"
                )
            }
        }
        let isLines =
            start.hasPrefix("{\"type\":") || start.contains("\"fingerprint\"") && !start.contains("\"schema\"")
        let isOther = start.contains("\"windsock-")
        if isLines || isOther {
            throw CommandFailure(
                "\(path) is a report of another form; what is asked about is JSON: windsock scan --format json")
        }
        guard start.contains("\"schema\""), start.contains("\"windsock/1\"") else { return nil }
        let document: JSONDocument
        do throws(JSONProblem) {
            document = try JSONDocument(held.bytes)
        } catch {
            throw CommandFailure(
                "could not read \(path): it is no whole JSON report of windsock (\(error)); write it with windsock scan --format json"
            )
        }
        guard document.root[name: "schema"]?.text == "windsock/1", document.root[name: "findings"]?.kind == .array
        else {
            throw CommandFailure("\(path) is no JSON report of windsock (scan --format json)")
        }
        return AdviseReport(root: document.root)
    }

    /// - Parameter rules: Those that there are; of others the report says enough.
    func subjects(_ rules: [Rule]) -> [AdviceSubject] {
        let known = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return (root[name: "findings"]?.elements ?? []).compactMap { finding in
            guard let id = finding[name: "rule"]?.text, Self.isRuleID(id),
                let fingerprint = finding[name: "fingerprint"]?.text,
                Fingerprint(fingerprint) != nil
            else { return nil }
            func text(_ name: String) -> String { finding[name: name]?.text ?? "" }
            let rule =
                known[id]
                ?? Rule(
                    id: id, description: text("description"), provider: text("provider"),
                    remediation: finding[name: "remediation"]?.elements.compactMap(\.text) ?? [])
            return AdviceSubject(
                rule: rule, severity: Severity(rawValue: text("severity"))?.rawValue ?? rule.severity.rawValue,
                confidence: Confidence(rawValue: text("confidence"))?.rawValue ?? rule.confidence.rawValue,
                // Whatever a report says that it is, it may be the secret itself.
                fingerprint: fingerprint, redacted: MaskedRedaction.shown(text("redacted")),
                places: (finding[name: "occurrences"]?.elements ?? []).compactMap(Self.place),
                exposure: Self.exposure(finding))
        }
    }

    /// Where in a file the report says that there are secrets, whatever rule has found them.
    func regions(in path: String) -> [Occurrence.Region] {
        (root[name: "findings"]?.elements ?? []).flatMap { $0[name: "occurrences"]?.elements ?? [] }.compactMap {
            node in
            guard node[name: "path"]?.text == path, let line = node[name: "startLine"]?.integer, line >= 1 else {
                return nil
            }
            let end = max(line, node[name: "endLine"]?.integer ?? line)
            let column = min(max(1, node[name: "startColumn"]?.integer ?? 1), Int(Int32.max))
            let last = min(max(1, node[name: "endColumn"]?.integer ?? 1), Int(Int32.max))
            // Of weak secrets a report does not tell the length: one column stands for the rest of the line.
            let isWhole = end > line || last > column + 1
            return Occurrence.Region(
                startLine: line, startColumn: column, endLine: min(end, line < Int(Int32.max) ? line + 1000 : line),
                endColumn: isWhole ? last : Int(Int32.max))
        }
    }

    /// A report may come from anywhere: what is no id may be anything, a secret among it.
    private static func isRuleID(_ text: String) -> Bool {
        (1...80).contains(text.utf8.count) && RandomRuns.masked(text) == text
            && text.utf8.allSatisfy { $0.isAlphanumeric || "-_./:".utf8.contains($0) }
    }

    private enum MaskedRedaction {
        static func shown(_ text: String) -> String { text.utf8.count <= 40 ? RandomRuns.masked(text) : Secret.nothing }
    }

    private static func place(_ occurrence: JSONNode) -> AdviceSubject.Place? {
        guard let path = occurrence[name: "path"]?.text else { return nil }
        let isInHead = occurrence[name: "history"]?[name: "inHead"]?.flag
        let origin = occurrence[name: "origin"]?.text ?? "file"
        return AdviceSubject.Place(
            // Where something lies on a machine is nobody's business.
            path: AdviseSource.isBelow(path) ? path : String(path.split(separator: "/").last ?? "file"),
            line: occurrence[name: "startLine"]?.integer ?? 1,
            isFile: AdviseSource.isBelow(path)
                && (origin == "file" || origin == "index" || origin == "history" && isInHead == true))
    }

    /// Who may have it: words of ours, with a day and numbers, and without names.
    private static func exposure(_ finding: JSONNode) -> String {
        var sentences: [String] = []
        if let timeline = finding[name: "timeline"] {
            let day = timeline[name: "introduced"]?[name: "authorTime"]?.text.flatMap(Self.day)
            sentences.append(day.map { "It was committed on \($0)." } ?? "It is in the history.")
            if let removed = timeline[name: "removed"]?[name: "authorTime"]?.text.flatMap(Self.day) {
                sentences.append("It was taken out of the files on \(removed), and the history keeps it.")
            }
            if timeline[name: "inHead"]?.flag == true { sentences.append("HEAD still has it.") }
            let branches = timeline[name: "branches"]?.elements.count ?? 0
            if branches > 0 {
                let named = Quantity.count(branches, "branch", plural: "branches")
                sentences.append("It is on \(named), or more.")
            }
        } else if finding[name: "occurrences"]?.elements.first?[name: "origin"]?.text == "index" {
            sentences.append("It is staged, and not committed yet as far as is known.")
        } else {
            sentences.append(AdviceSubject.unknownExposure)
        }
        switch finding[name: "verification"]?[name: "verdict"]?.text {
        case "live": sentences.append("The provider says that it works.")
        case "restricted": sentences.append("The provider says that it works, and may not do everything.")
        case "dead": sentences.append("The provider says that it does not work any more.")
        default: break
        }
        return sentences.joined(separator: " ")
    }

    /// `2024-02-29` of `2024-02-29T12:00:00Z`.
    private static func day(_ time: String) -> String? {
        let day = time.prefix(10)
        return day.utf8.count == 10 && day.utf8.allSatisfy({ $0.isDigit || $0 == .hyphen }) ? String(day) : nil
    }
}
