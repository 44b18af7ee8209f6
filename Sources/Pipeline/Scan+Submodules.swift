import Findings
import ScanSources

extension Scan {
    /// What came of a submodule.
    enum SubmoduleOutcome {
        case scanned(ScanCollection)
        /// It is not here, and should have been scanned.
        case missing
        /// There is nothing of it to scan.
        case notMeant
    }

    /// Adds what a scan finds in each submodule of the repository.
    func withSubmodules(
        _ collection: ScanCollection, scan: (Submodules.Entry) throws(SourceError) -> SubmoduleOutcome
    ) throws(SourceError) -> ScanCollection {
        let submodules = try Submodules(of: request.repository)
        var combined = collection
        var missing = submodules.missing
        var problems = submodules.problems
        for submodule in submodules.found {
            do throws(SourceError) {
                switch try scan(submodule) {
                case .scanned(var found):
                    found.prefix(with: submodule.path)
                    combined.merge(found)
                case .missing: missing.append(submodule.path)
                case .notMeant: break
                }
            } catch {
                problems.append(Problem(subject: submodule.path, message: error.description))
            }
        }
        combined.summary.omitted[.submodule] = nil
        combined.summary.problems += problems
        combined.summary.problems += missing.map {
            Problem(
                subject: $0, message: "the submodule is not here, and was not scanned",
                advice: "git submodule update --init --recursive")
        }
        return combined
    }
}
