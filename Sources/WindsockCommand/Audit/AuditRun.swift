import Dispatch
import Findings
import FoundationEssentials
import Reports
import Store
import Synchronization
import Verification

/// Carries out an audit: several repositories at a time, the large ones first, each written into the store when it is done.
final class AuditRun: Sendable {
    /// What has become of the repositories.
    struct Outcome: Sendable {
        /// Keys of those that the store knows something of.
        var keys: Set<String> = []
        var scannedCount = 0
        /// As they were when they were last scanned, with the same rules.
        var unchangedCount = 0
        /// Those that could not be scanned, and why.
        var failures: [Problem] = []
        var changes = RecordedChanges()
        /// What was read in this run: its counts.
        var read = ScanSummary(mode: .audit, target: "")
        /// Whether the store itself failed.
        var storeFailure: String?
    }

    /// What the threads share.
    private struct Shared {
        let store: Store
        let verification: AuditVerification?
        var outcome = Outcome()
    }

    private let targets: [AuditTarget]
    private let audit: RepositoryAudit
    private let mirrors: MirrorFolder
    private let jobs: Int
    private let readsAgain: Bool
    private let shared: Mutex<Shared>
    private let progress: AuditProgress
    private let coverage: CoverageLog?
    /// Held by who scans a large repository: two at once would need twice the memory, and be no faster.
    private let largeOnes = Mutex<Void>(())

    /// Bytes of packs from which on all threads are on one repository.
    private static let largeSize = 64 << 20

    /// - Parameters:
    ///   - readsAgain: Whether repositories are scanned that are as they were.
    ///   - jobs: How many threads there are.
    init(
        _ targets: [AuditTarget], _ audit: RepositoryAudit, mirrors: MirrorFolder, store: sending Store,
        verification: sending AuditVerification?, jobs: Int, readsAgain: Bool, progress: AuditProgress,
        coverage: CoverageLog? = nil
    ) {
        self.coverage = coverage
        // What has to be fetched comes first, for nobody knows how large it is.
        self.targets = targets.sorted { ($0.isFetched ? 1 : 0, $0.size) > ($1.isFetched ? 1 : 0, $1.size) }
        self.audit = audit
        self.mirrors = mirrors
        self.jobs = jobs
        self.readsAgain = readsAgain
        self.progress = progress
        shared = Mutex(Shared(store: store, verification: verification))
    }

    func run() -> Outcome {
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, targets.count))) { _ in
            while !interruption.isRequested, shared.withLock({ $0.outcome.storeFailure }) == nil {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < targets.count else { break }
                self.audit(targets[number])
                progress.finish(targets[number].size)
            }
        }
        if targets.contains(where: \.isFetched) { mirrors.cleanUp() }
        return shared.withLock { $0.outcome }
    }

    /// What the store knows now.
    func content() throws(CommandFailure) -> StoreContent {
        try shared.withLock { (shared) throws(CommandFailure) in
            try StoreFile.told(code: .incomplete) { () throws(StoreError) in try shared.store.content() }
        }
    }

    // MARK: One repository

    private func audit(_ target: AuditTarget) {
        progress.begin(target.name)
        do throws(CommandFailure) {
            switch target.place {
            case .nothing(let reason): throw CommandFailure(reason, code: .incomplete)
            case .path(let path): note(target, try scan(path, fetchedFrom: nil, size: target.size))
            case .address(let address):
                let mirror = try Mirror(address, in: mirrors)
                guard try mirror.update(isOptional: target.isOptional) else { return note(target, .absent) }
                let size = RepositoryWalk.size(ofRepository: mirror.path)
                note(target, try scan(mirror.path, fetchedFrom: address, size: size))
            case .texts(let texts): try scan(texts, target)
            }
        } catch {
            if interruption.isRequested { return }
            fail(target, error.description)
        }
    }

    private func scan(_ texts: ForgeTexts, _ target: AuditTarget) throws(CommandFailure) {
        let clock = { Date().timeIntervalSince1970 }
        guard let (recording, outcomes) = try audit.recording(of: texts, started: clock(), clock: clock) else { return }
        record(recording)
        for outcome in outcomes {
            let failed = outcome.failure?.kind == .usage ? CoverageLog.Outcome.refused : .failed
            var entry = CoverageLog.Entry(
                source: target.origin.source, kind: outcome.kind.rawValue, name: texts.repository.name,
                address: texts.address.key, outcome: outcome.failure == nil ? .read : failed,
                reason: outcome.failure?.description, count: outcome.count, byteCount: outcome.byteCount)
            if entry.reason == nil, outcome.passedOver > 0 {
                entry.reason = "\(outcome.passedOver) are not kept any more"
            }
            coverage?.note(entry)
        }
    }

    /// - Parameter outcome: `nil`: it was interrupted.
    private func note(_ target: AuditTarget, _ outcome: CoverageLog.Outcome?, _ reason: String? = nil) {
        guard let outcome else { return }
        var address: String?
        if case .address(let fetched) = target.place { address = fetched.name }
        coverage?.note(
            .init(
                source: target.origin.source, kind: target.origin.kind, name: target.name, address: address,
                outcome: outcome, reason: reason))
    }

    /// - Returns: `nil` where it was interrupted.
    private func scan(
        _ path: String, fetchedFrom address: RepositoryAddress?, size: Int
    ) throws(CommandFailure) -> CoverageLog.Outcome? {
        let subject = try audit.subject(path, fetchedFrom: address)
        if !readsAgain, try isAsItWas(subject) {
            shared.withLock { shared in
                shared.outcome.unchangedCount += 1
                _ = shared.outcome.keys.insert(KeptName.identity(subject.repository.key))
            }
            return .unchanged
        }
        let isLarge = size >= Self.largeSize
        if isLarge {
            return try largeOnes.withLock { _ throws(CommandFailure) in try scan(subject, jobs: jobs) }
        }
        return try scan(subject, jobs: 1)
    }

    private func scan(_ subject: RepositoryAudit.Subject, jobs: Int) throws(CommandFailure) -> CoverageLog.Outcome? {
        let clock = { Date().timeIntervalSince1970 }
        guard let recording = try audit.recording(of: subject, jobs: jobs, started: clock(), clock: clock) else {
            return nil
        }
        record(recording)
        return recording.result.summary.isComplete ? .read : .failed
    }

    private func isAsItWas(_ subject: RepositoryAudit.Subject) throws(CommandFailure) -> Bool {
        guard audit.isWhole, let state = subject.state else { return false }
        return try shared.withLock { (shared) throws(CommandFailure) in
            try StoreFile.told(code: .incomplete) { () throws(StoreError) in
                try shared.store.state(
                    ofRepository: KeptName.identity(subject.repository.key), mode: .audit,
                    location: KeptName.identity(subject.location))?.state == state
            }
        }
    }

    private func record(_ recording: Recording) {
        shared.withLock { shared in
            var recording = recording
            shared.verification?.verify(&recording.result.findings)
            recording = recording.redacted()
            do throws(StoreError) {
                let changes = try shared.store.record(recording)
                shared.outcome.changes.new += changes.new
                shared.outcome.changes.gone += changes.gone
                shared.outcome.changes.reopened += changes.reopened
                shared.outcome.scannedCount += 1
                shared.outcome.read.addCounts(of: recording.result.summary)
                shared.outcome.keys.insert(recording.repository.key)
            } catch {
                shared.outcome.storeFailure = shared.outcome.storeFailure ?? error.description
            }
        }
    }

    /// A repository's failure is that repository's: it stands in the store, and the others go on.
    private func fail(_ target: AuditTarget, _ reason: String) {
        note(target, target.origin.isRefused ? .refused : .failed, reason)
        let problem = Problem(subject: target.name, message: KeptName.shown(reason))
        var summary = ScanSummary(mode: .audit, target: target.name)
        summary.problems = [problem]
        summary.startTime = Date().timeIntervalSince1970
        summary.setting.rulesDigest = audit.rulesDigest
        let recording = Recording(
            ScanResult(findings: [], rules: [], summary: summary), of: target.recorded, location: target.location,
            isWhole: false, toolVersion: Windsock.version
        ).redacted()
        shared.withLock { shared in
            shared.outcome.failures.append(problem)
            do throws(StoreError) {
                _ = try shared.store.record(recording)
                shared.outcome.keys.insert(recording.repository.key)
            } catch {
                shared.outcome.storeFailure = shared.outcome.storeFailure ?? error.description
            }
        }
    }
}

extension ScanSummary {
    fileprivate mutating func addCounts(of other: ScanSummary) {
        filesScanned += other.filesScanned
        blobsScanned += other.blobsScanned
        bytesScanned += other.bytesScanned
        commitCount += other.commitCount
        knownCount += other.knownCount
    }

    /// Says of what was read what another says.
    mutating func takeCounts(of other: ScanSummary) {
        (filesScanned, blobsScanned, bytesScanned) = (other.filesScanned, other.blobsScanned, other.bytesScanned)
        (commitCount, knownCount) = (other.commitCount, other.knownCount)
    }
}

extension AuditTarget {
    var isFetched: Bool { if case .address = place { true } else { false } }

    /// What it is in the store where nothing more is known of it.
    fileprivate var recorded: Recording.Repository {
        switch place {
        case .address(let address):
            Recording.Repository(key: address.key, name: RepositoryName.short(address.key))
        case .path(let path): RepositoryPlace(path, SourceRepository()).recorded
        case .texts(let texts):
            Recording.Repository(key: texts.address.key, name: RepositoryName.short(texts.address.key))
        case .nothing: Recording.Repository(key: name, name: RepositoryName.short(name))
        }
    }

    fileprivate var location: String {
        switch place {
        case .address(let address): address.name
        case .path(let path): RepositoryPlace(path, SourceRepository()).folder
        case .texts(let texts): texts.location
        case .nothing: name
        }
    }
}
