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

    /// What is masked in the parts of texts that were looked at last: each version of a file has most lines of the one before.
    final class Memory {
        fileprivate var parts: [[UInt8]: MaskedRanges] = [:]
        fileprivate static let limit = 512
        /// In bytes.
        fileprivate static let longestPart = 4096
    }

    /// - Parameters:
    ///   - shown: Parts of the text.
    ///   - names: Behind which a value is not shown.
    ///   - memory: Knows what was masked in other texts, with the same names.
    init(
        in text: UnsafeRawBufferPointer, shown: some Sequence<Range<Int>>, names: NamesOfSecrets,
        _ memory: Memory? = nil
    ) {
        var windows = WindowList()
        for range in shown.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            windows.insert(
                max(0, range.lowerBound - Self.reach.before)..<min(text.count, range.upperBound + Self.reach.behind))
        }
        for window in windows.ranges {
            func moved(_ range: Range<Int>) -> Range<Int> {
                range.lowerBound + window.lowerBound..<range.upperBound + window.lowerBound
            }
            let found = Self.known(text.slice(window), names, memory)
            values += found.values.map(moved)
            random += found.random.map(moved)
        }
        values.sort { $0.lowerBound < $1.lowerBound }
    }
    private static func known(
        _ part: UnsafeRawBufferPointer, _ names: NamesOfSecrets, _ memory: Memory?
    ) -> MaskedRanges {
        guard let memory, part.count <= Memory.longestPart else { return MaskedRanges(of: part, names) }
        let bytes = Array(part)
        if let known = memory.parts[bytes] { return known }
        let found = MaskedRanges(of: part, names)
        if memory.parts.count >= Memory.limit { memory.parts.removeAll(keepingCapacity: true) }
        memory.parts[bytes] = found
        return found
    }

    private init(of part: UnsafeRawBufferPointer, _ names: NamesOfSecrets) {
        values = AssignedValues.ranges(in: part, names: names) + CommandLineValues.ranges(in: part)
        let assigned = WindowList(values)
        values += PasswordRuns.ranges(in: part).filter { !assigned.overlaps($0) }
        random = RandomRuns.ranges(in: part)
    }
}
