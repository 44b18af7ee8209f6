package import Findings
import Hygiene
package import ScanSources

extension Scan {
    /// Adds the habits that leak secrets, if they are asked for, to what the scan found, and what of their files cannot
    /// be read.
    ///
    /// - Parameter now: Seconds since 1970-01-01 00:00 UTC.
    /// - Throws: `SourceError` when the files cannot be listed at all; what was found is added all the same.
    package func addHabits(to result: inout ScanResult, now: Double) throws(SourceError) {
        guard request.looksForHabits else { return }
        var hygiene = HygieneScan(
            rules: result.rules, maximumFileSize: request.settings.maximumFileSize, now: now)
        hygiene.inspect(result.findings)
        defer { hygiene.add(to: &result, request.settings.selection) }
        try inspectFiles(&hygiene)
    }

    private func inspectFiles(_ hygiene: inout HygieneScan) throws(SourceError) {
        var (paths, wereScanned) = ([request.repository], false)
        if case .files(let scanned) = request.subject { (paths, wereScanned) = (scanned, true) }
        try hygiene.inspect(WorkingTreeSource(paths: paths), wasScanned: wereScanned)
        guard request.recursesIntoSubmodules else { return }
        for submodule in try Submodules(of: request.repository).found {
            guard let checkout = submodule.checkout else { continue }
            try hygiene.inspect(
                WorkingTreeSource(paths: [checkout]), in: submodule.path, wasScanned: wereScanned)
        }
    }
}
