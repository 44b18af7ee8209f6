package import Findings
package import ScanSources

extension Scan {
    /// Adds the habits that leak secrets, if they are asked for, to what the scan found.
    ///
    /// - Parameter now: Seconds since 1970-01-01 00:00 UTC.
    /// - Throws: `SourceError` when the files cannot be listed at all.
    package func addHabits(to result: inout ScanResult, now: Double) throws(SourceError) {
        guard request.looksForHabits else { return }
        let paths = if case .files(let paths) = request.subject { paths } else { [request.repository] }
        try HygieneCheck(rules: result.rules, settings: request.settings, now: now).check(
            &result, WorkingTreeSource(paths: paths, useGitignore: true))
    }
}
