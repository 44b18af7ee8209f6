import Bytes

/// A value that is encoded in a text: one run of the encoding's characters, or the lines of one that was wrapped.
struct EncodedValue: Equatable {
    /// In order; one, if the value is not wrapped.
    private(set) var lines: [Range<Int>]

    init(_ lines: [Range<Int>]) { self.lines = lines }

    /// From the first line's beginning to the last one's end.
    var range: Range<Int> { (lines.first?.lowerBound ?? 0)..<(lines.last?.upperBound ?? 0) }

    /// How many characters it has.
    var count: Int { lines.reduce(0) { $0 + $1.count } }

    var isWrapped: Bool { lines.count > 1 }

    /// The same with offsets in a part of the text that begins at a place.
    func moved(back distance: Int) -> EncodedValue {
        EncodedValue(lines.map { $0.lowerBound - distance..<$0.upperBound - distance })
    }

    /// The value that the first lines are.
    func prefix(_ count: Int) -> EncodedValue { EncodedValue(Array(lines.prefix(count))) }
}
