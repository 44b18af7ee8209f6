import Findings

extension ScanSummary {
    var start: Timestamp { Timestamp(seconds: startTime) }
    var end: Timestamp { Timestamp(seconds: startTime + max(0, duration)) }

    /// `1,234 files, 12.3 MB, 40 commits in 0.52 s`
    var coverage: String {
        var parts: [String] = []
        if filesScanned > 0 || blobsScanned + knownCount == 0 { parts.append(Quantity.count(filesScanned, "file")) }
        if blobsScanned + knownCount > 0 { parts.append(Quantity.count(blobsScanned, "blob")) }
        parts.append(Quantity.bytes(bytesScanned))
        if commitCount > 0 { parts.append(Quantity.count(commitCount, "commit")) }
        return parts.joined(separator: ", ") + " in " + Quantity.duration(duration)
    }

    /// How much was left out, by reason in words.
    var omissionCounts: [String: Int] {
        Dictionary(uniqueKeysWithValues: omitted.map { ($0.key.rawValue, $0.value) })
    }

    /// How many secrets are not reported, by reason in words.
    var suppressionCounts: [String: Int] {
        Dictionary(uniqueKeysWithValues: suppressed.map { ($0.key.rawValue, $0.value) })
    }

    /// `3 too large, 12 binary`, the most frequent first; `nil` if nothing was.
    var omission: String? { Self.list(omitted, name: \.rawValue) { $0.counted($1) } }

    /// `2 baseline, 1 inline (.windsock-baseline 2)`: by reason, and which files have said so; `nil` if nothing was.
    var suppressionSentence: String? {
        let reasons = Self.list(suppressed, name: \.rawValue) { "\(Quantity.grouped($1)) \($0.rawValue)" }
        let files = Self.list(suppression.byFile, name: \.self) { "\($0.visible) \(Quantity.grouped($1))" }
        return reasons.map { reasons in files.map { "\(reasons) (\($0))" } ?? reasons }
    }

    /// What there is to say of how the scan was set up, and of what it has left out on somebody's word.
    var remarks: [String] { setting.notes + suppression.notes }

    /// Why the scan is incomplete, in a few words; `nil` if it is complete.
    var incompleteness: String? {
        var reasons: [String] = []
        if wasInterrupted { reasons.append("interrupted before the end") }
        if !problems.isEmpty {
            reasons.append(Quantity.count(problems.count, "item") + " not read")
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    private static func list<Reason>(
        _ counts: [Reason: Int], name: (Reason) -> String, _ words: (Reason, Int) -> String
    ) -> String? {
        let present = counts.filter { $0.value > 0 }.sorted { left, right in
            (right.value, name(left.key)) < (left.value, name(right.key))
        }
        return present.isEmpty ? nil : present.map(words).joined(separator: ", ")
    }
}

extension Problem {
    /// `Subject: message. Advice` on one line.
    var sentence: String {
        [subject.visible + ": " + message.visible, advice?.visible].compactMap { $0 }.joined(separator: ". ")
    }
}
