internal import Bytes
package import Findings
internal import Rules

/// Reads the JSON report, so that reports can be compared and merged: all that it says of findings and of the coverage.
///
/// A secret that a report shows in full is left behind.
package enum JSONReport {
    /// Why a text is no report.
    package struct Problem: Error, Hashable, CustomStringConvertible {
        package var description: String
    }

    /// - Throws: For what is no JSON, is no report, or one of a form that is not known.
    package static func result(of bytes: [UInt8]) throws(Problem) -> ScanResult {
        let document: JSONDocument
        do throws(JSONProblem) {
            document = try JSONDocument(bytes)
        } catch {
            throw Problem(description: "it is no JSON: \(error)")
        }
        let root = document.root
        guard root.kind == .object, let schema = root[name: "schema"]?.text, let summary = root[name: "summary"],
            let findings = root[name: "findings"]
        else { throw Problem(description: "it is no report of windsock --format json") }
        guard schema == JSONWriter.schema else {
            throw Problem(description: "its form is \(schema.visible), and this windsock reads \(JSONWriter.schema)")
        }
        var result = ScanResult(findings: [], rules: [], summary: Self.summary(summary))
        for (index, node) in findings.elements.enumerated() {
            guard let finding = finding(node) else {
                throw Problem(description: "its finding \(index + 1) is not as windsock writes it")
            }
            result.findings.append(finding)
        }
        let repository = root[name: "repository"]
        result.repository = SourceRepository(
            address: repository?[name: "address"]?.text, commit: repository?[name: "commit"]?.text,
            branch: repository?[name: "branch"]?.text)
        return result
    }

    // MARK: Coverage

    private static func summary(_ node: JSONNode) -> ScanSummary {
        var summary = ScanSummary(
            mode: node[name: "mode"]?.text.flatMap { ScanMode(rawValue: $0) } ?? .tree,
            target: node[name: "target"]?.text ?? "")
        let count = { (name: String) in node[name: name]?.integer ?? 0 }
        (summary.filesScanned, summary.blobsScanned) = (count("files"), count("blobs"))
        (summary.bytesScanned, summary.commitCount) = (count("bytes"), count("commits"))
        (summary.knownCount, summary.readSingly) = (count("known"), count("readSingly"))
        summary.wasInterrupted = node[name: "interrupted"]?.flag ?? false
        summary.setting.notes = node[name: "notes"]?.elements.compactMap(\.text) ?? []
        summary.setting.rulesDigest = node[name: "rulesDigest"]?.text
        summary.startTime = Double(node[name: "start"]?.text.flatMap(Timestamp.seconds(of:)) ?? 0)
        summary.duration =
            node[name: "durationSeconds"].flatMap { Double(String(decoding: $0.source, as: UTF8.self)) } ?? 0
        for member in node[name: "omitted"]?.members ?? [] {
            if let reason = Omission.Reason(rawValue: member.name) { summary.omitted[reason] = member.value.integer }
        }
        for member in node[name: "suppressed"]?.members ?? [] {
            guard let reason = Suppression(rawValue: member.name) else { continue }
            summary.suppression.add(member.value.integer ?? 0, for: reason)
        }
        summary.problems = (node[name: "problems"]?.elements ?? []).map {
            JSONReport.Problem.scan($0)
        }
        summary.setting.parts = (node[name: "parts"]?.elements ?? []).map(part)
        return summary
    }

    private static func part(_ node: JSONNode) -> CoveredPart {
        let count = { (name: String) in max(0, node[name: name]?.integer ?? 0) }
        let counts = { (name: String) in
            (node[name: name]?.members ?? []).reduce(into: [String: Int]()) { $0[$1.name] = $1.value.integer }
        }
        var part = CoveredPart(
            source: node[name: "source"]?.text ?? "",
            start: node[name: "start"]?.text.flatMap(Timestamp.seconds(of:)) ?? 0)
        part.milliseconds = count("milliseconds")
        (part.files, part.blobs, part.bytes) = (count("files"), count("blobs"), count("bytes"))
        (part.commits, part.known, part.readSingly) = (count("commits"), count("known"), count("readSingly"))
        (part.omitted, part.suppressed) = (counts("omitted"), counts("suppressed"))
        return part
    }

    // MARK: Findings

    private static func finding(_ node: JSONNode) -> Finding? {
        guard let id = node[name: "rule"]?.text,
            let fingerprint = node[name: "fingerprint"]?.text.flatMap({ Fingerprint($0) }),
            let severity = node[name: "severity"]?.text.flatMap({ Severity(rawValue: $0) }),
            let confidence = node[name: "confidence"]?.text.flatMap({ Confidence(rawValue: $0) }),
            let redacted = node[name: "redacted"]?.text
        else { return nil }
        let texts = { (name: String) in node[name: name]?.elements.compactMap(\.text) ?? [] }
        let nodes = node[name: "occurrences"]?.elements ?? []
        let places = nodes.compactMap(occurrence)
        guard places.count == nodes.count, !places.isEmpty else { return nil }
        let rule = Rule(
            id: id, description: node[name: "description"]?.text ?? "", provider: node[name: "provider"]?.text ?? "",
            severity: severity, tags: texts("tags"), remediation: texts("remediation"), references: texts("references"))
        var finding = Finding(
            rule: rule, severity: severity, confidence: confidence, secret: Secret(visible: redacted),
            identity: SecretIdentity(known: fingerprint), occurrences: places)
        finding.isNew = node[name: "new"]?.flag
        finding.remarks = texts("remarks")
        finding.opens = (node[name: "opens"]?.elements ?? []).compactMap { opened in
            guard let what = opened[name: "what"]?.text, let name = opened[name: "name"]?.text else { return nil }
            return Opened(what: what, name: name)
        }
        finding.verification = node[name: "verification"].flatMap(verification)
        if let state = node[name: "state"]?.text {
            finding.stored = StoredFacts(
                repositories: texts("repositories"), state: state,
                firstSeen: node[name: "firstSeen"]?.text.flatMap(Timestamp.seconds(of:)) ?? 0)
        }
        return finding
    }

    private static func verification(_ node: JSONNode) -> VerificationResult? {
        guard let liveness = node[name: "verdict"]?.text.flatMap({ Liveness(rawValue: $0) }) else { return nil }
        var result = VerificationResult(
            liveness: liveness, reason: node[name: "reason"]?.text ?? "", advice: node[name: "advice"]?.text,
            time: Double(node[name: "time"]?.text.flatMap(Timestamp.seconds(of:)) ?? 0),
            host: node[name: "host"]?.text, status: node[name: "status"]?.integer)
        result.identity = (node[name: "identity"]?.members ?? []).compactMap { member in
            member.value.text.map { .init(name: member.name, value: $0) }
        }
        return result
    }

    private static func occurrence(_ node: JSONNode) -> Occurrence? {
        guard let path = node[name: "path"]?.text, let region = region(node),
            let origin = node[name: "origin"]?.text.flatMap({ Origin(kind: $0, object: node[name: "object"]?.text) })
        else { return nil }
        var place = Occurrence(
            path: path, origin: origin, region: region,
            confidence: node[name: "confidence"]?.text.flatMap { Confidence(rawValue: $0) } ?? .medium,
            lineHash: node[name: "lineHash"]?.text ?? "", snippet: node[name: "snippet"]?.text ?? "",
            decoders: node[name: "decoders"]?.elements.compactMap(\.text) ?? [],
            decodedRegion: node[name: "decodedRegion"].flatMap(Self.region),
            history: node[name: "history"].flatMap(history))
        place.image = node[name: "image"].flatMap(image)
        place.otherObjects = (node[name: "otherObjects"]?.elements ?? []).compactMap {
            $0.text.flatMap { ObjectID(hex: $0) }
        }
        return place
    }

    private static func image(_ node: JSONNode) -> ImagePlace? {
        guard let digest = node[name: "digest"]?.text else { return nil }
        var place = ImagePlace(
            image: digest, names: node[name: "names"]?.elements.compactMap(\.text) ?? [],
            platform: node[name: "platform"]?.text, layer: layer(node))
        place.removal = node[name: "removedBy"].flatMap { removal in
            layer(removal).map { ImagePlace.Removal(layer: $0, isReplaced: removal[name: "replaced"]?.flag ?? false) }
        }
        place.otherImages = node[name: "otherImages"]?.integer ?? 0
        return place
    }

    private static func layer(_ node: JSONNode) -> ImagePlace.Layer? {
        guard let digest = node[name: "layer"]?.text else { return nil }
        return ImagePlace.Layer(
            digest: digest, number: node[name: "layerNumber"]?.integer ?? 0, command: node[name: "command"]?.text)
    }

    private static func region(_ node: JSONNode) -> Occurrence.Region? {
        guard let startLine = node[name: "startLine"]?.integer, let startColumn = node[name: "startColumn"]?.integer,
            let endLine = node[name: "endLine"]?.integer, let endColumn = node[name: "endColumn"]?.integer
        else { return nil }
        return Occurrence.Region(
            startLine: startLine, startColumn: startColumn, endLine: endLine, endColumn: endColumn)
    }

    private static func history(_ node: JSONNode) -> Occurrence.History? {
        let texts = { (name: String) in node[name: name]?.elements.compactMap(\.text) ?? [] }
        guard let kind = node[name: "reachability"]?.text,
            let reachability = Occurrence.History.Reachability(kind: kind, references: texts("references"))
        else { return nil }
        let count = { (name: String) in node[name: name]?.integer ?? 0 }
        return Occurrence.History(
            introduced: node[name: "introduced"].flatMap(commit), removed: node[name: "removed"].flatMap(commit),
            isInHead: node[name: "inHead"]?.flag ?? false, reachability: reachability,
            otherPaths: texts("otherPaths"), branches: texts("branches"), tags: texts("tags"),
            counts: Occurrence.History.Counts(
                references: count("referenceCount"), branches: count("branchCount"), tags: count("tagCount")))
    }

    private static func commit(_ node: JSONNode) -> Occurrence.Commit? {
        guard let id = node[name: "commit"]?.text.flatMap({ ObjectID(hex: $0) }) else { return nil }
        return Occurrence.Commit(
            id: id, authorName: node[name: "authorName"]?.text ?? "",
            authorEmail: node[name: "authorEmail"]?.text ?? "",
            authorTime: node[name: "authorTime"]?.text.flatMap(Timestamp.seconds(of:)) ?? 0,
            summary: node[name: "summary"]?.text ?? "")
    }
}

extension JSONReport.Problem {
    /// What a scan could not read.
    fileprivate static func scan(_ node: JSONNode) -> Findings.Problem {
        Findings.Problem(
            subject: node[name: "subject"]?.text ?? "", message: node[name: "message"]?.text ?? "",
            advice: node[name: "advice"]?.text)
    }
}

extension Timestamp {
    /// The seconds since 1970 of `2024-02-29T23:59:59Z`; `nil` for any other text.
    static func seconds(of text: String) -> Int? {
        guard text.utf8.count == 20, text.hasSuffix("Z"), let day = CalendarDay(text.prefix(10)) else { return nil }
        let parts = text.dropFirst(11).dropLast().split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        let days = day.days(since: CalendarDay(daysSince1970: 0))
        return days * 86_400 + numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
    }
}
