import Bytes

/// A pack's own index (`pack-….idx`), version 2, as `gitformat-pack` has it.
struct PackIndex: Sendable {
    let objects: ObjectTable
    /// The checksum that the pack must end with.
    var packChecksum: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: objects.file.bytes.suffix(40).prefix(20))
    }
    private static let headerSize = 8 + 256 * 4

    init(_ file: MappedFile) throws(PackError) {
        let bytes = file.bytes
        guard bytes.count >= 8 else { throw PackError(.damaged, file: file.path, "it is cut off") }
        guard bytes.bigEndian(0, as: UInt32.self) == 0xff74_4f63 else {
            // Version 1 has neither a name nor a version; it starts with its ranges, the first of them small.
            guard bytes[0] == 0, bytes.count >= 1024 else {
                throw PackError(.damaged, file: file.path, "it is not an index of a pack")
            }
            throw PackError(.unsupported, file: file.path, "it is an index of version 1")
        }
        let version = bytes.bigEndian(4, as: UInt32.self)
        guard version == 2 else {
            throw PackError(.unsupported, file: file.path, "it is an index of version \(version)")
        }
        guard bytes.count >= Self.headerSize else { throw PackError(.damaged, file: file.path, "it is cut off") }
        let count = Int(bytes.bigEndian(Self.headerSize - 4, as: UInt32.self))
        guard ObjectTable.isFanout(bytes, at: 8, count: count) else {
            throw PackError(.damaged, file: file.path, "its ranges are not in order")
        }

        let rest = bytes.count - Self.headerSize
        guard let large = Self.largeOffsets(rest, count: count, idSize: ObjectTable.idSize) else {
            if Self.largeOffsets(rest, count: count, idSize: 32) != nil {
                throw PackError(.unsupported, file: file.path, "its ids are of SHA-256")
            }
            throw PackError(.damaged, file: file.path, "it has not the size of an index of \(count) objects")
        }
        let checksums = Self.headerSize + ObjectTable.idSize * count
        let offsets = checksums + 4 * count
        objects = ObjectTable(
            file: file, count: count, fanout: 8, ids: Self.headerSize,
            offsets: .init(start: offsets, stride: 4, large: offsets + 4 * count..<offsets + 4 * count + 8 * large),
            checksums: checksums)
    }

    /// How many large offsets an index has: they are what its size leaves over. With ids of another length, more would
    /// be left than there are objects.
    private static func largeOffsets(_ rest: Int, count: Int, idSize: Int) -> Int? {
        let surplus = rest - (idSize + 8) * count - 2 * idSize
        guard surplus >= 0, surplus % 8 == 0, surplus / 8 <= count else { return nil }
        return surplus / 8
    }

    /// Whether the index is what its writer wrote.
    func verifyChecksum() throws(PackError) {
        let bytes = objects.file.bytes
        guard SHA1.digest(UnsafeRawBufferPointer(rebasing: bytes.dropLast(20))).elementsEqual(bytes.suffix(20)) else {
            throw PackError(.damaged, file: objects.file.path, "its content does not have its checksum")
        }
    }
}
