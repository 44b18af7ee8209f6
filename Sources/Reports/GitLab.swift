internal import Bytes
import Findings
internal import Rules

/// GitLab's secret-detection report, schema 15.2.1: a vulnerability an occurrence.
///
/// <https://gitlab.com/gitlab-org/security-products/security-report-schemas>
struct GitLab {
    /// GitLab's own analyzer names this commit where there is none.
    private static let noCommit = "0000000"
    private static let nameLimit = 255
    private static let solutionLimit = 7000
    private static let descriptionLimit = 100_000

    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("version", "15.2.1")
            writer.field("scan", object: scan)
            let places = result.findings.lazy.flatMap { finding in
                let texts = Texts(finding)
                return finding.occurrences.lazy.map { (finding, texts, $0) }
            }
            writer.field("vulnerabilities", array: places) { writer, place in
                writer.object { vulnerability(place.0, place.1, place.2, &$0) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private func scan(_ writer: inout JSONWriter) {
        for role in ["analyzer", "scanner"] {
            writer.field(
                role,
                object: {
                    $0.field("id", "windsock")
                    $0.field("name", "windsock")
                    // The schema wants a version of at least one character.
                    $0.field("version", options.toolVersion.isEmpty ? "0" : options.toolVersion)
                    $0.field("vendor", object: { $0.field("name", "windsock") })
                    if let uri = options.informationURI, uri.isWebAddress { $0.field("url", uri) }
                })
        }
        writer.field("type", "secret_detection")
        writer.field("start_time", result.summary.start.dateTimeWithoutZone)
        writer.field("end_time", result.summary.end.dateTimeWithoutZone)
        writer.field("status", result.summary.isComplete ? "success" : "failure")
        var messages = result.summary.problems.map { ("warn", "Not read: " + $0.sentence) }
        if result.summary.wasInterrupted { messages.append(("fatal", "The scan was interrupted before its end.")) }
        messages.append(("info", "Scanned \(result.summary.coverage)."))
        writer.field("messages", array: messages) { writer, message in
            writer.object {
                $0.field("level", message.0)
                $0.field("value", message.1)
            }
        }
    }

    /// What is the same at all places of a finding: some have tens of thousands.
    private struct Texts {
        let name: String
        let severity: String
        let solution: String
        /// Of the description what does not depend on the place: before and behind the confidence.
        let beginning: String
        let end: String
        let links: [String]
        let fingerprint: String

        init(_ finding: Finding) {
            let rule = finding.rule
            name = rule.explanation.firstSentence.shortened(to: GitLab.nameLimit)
            severity = finding.severity.rawValue.capitalizedASCII
            solution = rule.numberedSteps.shortened(to: GitLab.solutionLimit)
            beginning = "\(rule.explanation)\n\nSecret \(finding.secret.redacted.visible), confidence "
            end =
                ", fingerprint \(finding.fingerprint)." + (finding.verification.map { "\n\n\($0.sentence)" } ?? "")
            links = rule.links
            fingerprint = finding.fingerprint.description
        }
    }

    private func vulnerability(
        _ finding: Finding, _ texts: Texts, _ occurrence: Occurrence, _ writer: inout JSONWriter
    ) {
        let rule = finding.rule
        writer.field("id", identity(texts, occurrence))
        writer.field("name", texts.name)
        writer.field("description", description(texts, occurrence).shortened(to: Self.descriptionLimit))
        writer.field("severity", texts.severity)
        writer.field("solution", texts.solution)
        writer.field("raw_source_code_extract", occurrence.snippet)
        writer.field("identifiers", array: CollectionOfOne(rule)) { writer, rule in
            writer.object {
                $0.field("type", "windsock_rule_id")
                $0.field("name", "windsock rule " + rule.id)
                $0.field("value", rule.id)
                if let link = texts.links.first { $0.field("url", link) }
            }
        }
        writer.field("links", array: texts.links) { writer, link in writer.object { $0.field("url", link) } }
        writer.field("location", object: { location(occurrence, &$0) })
    }

    private func location(_ occurrence: Occurrence, _ writer: inout JSONWriter) {
        writer.field("file", occurrence.file)
        writer.field("start_line", occurrence.regionInFile.startLine)
        writer.field("end_line", occurrence.regionInFile.endLine)
        writer.field(
            "commit",
            object: { writer in
                if let commit = occurrence.history?.introduced {
                    writer.field("sha", commit.id.description)
                    writer.field("author", "\(commit.authorName) <\(commit.authorEmail)>")
                    writer.field("date", Timestamp(seconds: commit.authorTime).dateTime)
                    writer.field("message", commit.summary)
                } else if case .commitMessage(let commit) = occurrence.origin {
                    writer.field("sha", commit.description)
                } else {
                    writer.field("sha", options.headCommit ?? Self.noCommit)
                }
            })
    }

    private func description(_ texts: Texts, _ occurrence: Occurrence) -> String {
        var lines = ["\(texts.beginning)\(occurrence.confidence.rawValue)\(texts.end)"]
        if let image = occurrence.image { lines.append(image.sentence) }
        if let origin = occurrence.origin.sentence { lines.append("It stands \(origin).") }
        if let member = occurrence.memberSentence { lines.append(member) }
        if let decoding = occurrence.decoding { lines.append("Decoded from \(decoding.visible).") }
        if let history = occurrence.history { lines.append("In the history \(history.introduction); \(history.fate).") }
        return lines.joined(separator: "\n\n")
    }

    /// The same for the same secret at the same place in every scan, and different for every other, as a UUID of
    /// version 8 (RFC 9562: the bits are the maker's own): FNV-1a over fingerprint and place.
    private func identity(_ texts: Texts, _ occurrence: Occurrence) -> String {
        let region = occurrence.region
        let place = [
            texts.fingerprint, occurrence.path, occurrence.origin.kind,
            occurrence.origin.object?.description ?? "",
            "\(region.startLine):\(region.startColumn):\(region.endLine):\(region.endColumn)",
            occurrence.decoders.joined(separator: ",")
                + (occurrence.decodedRegion.map { " \($0.startLine):\($0.startColumn)" } ?? ""),
        ].joined(separator: "\0")
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in place.utf8 { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
        hash = hash & ~(0xf << 76) | 8 << 76
        hash = hash & ~(0x3 << 62) | 2 << 62
        return Self.uuid(UInt64(truncatingIfNeeded: hash >> 64), UInt64(truncatingIfNeeded: hash))
    }

    /// In five groups of hex digits.
    private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for place in 0..<32 {
            if [8, 12, 16, 20].contains(place) { text.append(.hyphen) }
            let half = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 0x0f
            text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension String {
    /// `High`: GitLab's names of severities begin with a capital.
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
