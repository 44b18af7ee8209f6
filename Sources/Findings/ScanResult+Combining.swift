extension ScanResult {
    /// Both results in one, each secret once.
    package func combined(with other: ScanResult) -> ScanResult {
        var result = self
        for finding in other.findings {
            if let index = result.findings.firstIndex(where: { $0.fingerprint == finding.fingerprint }) {
                let known = Set(result.findings[index].occurrences)
                result.findings[index].occurrences += finding.occurrences.filter { !known.contains($0) }
            } else {
                result.findings.append(finding)
            }
        }
        result.findings.sort { ($0.severity, $0.confidence) > ($1.severity, $1.confidence) }
        if result.rules.isEmpty { result.rules = other.rules }
        if let objects = other.objects { result.objects = (result.objects ?? []) + objects }
        result.summary.filesScanned += other.summary.filesScanned
        result.summary.blobsScanned += other.summary.blobsScanned
        result.summary.bytesScanned += other.summary.bytesScanned
        result.summary.commitCount += other.summary.commitCount
        result.summary.knownCount += other.summary.knownCount
        result.summary.omitted.merge(other.summary.omitted, uniquingKeysWith: +)
        result.summary.suppressed.merge(other.summary.suppressed, uniquingKeysWith: +)
        result.summary.problems += other.summary.problems
        result.summary.wasInterrupted = result.summary.wasInterrupted || other.summary.wasInterrupted
        result.summary.target += ", \(other.summary.target)"
        return result
    }

    /// The result of a repository that lies at a path of another.
    package func prefixed(with path: String) -> ScanResult {
        var result = self
        for finding in result.findings.indices {
            for index in result.findings[finding].occurrences.indices {
                result.findings[finding].occurrences[index].prefix(with: path)
            }
        }
        for index in result.summary.problems.indices {
            result.summary.problems[index].subject = "\(path): \(result.summary.problems[index].subject)"
        }
        result.summary.target = path
        return result
    }
}

extension Occurrence {
    fileprivate mutating func prefix(with folder: String) {
        path = "\(folder)/\(path)"
        guard let paths = history?.otherPaths else { return }
        history?.otherPaths = paths.map { "\(folder)/\($0)" }
    }
}
