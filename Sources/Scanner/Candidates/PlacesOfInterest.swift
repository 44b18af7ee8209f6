import Bytes

/// The parts of a text outside of which a scan without a path has found nothing that could be reported.
///
/// A text that is made from another often holds the same few secrets, and is scanned again for each path: only near them.
package struct PlacesOfInterest: Sendable {
    /// What is to be looked at: offsets in the text, without a byte order mark; in order, not overlapping.
    private let ranges: [Range<Int>]
    /// The matches themselves, likewise.
    private let matches: [Range<Int>]

    /// To either side of a match, in bytes: what is masked where the match is shown, and what a reader of assignments that
    /// begins there may have passed over as a part of a longer value.
    private static let margin = AssignmentReader.longestValue + AssignmentReader.reach

    init(around matches: [Match]) {
        var (near, within) = (WindowList(), WindowList())
        for range in matches.map(\.whole).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            near.insert(max(0, range.lowerBound - Self.margin)..<range.upperBound + Self.margin)
            within.insert(range)
        }
        (ranges, self.matches) = (near.ranges, within.ranges)
    }

    /// Whether something in a range may matter to what is reported: as another reading of it, or as what is masked beside it.
    func isNear(_ range: Range<Int>) -> Bool { Self.meets(range, ranges) }

    /// Whether a match may be one of those that were found. At the edge of what was looked at others are read amiss.
    func mayHold(_ match: Match) -> Bool { Self.meets(match.whole, matches) }

    private static func meets(_ range: Range<Int>, _ ranges: [Range<Int>]) -> Bool {
        let first = ranges.partitionPoint { $0.upperBound < range.lowerBound }
        return first < ranges.count && ranges[first].lowerBound <= range.upperBound
    }
}
