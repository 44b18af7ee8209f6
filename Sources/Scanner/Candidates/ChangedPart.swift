import Bytes

/// A part of a text that is not as it was in the text's base: what the text was made from.
struct ChangedPart {
    /// Whole lines around changes, or a part of a very long line.
    var lines: Range<Int>
    /// What is new in it, in order; empty ranges where something was taken out.
    var changes: ArraySlice<Range<Int>>
    /// Whether it begins or ends within a line.
    var cutsLine: Bool
}

extension CandidateFinder {
    /// What is known of a text that is made from another, while its changed parts are looked at one by one.
    struct Change {
        /// The distant keywords of the base: what they say of the whole text was looked at there.
        let inherited: KeywordSet
        /// The part that is looked at now.
        var part: ChangedPart

        /// Whether any of a range was not there, or not next to what it is next to now, in the base.
        func isNew(_ range: Range<Int>) -> Bool {
            let first = part.changes.partitionPoint { $0.upperBound < range.lowerBound }
            return first < part.changes.endIndex && part.changes[first].lowerBound <= range.upperBound
        }
    }
}
