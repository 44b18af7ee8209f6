import Findings
import Pipeline
import ScanSources

extension ScanCommand {
    /// What a scan of a subject comes to, for those who write no report of it: servers and hooks of agents.
    ///
    /// Options, configurations and baselines hold as they do for `windsock scan`.
    func result(
        of subject: ScanRequest.Subject, progress: Progress = Progress(), interruption: Interruption = Interruption()
    ) throws(CommandFailure) -> ScanResult {
        var command = self
        let configuration = try configuration(subject)
        let engine = try configuration.engine()
        var (filled, output) = (thresholds, output)
        configuration.fill(&filled, &output)
        (command.thresholds, command.output) = (filled, output)
        let (settings, notes) = try command.settings(configuration, namedThresholds: thresholds)
        // With it lives the index that it was read from, which a scan of what is staged reads, too.
        return try withExtendedLifetime(configuration) { () throws(CommandFailure) in
            let scan = Scan(
                command.request(subject, settings), engine: engine, progress: progress, interruption: interruption)
            do throws(SourceError) {
                var result = try scan.run()
                result.summary.setting.notes += notes
                result.repository = scan.sourceRepository()
                return result
            } catch {
                throw CommandFailure("\(error)", code: ExitStatus(error))
            }
        }
    }
}
