internal import Bytes

/// Looks beside changed parts for the names of values that are new: `default = "V"` stands lines below `variable "x" {`.
extension CandidateFinder {
    /// How far above and below a part names are looked for, in bytes.
    private static let reach = (above: AssignmentReader.reach, below: 300)

    /// Whether a part may hold values whose names stand outside of it.
    func mayHoldValues(_ part: ChangedPart, of text: UnsafeRawBufferPointer) -> Bool {
        !index.judgedRules.isEmpty && (part.cutsLine || ContinuedAssignment.mayStand(in: part.lines, of: text))
    }

    mutating func findNames(above part: ChangedPart, of text: UnsafeRawBufferPointer) {
        let start = max(progress.namesEnd, part.lines.lowerBound - Self.reach.above, 0)
        if start < part.lines.lowerBound { findNames(in: start..<part.lines.lowerBound, of: text) }
        progress.namesEnd = part.lines.upperBound
    }

    mutating func findNames(below part: ChangedPart, of text: UnsafeRawBufferPointer) {
        let end = min(text.count, part.lines.upperBound + Self.reach.below)
        findNames(in: part.lines.upperBound..<end, of: text)
        progress.namesEnd = end
    }

    private mutating func findNames(in range: Range<Int>, of text: UnsafeRawBufferPointer) {
        index.prefilter.forEachHit(in: text.slice(range), buffer: hits.hits) { offset, keyword in
            guard keyword < index.firstMark else { return }
            let start = range.lowerBound + offset
            triggers.forEach(of: keyword) { trigger in
                guard index.beginnings[trigger.rule] == .keyword else { return }
                windows.insert(start..<start + index.lengths[keyword], for: trigger.rule)
            }
        }
    }
}
