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
            noteName(keyword, at: start..<start + index.effects.length(of: keyword))
        }
    }

    /// Looks for words beside a part that say of a whole block what it holds: `kind: Secret`.
    ///
    /// - Parameter inherited: The distant keywords of the base; the part's own are found with all others.
    mutating func findBlocks(
        around part: ChangedPart, inheriting inherited: KeywordSet, of text: UnsafeRawBufferPointer
    ) {
        let reach = KubernetesSecret.furthestMember
        let lower = max(0, part.lines.lowerBound - reach)
        let upper = min(text.count, part.lines.upperBound + reach)
        for keyword in index.blockKeywords where inherited.contains(keyword) {
            var start = lower
            while let offset = index.first(keyword, in: start..<upper, of: text) {
                let place = offset..<offset + index.lengths[keyword]
                noteName(keyword, at: place)
                start = place.upperBound
            }
        }
    }

    private mutating func noteName(_ keyword: Int, at place: Range<Int>) {
        for number in index.effects.numbers(of: keyword) where index.effects[number].kind == .name {
            progress.distantNames.append(DistantName(rule: index.effects[number].rule, place: place))
        }
    }

    /// Adds to the windows of judged rules what was found beside the changed parts: in order, as windows are, and never one
    /// with what lies between.
    mutating func takeOverDistantNames() {
        guard !progress.distantNames.isEmpty else { return }
        for rule in index.judgedRules {
            let places = windows.ranges(of: rule) + progress.distantNames.filter { $0.rule == rule }.map(\.place)
            windows.replace(places.sorted { $0.lowerBound < $1.lowerBound }, for: rule)
        }
        progress.distantNames.removeAll(keepingCapacity: true)
    }
}

/// A word of a name that stands outside of the changed parts, whose value may be new.
struct DistantName {
    let rule: Int
    let place: Range<Int>
}
