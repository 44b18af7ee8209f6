import Findings
import History
import ScanSources

/// What a scan has come to before it is judged what is reported.
struct CollectedScan {
    /// What there was to read.
    let plan: Plan
    let tally: WorkerTally
    var collector: FindingCollector
    /// What failed besides what the tally says.
    var problems: [Problem]
    /// How many objects were not read because earlier scans know enough of them.
    var known = KnownCounts()
    /// Where the history says that items are, by index.
    var paths: [Int: String] = [:]

    init(_ plan: Plan, _ tally: WorkerTally, _ collector: FindingCollector) {
        self.plan = plan
        self.tally = tally
        self.collector = collector
        problems = plan.problems
    }
}
