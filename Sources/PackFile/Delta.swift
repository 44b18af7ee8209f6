internal import Platform

/// The instructions that make an object from its base (`gitformat-pack`, "Deltified representation").
struct Delta {
    /// As the delta says; nothing else has been checked.
    let baseSize: UInt64
    let resultSize: UInt64
    private let bytes: UnsafeRawBufferPointer
    private let start: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(EntryProblem) {
        var position = 0
        baseSize = try Self.size(bytes, &position)
        resultSize = try Self.size(bytes, &position)
        self.bytes = bytes
        start = position
    }

    private static func size(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) throws(EntryProblem) -> UInt64 {
        var size: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            let bits = UInt64(byte & 0x7f)
            guard shift < 64, (bits << shift) >> shift == bits else { throw .badInstruction }
            size |= bits << shift
            if byte & 0x80 == 0 { return size }
            shift += 7
        }
        throw .badInstruction
    }

    private enum Instruction {
        case copy(from: Int, count: Int)
        case insert(from: Int, count: Int)
    }

    /// Reads the instruction at `position`, which goes to the next one.
    @inline(__always)
    private func next(_ position: inout Int) throws(EntryProblem) -> Instruction {
        // Seven bytes may follow; where they cannot all be there, each one is asked for.
        let code = bytes[position]
        position += 1
        if code & 0x80 == 0 {
            let (from, count) = (position, Int(code))
            guard count > 0, bytes.count - from >= count else { throw .badInstruction }
            position += count
            return .insert(from: from, count: count)
        }
        guard bytes.count - position >= (code & 0x7f).nonzeroBitCount else { throw .badInstruction }
        var from = 0
        var count = 0
        if code & 0x01 != 0 { from = byte(&position) }
        if code & 0x02 != 0 { from |= byte(&position) << 8 }
        if code & 0x04 != 0 { from |= byte(&position) << 16 }
        if code & 0x08 != 0 { from |= byte(&position) << 24 }
        if code & 0x10 != 0 { count = byte(&position) }
        if code & 0x20 != 0 { count |= byte(&position) << 8 }
        if code & 0x40 != 0 { count |= byte(&position) << 16 }
        return .copy(from: from, count: count == 0 ? 0x10000 : count)
    }

    @inline(__always)
    private func byte(_ position: inout Int) -> Int {
        defer { position += 1 }
        return Int(bytes[position])
    }

    /// Checks every instruction, and lists the pieces that they make. Nothing is allocated for the result before.
    func check(baseCount: Int, pieces: inout PieceList) throws(EntryProblem) {
        pieces.removeAll()
        guard baseSize == UInt64(baseCount) else { throw .wrongBaseSize }
        guard resultSize <= UInt64(UInt32.max) else { throw .tooLarge }
        let resultSize = Int(resultSize)
        var target = 0
        var position = start
        while position < bytes.count {
            let piece: DeltaPiece
            switch try next(&position) {
            case .insert(_, let count):
                guard count <= resultSize - target else { throw .wrongResultSize }
                piece = DeltaPiece(targetStart: UInt32(target), count: UInt32(count), place: DeltaPiece.new)
                target += count
            case .copy(let from, let count):
                guard from <= baseCount, count <= baseCount - from else { throw .copyOutsideBase }
                guard count <= resultSize - target else { throw .wrongResultSize }
                piece = DeltaPiece(targetStart: UInt32(target), count: UInt32(count), place: UInt64(from))
                target += count
            }
            pieces.append(piece)
        }
        guard target == resultSize else { throw .wrongResultSize }
    }

    /// Makes the object. The instructions have been checked for this base, and the result is as long as they say. All
    /// three have `slack`.
    func apply(base: UnsafeRawBufferPointer, into result: UnsafeMutableRawBufferPointer) {
        // An empty result has no instruction.
        guard let source = base.baseAddress ?? bytes.baseAddress, let delta = bytes.baseAddress,
            var target = result.baseAddress
        else { return }
        var position = start
        while position < bytes.count, let instruction = try? next(&position) {
            switch instruction {
            case .insert(let from, let count):
                Self.copy(delta + from, to: target, count)
                target += count
            case .copy(let from, let count):
                Self.copy(source + from, to: target, count)
                target += count
            }
        }
    }

    /// Most are short: 32 bytes are copied faster than they are counted, and what is too much is overwritten.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ count: Int) {
        guard count <= slack else {
            memcpy(target, source, count)
            return
        }
        typealias Half = SIMD16<UInt8>
        let first = source.loadUnaligned(as: Half.self)
        let second = source.loadUnaligned(fromByteOffset: 16, as: Half.self)
        target.storeBytes(of: first, as: Half.self)
        target.storeBytes(of: second, toByteOffset: 16, as: Half.self)
    }

    /// So many bytes behind the base and the delta are read, and behind the result written.
    private static let slack = 32

    /// Makes the first bytes of an object that is too large to be made, as far as the instructions are good.
    ///
    /// - Returns: How many there are.
    func applyPrefix(base: UnsafeRawBufferPointer, into result: UnsafeMutableRawBufferPointer) -> Int {
        var target = 0
        var position = start
        while position < bytes.count, target < result.count, let instruction = try? next(&position) {
            let source: Slice<UnsafeRawBufferPointer>
            switch instruction {
            case .insert(let from, let count): source = bytes[from..<from + count]
            case .copy(let from, let count):
                guard from <= base.count, count <= base.count - from else { return target }
                source = base[from..<from + count]
            }
            let part = UnsafeRawBufferPointer(rebasing: source.prefix(result.count - target))
            UnsafeMutableRawBufferPointer(rebasing: result[target...]).copyMemory(from: part)
            target += part.count
        }
        return target
    }
}
