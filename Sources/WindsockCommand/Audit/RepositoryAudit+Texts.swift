import Findings
import Forges
import History
import Pipeline
import ScanSources
import Store

extension RepositoryAudit {
    /// Reads the texts beside a repository and scans them.
    ///
    /// - Parameters:
    ///   - started: When, in seconds since 1970.
    /// - Returns: `nil` where that was interrupted.
    func recording(
        of texts: ForgeTexts, started: Double, clock: () -> Double
    ) throws(CommandFailure) -> (recording: Recording, outcomes: [ForgeTextOutcome])? {
        var fetched: [FetchedTextsSource.Text] = []
        let outcomes: [ForgeTextOutcome]
        do throws(ForgeError) {
            outcomes = try texts.reader.forge(texts.source).texts(
                of: texts.repository, texts.reader.texts, maximumSize: ForgeReader.maximumTextSize
            ) { fetched.append(.init(address: $0.address, bytes: $0.bytes)) }
        } catch {
            throw CommandFailure("could not read the texts of \(texts.repository.name): \(error)", code: .incomplete)
        }
        if interruption.isRequested { return nil }
        let problems = outcomes.compactMap { outcome in
            outcome.failure.map {
                Problem(
                    subject: "\(outcome.kind.rawValue) of \(texts.repository.name)", message: KeptName.shown("\($0)"))
            }
        }
        let source = FetchedTextsSource(fetched, problems: problems)
        let request = ScanRequest(.history(HistorySelection()), repository: "/", settings: settings)
        var result: ScanResult
        do throws(SourceError) {
            result = try Scan(request, engine: engine, interruption: interruption).result(
                of: source, mode: .audit, target: texts.location)
        } catch {
            throw CommandFailure(error.description, code: .incomplete)
        }
        if result.summary.wasInterrupted { return nil }
        result.repository.address = texts.address.key
        result.summary.startTime = started
        result.summary.duration = max(0, clock() - started)
        result.summary.setting.rulesDigest = rulesDigest
        let recorded = Recording.Repository(key: texts.address.key, name: RepositoryName.short(texts.address.key))
        let recording = Recording(
            result, of: recorded, location: texts.location, isWhole: isWhole, toolVersion: Windsock.version)
        return (recording, outcomes)
    }
}
