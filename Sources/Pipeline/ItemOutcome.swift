import ScanSources
import Scanner

/// What became of one item of a plan.
struct ItemOutcome: Sendable {
    /// Index in the plan.
    var item: Int
    var detections: [Detection]
}

/// What one worker has done; merged when all are finished.
struct WorkerTally: Sendable {
    var outcomes: [ItemOutcome] = []
    var omissions: [Omission] = []
    var problems: [(item: Int, problem: Problem)] = []
    /// Only where the scan is to be explained.
    var explanations: [ItemExplanation] = []
    var filesScanned = 0
    var blobsScanned = 0
    var bytesScanned = 0

    mutating func merge(_ other: WorkerTally) {
        outcomes += other.outcomes
        omissions += other.omissions
        problems += other.problems
        explanations += other.explanations
        filesScanned += other.filesScanned
        blobsScanned += other.blobsScanned
        bytesScanned += other.bytesScanned
    }
}
