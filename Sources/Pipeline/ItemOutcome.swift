import Findings
import ScanSources
import Scanner

/// What became of one item of a plan.
struct ItemOutcome: Sendable {
    /// Index in the plan.
    var item: Int
    var detections: [Detection]
}

/// A blob that is to be scanned again under its path.
struct Suspect: Sendable {
    /// Index in the plan.
    var item: Int
    /// Where in it there may be something; `nil`: anywhere.
    var places: PlacesOfInterest?
}

/// What one worker has done; merged when all are finished.
struct WorkerTally: Sendable {
    var outcomes: [ItemOutcome] = []
    var omissions: [Omission] = []
    var problems: [(item: Int, problem: Problem)] = []
    /// Only where the scan is to be explained.
    var explanations: [ItemExplanation] = []
    /// Comments that let nothing pass, or are none; where they are asked for.
    var complaints: [(item: Int, members: [String], complaint: CommentComplaint)] = []
    /// What somebody's settings let pass.
    var silenced: [(item: Int, detection: SilencedDetection)] = []
    /// How often something was found in lines that a patch shows and does not change.
    var unchangedCount = 0
    /// Packed blobs in which there may be something.
    var suspects: [Suspect] = []
    /// Packed objects that the reader of packs left to libgit2.
    var readSingly = 0
    /// Items in which there was nothing: indices in the plan.
    var clean: [Int] = []
    /// Items that are no text.
    var binary: [Int] = []
    /// Items whose content was looked at, where they are to be listed.
    var read: [(item: Int, content: ScannedObject.Content)] = []
    var filesScanned = 0
    var blobsScanned = 0
    var bytesScanned = 0

    mutating func merge(_ other: WorkerTally) {
        outcomes += other.outcomes
        omissions += other.omissions
        problems += other.problems
        explanations += other.explanations
        complaints += other.complaints
        silenced += other.silenced
        unchangedCount += other.unchangedCount
        suspects += other.suspects
        readSingly += other.readSingly
        clean += other.clean
        read += other.read
        binary += other.binary
        filesScanned += other.filesScanned
        blobsScanned += other.blobsScanned
        bytesScanned += other.bytesScanned
    }
}
