import Bytes
import Findings
import History
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner
import Store

/// Scans the history of one repository as an audit does: what the repository itself lets pass is found, too.
struct RepositoryAudit: Sendable {
    let engine: ScanEngine
    /// Of a scan without a baseline.
    let settings: ScanSettings
    /// Tells the rules from others.
    let rulesDigest: String
    /// Which rules, settings and program it is, for states.
    let key: String
    /// Whether all rules are asked.
    let isWhole: Bool

    init(_ engine: ScanEngine, _ settings: ScanSettings, isWhole: Bool) {
        var settings = settings
        settings.tellsSuppressed = true
        settings.computesLineHashes = true
        self.engine = engine
        self.settings = settings
        self.isWhole = isWhole
        rulesDigest = engine.rulesDigest
        let words = [
            ProgramIdentity.description, "\(settings.maximumFileSize) \(settings.archives.found)",
            settings.fingerprintKey?.check ?? "",
        ]
        key = engine.digest(with: words).prefix(8).withUnsafeBytes(\.hexadecimal)
    }

    /// A repository that is opened.
    struct Subject {
        /// Where it is.
        let path: String
        /// What it is in the store.
        let repository: Recording.Repository
        /// Where its findings come from, for links.
        let source: SourceRepository
        /// What of it is scanned: where it lies, or the address that it was fetched from.
        let location: String
        /// The repository's own.
        let baseline: Baseline?
        /// Why the baseline is not used.
        let note: String?
        /// `nil`: it is not known.
        let state: String?
    }

    /// - Parameter address: Where it was fetched from; `nil`: it was here.
    func subject(_ path: String, fetchedFrom address: RepositoryAddress?) throws(CommandFailure) -> Subject {
        do throws(SourceError) {
            let setup = try ScanSetup(.history(HistorySelection()), repository: path)
            var source = Scan(request(path, baseline: nil), engine: engine).sourceRepository()
            if let address { source.address = SourceRepository.address(ofRemote: address.text) }
            let place = RepositoryPlace(path, source)
            let key = address?.key ?? place.recorded.key
            let (baseline, text, note) = ownBaseline(setup)
            let state = try HistorySource(repositoryPath: path).state()
            return Subject(
                path: path, repository: Recording.Repository(key: key, name: RepositoryName.short(key)), source: source,
                location: address?.name ?? place.folder, baseline: baseline, note: note,
                state: state.map { "\($0) \(self.key) \(SHA256.hexadecimal(of: text.utf8).prefix(16))" })
        } catch {
            throw CommandFailure(error.description, code: .incomplete)
        }
    }

    /// The baseline at the top of a repository, with its text; one that cannot be read silences nothing, and that is said.
    private func ownBaseline(_ setup: ScanSetup) -> (Baseline?, text: String, note: String?) {
        do throws(CommandFailure) {
            let files = try setup.files { (setup) throws(SetupFile.Failure) in try setup.atTop([BaselineFile.name]) }
            guard let file = files.first else { return (nil, "", nil) }
            let baseline = try BaselineFile.baseline(file.text, file: file.name, key: settings.fingerprintKey)
            return (baseline, file.text, nil)
        } catch {
            return (nil, "", "its baseline is not used: \(error)")
        }
    }

    private func request(_ path: String, baseline: Baseline?) -> ScanRequest {
        var settings = settings
        settings.selection.baseline = baseline
        var request = ScanRequest(.history(HistorySelection()), repository: path, settings: settings)
        request.mayBeEmpty = true
        request.rememberedProgram = ProgramIdentity.description
        return request
    }

    /// Scans it.
    ///
    /// - Parameters:
    ///   - jobs: How many threads read and match.
    ///   - started: When, in seconds since 1970.
    /// - Returns: `nil` where that was interrupted: the next audit begins with it, and the cache has what was clean.
    func recording(
        of subject: Subject, jobs: Int, started: Double, clock: () -> Double
    ) throws(CommandFailure) -> Recording? {
        var request = request(subject.path, baseline: subject.baseline)
        request.settings.jobs = jobs
        var result: ScanResult
        do throws(SourceError) {
            result = try Scan(request, engine: engine, interruption: interruption).run()
        } catch {
            throw CommandFailure(error.description, code: .incomplete)
        }
        if result.summary.wasInterrupted { return nil }
        result.repository = subject.source
        result.summary.mode = .audit
        result.summary.target = subject.location
        result.summary.startTime = started
        result.summary.duration = max(0, clock() - started)
        result.summary.setting.rulesDigest = rulesDigest
        if let note = subject.note { result.summary.setting.notes.append(note) }
        return Recording(
            result, of: subject.repository, location: subject.location, isWhole: isWhole,
            state: isWhole ? subject.state : nil, toolVersion: Windsock.version)
    }
}
