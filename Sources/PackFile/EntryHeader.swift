/// What stands before an entry's compressed data.
struct EntryHeader {
    /// What the entry is a difference to.
    enum Base {
        case none
        /// The entry that starts so many bytes before this one.
        case distance(UInt64)
        /// The object whose id stands at this place of the pack.
        case id(Int)
    }

    /// `nil` for a difference: it is what its base is.
    let kind: PackedKind?
    let base: Base
    /// Of what comes out of the compressed data, in bytes.
    let size: UInt64
    /// Where the compressed data starts.
    let dataStart: Int

    init?(_ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int) {
        guard offset < end else { return nil }
        var position = offset + 1
        var byte = bytes[offset]
        let type = byte >> 4 & 7
        var size = UInt64(byte & 15)
        var shift: UInt64 = 4
        while byte & 0x80 != 0 {
            guard position < end else { return nil }
            byte = bytes[position]
            position += 1
            let bits = UInt64(byte & 0x7f)
            guard shift < 64, (bits << shift) >> shift == bits else { return nil }
            size |= bits << shift
            shift += 7
        }
        switch type {
        case 6:
            guard let distance = Self.distance(bytes, &position, end: end) else { return nil }
            base = .distance(distance)
            kind = nil
        case 7:
            guard end - position >= ObjectTable.idSize else { return nil }
            base = .id(position)
            kind = nil
            position += ObjectTable.idSize
        default:
            guard let known = PackedKind(rawValue: type) else { return nil }
            base = .none
            kind = known
        }
        self.size = size
        dataStart = position
    }

    private static func distance(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int, end: Int
    ) -> UInt64? {
        var distance: UInt64 = 0
        var isFirst = true
        while position < end {
            let byte = bytes[position]
            position += 1
            if !isFirst { distance += 1 }
            isFirst = false
            guard distance >> 56 == 0 else { return nil }
            distance = distance << 7 | UInt64(byte & 0x7f)
            if byte & 0x80 == 0 { return distance }
        }
        return nil
    }
}
