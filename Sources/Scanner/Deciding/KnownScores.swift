internal import Bytes
internal import CLiteralSearch
internal import Judge

/// What the judge has said of the assignments that were asked for last. One a thread.
///
/// Most lines of a version of a file stand in the one before, too, and a value stands in many files. The judge looks at a
/// name, a value and how it is written: what it says of these once it says each time. They are known again by a keyed
/// fingerprint of 64 bits.
final class KnownScores {
    private struct Entry {
        var fingerprint: UInt64 = 0
        var score: Score?
    }

    private static let count = 4096
    private static let longest = 512

    /// Made for the first assignment: a thread that meets none pays for nothing.
    private var entries: [Entry] = []
    private let key: [UInt64]

    init() {
        var generator = SystemRandomNumberGenerator()
        key = (0..<4).map { _ in generator.next() }
    }

    /// What is known of an assignment, or what `judge` says of it now.
    ///
    /// - Parameter names: A team's own, which the judge is asked about in other words.
    func score(_ assignment: Assignment, in text: UnsafeRawBufferPointer, _ names: [String]) -> Score {
        guard names.isEmpty, let fingerprint = fingerprint(of: assignment, in: text) else {
            return names.score(assignment, in: text)
        }
        if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.count) }
        let place = Int(truncatingIfNeeded: fingerprint >> 32) % Self.count
        if entries[place].fingerprint == fingerprint, let score = entries[place].score { return score }
        let score = names.score(assignment, in: text)
        entries[place] = Entry(fingerprint: fingerprint, score: score)
        return score
    }

    /// Of all that the judge looks at; `nil` if that is too much.
    private func fingerprint(of assignment: Assignment, in text: UnsafeRawBufferPointer) -> UInt64? {
        let name = text.slice(assignment.name)
        let value = text.slice(assignment.value)
        let head = 8
        let count = head + name.count + value.count
        guard count <= Self.longest else { return nil }
        // A fingerprint is of 32 bytes or more.
        let whole = max(count, 32)
        return withUnsafeTemporaryAllocation(byteCount: whole, alignment: 8) { bytes in
            guard let base = bytes.baseAddress else { return nil }
            bytes[0] = assignment.syntax.rawValue
            bytes[1] = assignment.quote.rawValue
            bytes[2] = assignment.following
            bytes[3] = assignment.isInComment ? 1 : 0
            bytes.storeBytes(of: UInt16(name.count), toByteOffset: 4, as: UInt16.self)
            bytes.storeBytes(of: UInt16(value.count), toByteOffset: 6, as: UInt16.self)
            UnsafeMutableRawBufferPointer(rebasing: bytes[head...]).copyMemory(from: name)
            UnsafeMutableRawBufferPointer(rebasing: bytes[(head + name.count)...]).copyMemory(from: value)
            for index in count..<whole { bytes[index] = 0 }
            return windsock_fingerprint(base.assumingMemoryBound(to: UInt8.self), whole, key)
        }
    }
}
