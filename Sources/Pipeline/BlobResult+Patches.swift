import Findings
import ScanSources
import Scanner

extension BlobResult {
    /// Moves what was found in the lines of a patch to where it stands in the file, and takes out what the patch does not add.
    ///
    /// - Returns: How much was taken out.
    mutating func move(to lines: PatchLines) -> Int {
        let count = detections.count
        detections.removeAll { !lines.holdsAddition($0.region.lines) }
        for index in detections.indices {
            detections[index].region.move(to: lines)
        }
        for index in explanations.indices {
            if !lines.holdsAddition(explanations[index].region.lines) { explanations[index].drop(by: .unchangedLine) }
            explanations[index].region.move(to: lines)
        }
        for index in complaints.indices { complaints[index].region.move(to: lines) }
        for index in skipped.indices { skipped[index].line = lines.number(of: skipped[index].line) }
        return count - detections.count
    }
}

extension Occurrence.Region {
    fileprivate var lines: ClosedRange<Int> { startLine...max(startLine, endLine) }

    fileprivate mutating func move(to lines: PatchLines) {
        (startLine, endLine) = (lines.number(of: startLine), lines.number(of: endLine))
    }
}
