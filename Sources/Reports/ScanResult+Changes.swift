import Findings

extension ScanResult {
    /// The findings with those first that stand on lines which the change has made, each with such a place first; otherwise in
    /// their order.
    ///
    /// GitHub shows ten annotations of a kind, and those beside a pull request's own lines.
    var changesFirst: [Finding] {
        let ordered = findings.map { finding in
            var copy = finding
            copy.occurrences =
                finding.occurrences.filter { $0.isOnChangedLine == true }
                + finding.occurrences.filter { $0.isOnChangedLine != true }
            return copy
        }
        return ordered.filter(\.isOnChangedLine) + ordered.filter { !$0.isOnChangedLine }
    }

    /// Whether it is known of any place that a change has made its line, or has not.
    var knowsChanges: Bool { findings.contains { $0.occurrences.contains { $0.isOnChangedLine != nil } } }
}

extension Finding {
    /// Whether one of its places is on a line that a change has made.
    var isOnChangedLine: Bool { occurrences.contains { $0.isOnChangedLine == true } }
}
