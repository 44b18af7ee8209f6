/// Bytes that take the place of others in a text.
package struct Edit: Hashable, Sendable {
    /// What is replaced; empty: nothing, it is an insertion.
    package var range: Range<Int>
    /// What stands there afterwards.
    package var text: [UInt8]

    package init(_ range: Range<Int>, _ text: String) { (self.range, self.text) = (range, Array(text.utf8)) }

    /// How many bytes longer the text becomes.
    var growth: Int { text.count - range.count }

    /// A text with edits made, none of which overlaps another; those at one place in the order in which they are given.
    package static func applied(_ edits: [Edit], to text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for edit in sorted(edits) {
            result += text[position..<edit.range.lowerBound]
            result += edit.text
            position = edit.range.upperBound
        }
        return result + text[position...]
    }

    /// Whether edits can be made in a text of so many bytes: none is outside of it, or overlaps another.
    static func fit(_ edits: [Edit], count: Int) -> Bool {
        var position = 0
        for edit in sorted(edits) {
            guard edit.range.lowerBound >= position, edit.range.upperBound <= count else { return false }
            position = edit.range.upperBound
        }
        return true
    }

    private static func sorted(_ edits: [Edit]) -> [Edit] {
        // The sort of the library keeps no order among equals by promise.
        edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }.map(\.element)
    }

    /// Where a place is after edits; those at the place itself move it.
    static func moved(_ range: Range<Int>, by edits: [Edit]) -> Range<Int> {
        let shift = edits.filter { $0.range.upperBound <= range.lowerBound }.reduce(0) { $0 + $1.growth }
        return range.lowerBound + shift..<range.upperBound + shift
    }
}
