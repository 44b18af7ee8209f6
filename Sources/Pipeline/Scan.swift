package import Findings
import Git
import History
package import ScanSources
package import Scanner

/// Carries out a request: finds its sources, scans them, and says where nothing was to be read.
package struct Scan: Sendable {
    let request: ScanRequest
    let pipeline: ScanPipeline

    /// - Parameters:
    ///   - engine: The rules.
    ///   - progress: Is told how far the scan has come.
    ///   - interruption: Ends the scan early.
    ///   - timings: Is told how long each step takes.
    package init(
        _ request: ScanRequest, engine: ScanEngine, progress: Progress = Progress(),
        interruption: Interruption = Interruption(), timings: Timings = Timings()
    ) {
        self.request = request
        pipeline = ScanPipeline(
            engine: engine, settings: request.settings, progress: progress, interruption: interruption,
            timings: timings)
    }

    /// Scans what was asked for, and judges what of it is reported.
    ///
    /// - Throws: `SourceError` when what was asked for cannot be scanned at all.
    package func run() throws(SourceError) -> ScanResult { pipeline.result(of: try collect()) }

    private func collect() throws(SourceError) -> ScanCollection {
        let repository = request.repository
        if request.verifiesObjects { try HistorySource.verifyHashes() }
        switch request.subject {
        case .files(let paths): return try scanFiles(paths)
        case .staged:
            return try pipeline.collect(IndexSource(repositoryPath: repository), mode: .staged, target: repository)
        case .uncommitted:
            return try pipeline.collect(
                UncommittedSource(repositoryPath: repository), mode: .uncommitted, target: repository)
        case .history(let selection): return try scanHistory(selection)
        case .range(let range):
            return try pipeline.collect(
                RangeSource(repositoryPath: repository, range: range), mode: .range, target: range)
        case .job:
            let job = try CIJob.detect()
            return try pipeline.collect(
                RangeSource(repositoryPath: repository, job: job), mode: .range, target: job.description)
        case .push(let branches, let publication): return try scanPush(of: branches, to: publication)
        case .standardInput(let name):
            return try pipeline.collect(StandardInputSource(name: name), mode: .standardInput, target: name)
                .failingIfNothingWasRead()
        case .image(let target): return try scan(target)
        case .package(let folder, let kinds):
            return try scan(package: PackageSource(folder: folder, kinds: kinds), folder: folder)
        case .text(let bytes, let name):
            return try pipeline.collect(TextSource(bytes, name: name), mode: .standardInput, target: name)
        case .patch(let name):
            let source = PatchSource.standardInput(name: name, maximumSize: request.settings.maximumFileSize)
            return try pipeline.collect(source, mode: .patch, target: name)
        }
    }

    /// Scans what a source of the caller's has, with the settings of the request.
    package func result(
        of source: some ScanSource, mode: ScanMode, target: String
    ) throws(SourceError) -> ScanResult {
        pipeline.result(of: try pipeline.collect(source, mode: mode, target: target))
    }

    /// Where what is scanned comes from, for reports that link to it.
    package func sourceRepository() -> SourceRepository {
        switch request.subject {
        case .standardInput, .text, .patch, .image: return SourceRepository()
        case .files, .staged, .uncommitted, .history, .range, .job, .push, .package: break
        }
        do throws(GitError) {
            let repository = try Repository.open(at: request.repository)
            var source = SourceRepository(
                address: try repository.configuration("remote.origin.url").flatMap(
                    SourceRepository.address(ofRemote:)))
            let head = try repository.head
            source.commit = head.commit?.description
            source.branch = head.branch
            return source
        } catch {
            // The scan has said what there is to say about it.
            return SourceRepository()
        }
    }

    // MARK: Files and histories, with their submodules

    private func scanFiles(_ paths: [String]) throws(SourceError) -> ScanCollection {
        let (images, others, problems) = images(among: paths)
        guard !images.isEmpty || !problems.isEmpty else { return try scanPlain(paths) }
        return try scan(images, beside: others.isEmpty ? nil : try scanPlain(others), problems)
    }

    private func scanPlain(_ paths: [String]) throws(SourceError) -> ScanCollection {
        let collection = try scan(files: paths)
        guard request.recursesIntoSubmodules else { return collection.failingIfNothingWasRead() }
        return try withSubmodules(collection) { submodule throws(SourceError) in
            // What HEAD no longer has has no files either.
            guard let checkout = submodule.checkout else { return submodule.isCurrent ? .missing : .notMeant }
            return .scanned(try scan(files: [checkout]).failingIfNothingWasRead())
        }.failingIfNothingWasRead()
    }

    private func scan(files paths: [String]) throws(SourceError) -> ScanCollection {
        let source = WorkingTreeSource(paths: paths, useGitignore: request.usesGitignore)
        return try pipeline.collect(source, mode: .tree, target: Self.target(paths))
    }

    private func scanHistory(_ selection: HistorySelection) throws(SourceError) -> ScanCollection {
        let collection = try scan(historyOf: request.repository, selection)
        guard request.recursesIntoSubmodules else { return collection }
        return try withSubmodules(collection) { submodule throws(SourceError) in
            .scanned(try scan(historyOf: submodule.gitDirectory, selection))
        }
    }

    private func scan(
        historyOf repository: String, _ selection: HistorySelection
    ) throws(SourceError) -> ScanCollection {
        // Objects that are known are not read, and what is not read cannot be compared with its id.
        let program = request.verifiesObjects ? nil : request.rememberedProgram
        let source = HistorySource(
            repositoryPath: repository, selection: selection,
            cacheKey: program.flatMap { pipeline.cacheKey(program: $0) }, verifiesObjects: request.verifiesObjects)
        let collection = try pipeline.collect(
            source, mode: .history, target: repository, isMerged: request.recursesIntoSubmodules)
        // Often nothing was committed since yesterday.
        return selection.since == nil && !request.mayBeEmpty ? collection.failingIfNothingWasRead() : collection
    }

    /// pre-commit names thousands of files; nobody reads that line to its end.
    private static func target(_ paths: [String]) -> String {
        let shown = paths.prefix(targetCount).joined(separator: " ")
        return paths.count > targetCount ? "\(shown) and \(paths.count - targetCount) more" : shown
    }

    private static let targetCount = 3
}
