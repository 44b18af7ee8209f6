import Findings

extension ScanCollection {
    /// "Clean" must not be said of nothing: an empty folder, or one of pictures alone, is more often a mistake in a script.
    func failingIfNothingWasRead() -> ScanCollection {
        guard summary.filesScanned + summary.blobsScanned + summary.commitCount == 0, summary.problems.isEmpty,
            !summary.wasInterrupted, !summary.setting.isExcludedByName
        else { return self }
        // A history of nothing but pictures has commits, whose messages are read.
        if summary.mode == .history, !summary.omitted.isEmpty { return self }
        let advice =
            switch summary.mode {
            case .history, .audit: "name a repository that has commits"
            case .standardInput, .patch: "name a text, or unpack what is piped in"
            case .image: "name an image that has layers"
            case .package: "check what the package is to have in it"
            case .tree, .staged, .uncommitted, .range:
                summary.omitted.isEmpty
                    ? "name a folder or a repository that has files; --no-gitignore reads ignored ones"
                    : "name files that are text; see what was left out"
            }
        var collection = self
        collection.summary.problems.append(
            Problem(
                subject: summary.target,
                message: summary.omitted.isEmpty ? "there was nothing to read" : "nothing of it could be read",
                advice: advice))
        return collection
    }
}
