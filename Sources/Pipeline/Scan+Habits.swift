package import Findings
import Hygiene
package import ScanSources

extension Scan {
    /// Adds the habits that leak secrets, as far as the request asks for them, to what the scan found.
    ///
    /// - Parameter now: Seconds since 1970-01-01 00:00 UTC.
    /// - Returns: Why the files could not be listed, where habits were not asked for by themselves. Where they were, that
    ///   is a problem of the result.
    package func addHabits(to result: inout ScanResult, now: Double) -> SourceError? {
        guard request.habits != .ignored else { return nil }
        var habits = HygieneScan(
            rules: result.rules, maximumFileSize: request.settings.maximumFileSize, now: now,
            key: request.settings.fingerprintKey)
        habits.inspect(result.findings)
        var failure: SourceError?
        do throws(SourceError) {
            try inspectFiles(&habits)
        } catch {
            if request.habits == .asked {
                result.summary.problems.append(
                    Problem(subject: result.summary.target, message: "hygiene was not looked at: \(error)"))
            } else {
                failure = error
            }
        }
        habits.add(to: &result, request.settings.selection)
        return failure
    }

    private func inspectFiles(_ habits: inout HygieneScan) throws(SourceError) {
        let (paths, wasScanned) =
            if case .files(let paths) = request.subject { (paths, true) } else { ([request.repository], false) }
        try habits.inspect(WorkingTreeSource(paths: paths), wasScanned: wasScanned)
        guard request.recursesIntoSubmodules else { return }
        for submodule in try Submodules(of: request.repository).found {
            guard let checkout = submodule.checkout else { continue }
            try habits.inspect(
                WorkingTreeSource(paths: [checkout]), in: submodule.path, wasScanned: wasScanned)
        }
    }
}
