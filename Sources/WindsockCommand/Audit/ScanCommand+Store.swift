import Findings
import Git
import Pipeline
import Reports
import Rules
import Store

extension ScanCommand {
    /// Puts what was found into the store.
    ///
    /// - Throws: With exit code 3 where that fails.
    func record(
        _ result: ScanResult, of subject: ScanRequest.Subject, in store: Store
    ) throws(CommandFailure) {
        let place = RepositoryPlace(repository, result.repository)
        let recording = Recording(
            result, of: place.recorded, location: location(of: subject, place), isWhole: isWhole(subject),
            toolVersion: Windsock.version
        ).redacted()
        try StoreFile.told(code: .incomplete) { () throws(StoreError) in _ = try store.record(recording) }
    }

    /// Whether what is not found is not there: all of something was read, with all rules and the thresholds that are usual.
    private func isWhole(_ subject: ScanRequest.Subject) -> Bool {
        let isUsual =
            knownOption.known == nil && ruleOptions.only.isEmpty && thresholds.exclude.isEmpty
            && thresholds.minSeverity ?? .low == .low
            && thresholds.minConfidence ?? .medium <= .medium
        guard isUsual else { return false }
        switch subject {
        case .files, .staged, .uncommitted: return true
        case .history(let selection): return selection.isEverything
        case .range, .job, .push, .standardInput, .text, .patch, .image, .package: return false
        }
    }

    /// What was read. A scan that reads more of the same place is another one: what it alone has seen is not gone where the next
    /// one reads less.
    private func location(of subject: ScanRequest.Subject, _ place: RepositoryPlace) -> String {
        var words: [String] = []
        switch subject {
        case .files(let paths): words = paths.map(GitCall.absolute)
        case .standardInput(let name), .text(_, let name), .patch(let name): words = [name]
        case .image(let target): words = [target.name]
        case .package(let folder, _): words = [GitCall.absolute(folder)]
        case .staged, .uncommitted, .history, .range, .job, .push: words = [place.folder]
        }
        if selection.noGitignore { words.append("with ignored files") }
        if history.recurseSubmodules { words.append("with submodules") }
        return words.joined(separator: " ")
    }
}

/// Where a repository is, and what it is called in a store.
struct RepositoryPlace {
    /// Its top, or its git directory if it is bare; without a repository the folder itself. Absolute.
    let folder: String
    /// Its page, if it has one.
    let address: String?

    init(_ path: String, _ source: SourceRepository) {
        address = source.address
        var folder = GitCall.absolute(path)
        do throws(GitError) {
            let repository = try Repository.open(at: path)
            folder = repository.workingDirectory ?? repository.commonDirectory
        } catch {
            // What is no repository is scanned as a folder; whatever else is wrong, the scan has said.
        }
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        self.folder = folder
    }

    /// The same repository is one wherever it is checked out.
    var recorded: Recording.Repository {
        Recording.Repository(key: address ?? folder, name: RepositoryName.short(address ?? folder))
    }
}
