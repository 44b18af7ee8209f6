import Findings

extension ScanCollection {
    /// "Clean" must not be said of nothing: an empty folder or input is more often a mistake in a script.
    func failingIfNothingWasRead() -> ScanCollection {
        let isEmptyInput = summary.mode == .standardInput && summary.bytesScanned == 0
        guard isEmptyInput || summary.filesScanned + summary.blobsScanned + summary.commitCount == 0,
            summary.omitted.isEmpty, summary.problems.isEmpty, !summary.wasInterrupted
        else { return self }
        let advice =
            switch summary.mode {
            case .history: "name a repository that has commits"
            case .standardInput: "check that the command before the pipe has written something"
            case .tree, .staged, .uncommitted, .range:
                "name a folder or a repository that has files; --no-gitignore reads ignored ones"
            }
        var collection = self
        collection.summary.problems.append(
            Problem(subject: summary.target, message: "there was nothing to read", advice: advice))
        return collection
    }
}
