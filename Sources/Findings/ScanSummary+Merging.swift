extension ScanSummary {
    /// Adds what another scan covered; what is counted here may have been read by both.
    package mutating func merge(_ other: ScanSummary) {
        filesScanned += other.filesScanned
        blobsScanned += other.blobsScanned
        bytesScanned += other.bytesScanned
        commitCount += other.commitCount
        readSingly += other.readSingly
        knownCount += other.knownCount
        omitted.merge(other.omitted, uniquingKeysWith: +)
        suppression.merge(other.suppression)
        setting.notes += other.setting.notes.filter { !setting.notes.contains($0) }
        setting.excludedBy.merge(other.setting.excludedBy, uniquingKeysWith: +)
        let known = Set(problems)
        problems += other.problems.filter { !known.contains($0) }
        wasInterrupted = wasInterrupted || other.wasInterrupted
        if other.startTime != 0 { startTime = startTime == 0 ? other.startTime : min(startTime, other.startTime) }
        duration += other.duration
        target += ", \(other.target)"
    }
}
