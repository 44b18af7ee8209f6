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

    private let entries: UnsafeMutableBufferPointer<Entry>
    private let bytes: UnsafeMutableRawBufferPointer
    private let key: [UInt64]

    init() {
        var generator = SystemRandomNumberGenerator()
        key = (0..<4).map { _ in generator.next() }
        entries = .allocate(capacity: Self.count)
        entries.initialize(repeating: Entry())
        bytes = .allocate(byteCount: Self.longest, alignment: 8)
    }

    deinit {
        entries.deallocate()
        bytes.deallocate()
    }

    /// What is known of an assignment, or what `judge` says of it now.
    ///
    /// - Parameter names: A team's own, which the judge is asked about in other words.
    func score(_ assignment: Assignment, in text: UnsafeRawBufferPointer, _ names: [String]) -> Score {
        guard names.isEmpty, let fingerprint = fingerprint(of: assignment, in: text) else {
            return names.score(assignment, in: text)
        }
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
        guard let base = bytes.baseAddress, count <= Self.longest else { return nil }
        bytes.storeBytes(of: 0, as: UInt64.self)
        bytes[0] = assignment.syntax.rawValue
        bytes[1] = assignment.quote.rawValue
        bytes[2] = assignment.following
        bytes[3] = assignment.isInComment ? 1 : 0
        bytes[4] = UInt8(truncatingIfNeeded: name.count)
        bytes[5] = UInt8(truncatingIfNeeded: name.count >> 8)
        UnsafeMutableRawBufferPointer(rebasing: bytes[head...]).copyMemory(from: name)
        UnsafeMutableRawBufferPointer(rebasing: bytes[(head + name.count)...]).copyMemory(from: value)
        // The fingerprint is of 32 bytes or more, and of how many these are.
        let least = max(count, 32)
        for index in count..<least { bytes[index] = 0 }
        bytes[6] = UInt8(truncatingIfNeeded: value.count)
        bytes[7] = UInt8(truncatingIfNeeded: value.count >> 8)
        return windsock_fingerprint(base.assumingMemoryBound(to: UInt8.self), least, key)
    }
}
