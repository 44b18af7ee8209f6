/// Which objects a pack has, sorted by id: from the pack's own index, or from one for many packs.
struct ObjectTable: Sendable {
    static let idSize = 20

    let file: MappedFile
    /// How many objects.
    let count: Int
    /// Where the ids start in the file.
    private let ids: Int
    /// Where the ranges of the ids by their first byte start in the file: 256 numbers.
    private let fanout: Int
    private let offsets: OffsetTable
    /// Where the checksums start in the file; an index for many packs has none.
    private let checksums: Int?
    /// Which rows are of this pack, in an index for many packs; `nil`: all.
    private let rows: [UInt32]?

    /// Where an index has the objects' places in the pack.
    struct OffsetTable {
        /// Where the numbers of 4 bytes start, and how far apart they are.
        let start: Int
        let stride: Int
        /// Where the numbers of 8 bytes are to which large ones point.
        let large: Range<Int>
    }

    init(
        file: MappedFile, count: Int, fanout: Int, ids: Int, offsets: OffsetTable, checksums: Int?,
        rows: [UInt32]? = nil
    ) {
        self.file = file
        self.count = rows?.count ?? count
        self.fanout = fanout
        self.ids = ids
        self.offsets = offsets
        self.checksums = checksums
        self.rows = rows
    }

    /// Whether 256 numbers are ranges of a table of so many rows.
    static func isFanout(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> Bool {
        var last: UInt32 = 0
        for first in 0..<256 {
            let end = bytes.bigEndian(offset + 4 * first, as: UInt32.self)
            if end < last { return false }
            last = end
        }
        return Int(last) == count
    }

    private func row(_ index: Int) -> Int { rows.map { Int($0[index]) } ?? index }

    /// The 20 bytes of an id, in the mapped file.
    func id(_ index: Int) -> UnsafeRawBufferPointer {
        let start = ids + Self.idSize * row(index)
        return UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + Self.idSize])
    }

    /// Where an object starts in the pack; the largest number if the index does not say.
    func offset(_ index: Int) -> UInt64 {
        let short = file.bytes.bigEndian(offsets.start + offsets.stride * row(index), as: UInt32.self)
        guard short >> 31 == 1, !offsets.large.isEmpty || checksums != nil else { return UInt64(short) }
        let place = offsets.large.lowerBound + 8 * Int(short & 0x7fff_ffff)
        guard place + 8 <= offsets.large.upperBound else { return .max }
        return file.bytes.bigEndian(place, as: UInt64.self)
    }

    /// The CRC-32 of an object's bytes in the pack, where the index has it.
    func checksum(_ index: Int) -> UInt32? {
        checksums.map { file.bytes.bigEndian($0 + 4 * row(index), as: UInt32.self) }
    }

    /// Finds an object by the 20 bytes of its id.
    func index(of id: UnsafeRawBufferPointer) -> Int? {
        guard id.count == Self.idSize, let first = id.first else { return nil }
        var low = 0
        var high = count
        if rows == nil {
            low = first == 0 ? 0 : Int(file.bytes.bigEndian(fanout + 4 * Int(first) - 4, as: UInt32.self))
            high = Int(file.bytes.bigEndian(fanout + 4 * Int(first), as: UInt32.self))
        }
        while low < high {
            let middle = (low + high) / 2
            switch Self.compare(self.id(middle), id) {
            case 0: return middle
            case ..<0: low = middle + 1
            default: high = middle
            }
        }
        return nil
    }

    private static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        for offset in stride(from: 0, to: idSize, by: 4) {
            let (a, b) = (left.bigEndian(offset, as: UInt32.self), right.bigEndian(offset, as: UInt32.self))
            if a != b { return a < b ? -1 : 1 }
        }
        return 0
    }
}
