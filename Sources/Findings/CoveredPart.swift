/// What the last scan of one source has covered: told by whomever, it is counted once.
package struct CoveredPart: Sendable, Hashable {
    /// Tells sources apart: a repository, and what of it was read.
    package var source: String
    /// When it was read: seconds since 1970.
    package var start: Int
    package var milliseconds = 0
    package var files = 0
    package var blobs = 0
    package var bytes = 0
    package var commits = 0
    package var known = 0
    package var readSingly = 0
    /// By the name of the reason.
    package var omitted: [String: Int] = [:]
    /// By the name of the reason; without what somebody has decided, which is of secrets and of no source.
    package var suppressed: [String: Int] = [:]

    package init(source: String, start: Int) {
        self.source = source
        self.start = start
    }

    /// All that a scan has covered, as one part.
    package init(_ summary: ScanSummary, source: String) {
        self.init(source: source, start: Int(max(0, min(summary.startTime, 1e15))))
        // Of decimal fractions the sum would depend on the order.
        milliseconds = Int((min(max(0, summary.duration), 1e9) * 1000).rounded())
        (files, blobs, bytes) = (summary.filesScanned, summary.blobsScanned, summary.bytesScanned)
        (commits, known, readSingly) = (summary.commitCount, summary.knownCount, summary.readSingly)
        for (reason, count) in summary.omitted { omitted[reason.rawValue] = count }
        for (reason, count) in summary.suppressed where reason != .decision { suppressed[reason.rawValue] = count }
    }

    /// Of each source the last scan, in order of the sources.
    ///
    /// Of two of one time the one that is larger in whatever differs first: so it depends on no order.
    package static func latest(_ parts: some Sequence<CoveredPart>) -> [CoveredPart] {
        var latest: [String: CoveredPart] = [:]
        for part in parts {
            if let known = latest[part.source], known.precedes(part) == false { continue }
            latest[part.source] = part
        }
        return latest.values.sorted { $0.source < $1.source }
    }

    private func precedes(_ other: CoveredPart) -> Bool {
        let (left, right) = (numbers, other.numbers)
        if left != right { return left.lexicographicallyPrecedes(right) }
        return words.lexicographicallyPrecedes(other.words)
    }

    private var numbers: [Int] { [start, files, blobs, bytes, commits, known, readSingly, milliseconds] }

    private var words: [String] {
        [omitted, suppressed].flatMap { counts in
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } + ["-"]
        }
    }
}

extension ScanSummary {
    /// Counts what the parts have covered, and nothing else.
    package mutating func count(_ parts: [CoveredPart]) {
        setting.parts = parts
        func sum(_ field: KeyPath<CoveredPart, Int>) -> Int {
            // A report may come from anywhere, and say that it has read more bytes than there are.
            parts.reduce(0) {
                $0.addingReportingOverflow($1[keyPath: field]).overflow ? Int.max : $0 + $1[keyPath: field]
            }
        }
        (filesScanned, blobsScanned, bytesScanned) = (sum(\.files), sum(\.blobs), sum(\.bytes))
        (commitCount, knownCount, readSingly) = (sum(\.commits), sum(\.known), sum(\.readSingly))
        duration = Double(sum(\.milliseconds)) / 1000
        startTime = Double(parts.map(\.start).filter { $0 > 0 }.min() ?? 0)
        omitted = [:]
        let decided = suppressed[.decision]
        suppressed = [:]
        suppressed[.decision] = decided
        for part in parts {
            for (name, count) in part.omitted {
                if let reason = Omission.Reason(rawValue: name) { omitted[reason, default: 0] += count }
            }
            for (name, count) in part.suppressed {
                if let reason = Suppression(rawValue: name) { suppressed[reason, default: 0] += count }
            }
        }
    }
}
