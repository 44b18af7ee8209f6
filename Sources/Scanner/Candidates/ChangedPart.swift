import Bytes

/// A part of a text that is not as it was in the text's base: what the text was made from.
struct ChangedPart {
    /// Whole lines around changes, or a part of a very long line.
    var lines: Range<Int>
    /// What is new in it, in order; empty ranges where something was taken out.
    var changes: ArraySlice<Range<Int>>
    /// Whether it begins or ends within a line.
    var cutsLine: Bool

    /// No part: what a whole text has.
    static let none = ChangedPart(lines: 0..<0, changes: [], cutsLine: false)

    /// Whether any of a range was not there, or not next to what it is next to now, in the base.
    func isNew(_ range: Range<Int>) -> Bool {
        let first = changes.partitionPoint { $0.upperBound < range.lowerBound }
        return first < changes.endIndex && changes[first].lowerBound <= range.upperBound
    }
}

/// How far the changed parts of a text were looked at.
struct ChangeProgress {
    /// The part that is looked at now.
    var part = ChangedPart.none
    /// Up to here names were looked for whose values may be in a changed part.
    var namesEnd = 0
    /// Where words of names stand outside of the changed parts.
    var distantNames: [DistantName] = []
}
