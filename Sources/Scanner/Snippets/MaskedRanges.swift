internal import Bytes
import Findings

/// What may be a secret in those parts of a text that are shown, whether or not a rule looks for it.
///
/// It costs what is shown, not what is scanned.
struct MaskedRanges {
    /// What stands for a value: in order of place; some overlap.
    private(set) var values: [Range<Int>] = []
    /// What is random: in order, none overlaps another.
    private(set) var random: [Range<Int>] = []

    /// How far around what is shown is read: a name before it, the end of a token behind it; in bytes.
    private static let reach = (before: AssignmentReader.reach, behind: 256)

    /// - Parameters:
    ///   - shown: Parts of the text.
    ///   - names: Behind which a value is not shown.
    init(in text: UnsafeRawBufferPointer, shown: some Sequence<Range<Int>>, names: NamesOfSecrets) {
        var windows = WindowList()
        for range in shown.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            windows.insert(
                max(0, range.lowerBound - Self.reach.before)..<min(text.count, range.upperBound + Self.reach.behind))
        }
        for window in windows.ranges {
            func moved(_ range: Range<Int>) -> Range<Int> {
                range.lowerBound + window.lowerBound..<range.upperBound + window.lowerBound
            }
            let part = text.slice(window)
            values += (AssignedValues.ranges(in: part, names: names) + CommandLineValues.ranges(in: part)).map(moved)
            let words = PasswordRuns.ranges(in: part).map(moved)
            values += words.filter { word in !values.contains { $0.overlaps(word) } }
            random += RandomRuns.ranges(in: part).map(moved)
        }
        values.sort { $0.lowerBound < $1.lowerBound }
    }
}
