import Bytes
internal import Zlib

/// Rebuilds single entries of a pack from their bytes and their bases.
struct EntryReader: ~Copyable {
    private let plan: PackPlan
    private let limits: PackLimits
    private let verifies: Bool
    private let inflater = Inflater()

    init(_ plan: PackPlan, limits: PackLimits, verifies: Bool) {
        self.plan = plan
        self.limits = limits
        self.verifies = verifies
    }

    enum Result {
        case whole(BufferPool.Buffer)
        /// Too large; the first bytes, and the size if it is known.
        case beginning(BufferPool.Buffer, size: UInt64?)
    }

    /// Rebuilds an object.
    ///
    /// - Parameters:
    ///   - base: The whole base of a delta; `nil` for an object that is stored whole.
    ///   - pieces: Receives what a delta does.
    ///   - isRepeated: Whether it has been rebuilt before and need not be verified again.
    borrowing func rebuild(
        _ position: Int, base: UnsafeRawBufferPointer?, isRepeated: Bool, memory: inout WalkMemory,
        pieces: inout PieceList
    ) throws(EntryProblem) -> Result {
        let entry = try StoredEntry(plan, position: position, isDelta: base != nil)
        let header = entry.header
        defer { plan.pack.file.noteRead(entry.range, limit: limits.residentBytes) }

        guard header.size <= UInt64(limits.maximumObjectSize) else {
            return beginning(header, entry.stream, base: base, memory: &memory)
        }
        let checksum = verifies && !isRepeated ? plan.pack.objects.checksum(Int(plan.indexes[position])) : nil
        memory.makeRoom(for: Int(header.size))
        let inflated = try inflate(
            entry, headerSize: header.dataStart - Int(plan.offsets[position]), checksum: checksum, memory: &memory)
        let result: Result
        if let base {
            defer { memory.pool.giveBack(inflated) }
            result = try apply(inflated.bytes, to: base, memory: &memory, pieces: &pieces)
        } else {
            pieces.removeAll()
            result = .whole(inflated)
        }
        if verifies, !isRepeated, case .whole(let object) = result, !hasItsID(object.bytes, position) {
            memory.pool.giveBack(object)
            throw .wrongID
        }
        return result
    }

    private func inflate(
        _ entry: StoredEntry, headerSize: Int, checksum: UInt32?, memory: inout WalkMemory
    ) throws(EntryProblem) -> BufferPool.Buffer {
        let size = Int(entry.header.size)
        let output = memory.pool.take(size)
        let inflated = inflater.inflate(
            entry.stream, inputSlack: entry.inputSlack, into: output.mutableBytes, outputSlack: output.capacity - size)
        guard let count = inflated else {
            memory.pool.giveBack(output)
            throw .badStream
        }
        if let checksum, let start = entry.stream.baseAddress {
            let whole = UnsafeRawBufferPointer(start: start - headerSize, count: headerSize + count)
            guard Inflater.checksum(whole) == checksum else {
                memory.pool.giveBack(output)
                throw .wrongChecksum
            }
        }
        return output
    }

    private func apply(
        _ instructions: UnsafeRawBufferPointer, to base: UnsafeRawBufferPointer,
        memory: inout WalkMemory, pieces: inout PieceList
    ) throws(EntryProblem) -> Result {
        let delta = try Delta(instructions)
        guard delta.resultSize <= UInt64(limits.maximumObjectSize) else {
            pieces.removeAll()
            let size = Int(min(UInt64(limits.beginningSize), delta.resultSize))
            memory.makeRoom(for: size)
            var output = memory.pool.take(size)
            output.shorten(to: delta.applyPrefix(base: base, into: output.mutableBytes))
            return .beginning(output, size: delta.resultSize)
        }
        try delta.check(baseCount: base.count, pieces: &pieces)
        memory.makeRoom(for: Int(delta.resultSize))
        let object = memory.pool.take(Int(delta.resultSize))
        delta.apply(base: base, into: object.mutableBytes)
        return .whole(object)
    }

    /// The beginning of an object whose stored form is already too large.
    private func beginning(
        _ header: EntryHeader, _ stored: UnsafeRawBufferPointer, base: UnsafeRawBufferPointer?,
        memory: inout WalkMemory
    ) -> Result {
        memory.makeRoom(for: 2 * limits.beginningSize)
        // A stream may go on after the size that the header names; that is not the object's.
        var output = memory.pool.take(Int(min(UInt64(limits.beginningSize), header.size)))
        // libdeflate only inflates whole streams. Of a damaged one what comes before the damage is shown.
        var stream = InflateStream(.zlib)
        output.shorten(to: stream.inflate(stored, into: output.mutableBytes).written)
        guard let base else { return .beginning(output, size: header.size) }
        defer { memory.pool.giveBack(output) }
        let delta = try? Delta(output.bytes)
        var object = memory.pool.take(Int(min(UInt64(limits.beginningSize), delta?.resultSize ?? 0)))
        object.shorten(to: delta?.applyPrefix(base: base, into: object.mutableBytes) ?? 0)
        return .beginning(object, size: delta?.resultSize)
    }

    private func hasItsID(_ content: UnsafeRawBufferPointer, _ position: Int) -> Bool {
        guard let kind = PackedKind(rawValue: plan.states[position]) else { return false }
        var sum = SHA1()
        Array("\(kind.name) \(content.count)\0".utf8).withUnsafeBytes { sum.update($0) }
        sum.update(content)
        return sum.finish().elementsEqual(plan.id(of: .init(position: position)))
    }
}
