package import Findings
import Hygiene
package import ScanSources
internal import Scanner

extension Scan {
    /// Adds the habits that leak secrets, as far as the request asks for them, to what the scan found.
    ///
    /// - Parameter now: Seconds since 1970-01-01 00:00 UTC.
    /// - Returns: Why the files could not be listed, where habits were not asked for by themselves. Where they were, that
    ///   is a problem of the result.
    package func addHabits(to result: inout ScanResult, now: Double) -> SourceError? {
        guard request.habits != .ignored || request.settings.reviewsComments else { return nil }
        var rules = result.rules
        // It was asked for by itself, whatever rules a configuration leaves.
        if request.settings.reviewsComments, !rules.contains(where: { $0.id == HygieneRule.idleComment.rawValue }) {
            rules.append(HygieneRule.idleComment.rule)
        }
        var habits = HygieneScan(
            rules: rules, maximumFileSize: request.settings.maximumFileSize, now: now,
            key: request.settings.fingerprintKey)
        let exclusions = request.settings.exclusions
        habits.isLeftOut = { path in exclusions.contains { $0.matches(path) } }
        let silences = PathRules(engine: pipeline.engine)
        habits.originSilencing = { silences.origin(silencing: $0, at: $1) }
        habits.inspect(comments: result.complaints)
        var failure: SourceError?
        if request.habits != .ignored {
            habits.inspect(result.findings)
            failure = inspectFiles(&habits, &result)
        }
        habits.add(to: &result, request.settings.selection)
        return failure
    }

    private func inspectFiles(_ habits: inout HygieneScan, _ result: inout ScanResult) -> SourceError? {
        do throws(SourceError) {
            try inspectFiles(&habits)
        } catch {
            guard request.habits == .asked else { return error }
            result.summary.problems.append(
                Problem(subject: result.summary.target, message: "hygiene was not looked at: \(error)"))
        }
        return nil
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
