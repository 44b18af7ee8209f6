import Bytes

/// An index for many packs (`multi-pack-index`), version 1, as `gitformat-pack` has it.
///
/// It names each object once, in one of the packs that have it. So it is only asked where a pack has no index of its own.
enum MultiPackIndex {
    /// The objects that the index finds in a pack.
    static func objects(_ file: MappedFile, ofPack name: String) throws(PackError) -> ObjectTable {
        let bytes = file.bytes
        guard bytes.count >= 12, bytes.bigEndian(0, as: UInt32.self) == 0x4d49_4458 else {
            throw PackError(.damaged, file: file.path, "it is not an index for many packs")
        }
        guard bytes[4] == 1 else {
            throw PackError(.unsupported, file: file.path, "it is an index for many packs of version \(bytes[4])")
        }
        guard bytes[5] == 1 else { throw PackError(.unsupported, file: file.path, "its ids are not of SHA-1") }
        guard bytes[7] == 0 else { throw PackError(.unsupported, file: file.path, "it is one of several") }

        let chunks = try Chunks(file)
        let names = try chunks.required("PNAM")
        let fanout = try chunks.required("OIDF")
        let ids = try chunks.required("OIDL")
        let offsets = try chunks.required("OOFF")
        guard fanout.count >= 1024 else { throw PackError(.damaged, file: file.path, "it is cut off") }
        let count = Int(bytes.bigEndian(fanout.lowerBound + 1020, as: UInt32.self))
        guard ids.count >= 20 * count, offsets.count >= 8 * count,
            ObjectTable.isFanout(bytes, at: fanout.lowerBound, count: count)
        else { throw PackError(.damaged, file: file.path, "its parts do not fit together") }
        guard let pack = position(of: name, in: bytes[names]) else {
            throw PackError(.unreadable, file: file.path, "it does not know the pack \(name)")
        }

        let rows = (0..<count).compactMap { row in
            bytes.bigEndian(offsets.lowerBound + 8 * row, as: UInt32.self) == pack ? UInt32(row) : nil
        }
        return ObjectTable(
            file: file, count: count, fanout: fanout.lowerBound, ids: ids.lowerBound,
            offsets: .init(start: offsets.lowerBound + 4, stride: 8, large: chunks["LOFF"] ?? 0..<0), checksums: nil,
            rows: rows)
    }

    /// The names of the packs' indexes, each ended by a zero, in the order of their numbers.
    private static func position(of name: String, in names: Slice<UnsafeRawBufferPointer>) -> UInt32? {
        let wanted = [(name + ".idx"), (name + ".pack")].map { Array($0.utf8) }
        for (number, entry) in names.split(separator: 0).enumerated() where wanted.contains(where: entry.elementsEqual)
        {
            return UInt32(number)
        }
        return nil
    }

    /// The parts of the file, found by their names.
    private struct Chunks {
        private let file: MappedFile
        private var ranges: [UInt32: Range<Int>] = [:]

        init(_ file: MappedFile) throws(PackError) {
            self.file = file
            let bytes = file.bytes
            let count = Int(bytes[6])
            guard bytes.count >= 12 + 12 * (count + 1) else {
                throw PackError(.damaged, file: file.path, "it is cut off")
            }
            for chunk in 0..<count {
                let row = 12 + 12 * chunk
                let start = bytes.bigEndian(row + 4, as: UInt64.self)
                let end = bytes.bigEndian(row + 16, as: UInt64.self)
                guard start <= end, end <= UInt64(bytes.count) else {
                    throw PackError(.damaged, file: file.path, "its parts are outside the file")
                }
                ranges[bytes.bigEndian(row, as: UInt32.self)] = Int(start)..<Int(end)
            }
        }

        subscript(name: StaticString) -> Range<Int>? {
            ranges[UnsafeRawBufferPointer(start: name.utf8Start, count: 4).bigEndian(0, as: UInt32.self)]
        }

        func required(_ name: StaticString) throws(PackError) -> Range<Int> {
            guard let range = self[name] else {
                throw PackError(.damaged, file: file.path, "its part \(name) is missing")
            }
            return range
        }
    }
}
