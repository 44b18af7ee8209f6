import Bytes
internal import Platform

/// A pack of a git repository, and the index to it.
///
/// The module reads what is in packs, and knows nothing of references, loose objects or other stores: an object whose
/// base is elsewhere is reported, not looked for. `PackPlan` says what there is, `PackWalker` rebuilds it.
package final class PackFile: Sendable {
    /// The path of the pack.
    package var path: String { file.path }
    /// How many objects the index finds in it.
    package var count: Int { objects.count }
    /// Whether the pack came from a server that keeps some objects to itself (a partial clone).
    package let isPromisor: Bool

    let file: MappedFile
    let objects: ObjectTable
    private let index: PackIndex?
    /// Where the entries end and the checksum of the pack starts.
    let end: Int

    /// Opens a pack by its path (`…/pack-….pack`), with the index beside it, or with the `multi-pack-index` of the
    /// folder if it has none of its own.
    ///
    /// - Throws: What makes the pack useless as a whole: it or its index is damaged at the head, is of a version or
    ///   hash that is not known (`unsupported`), or the two do not belong together.
    package convenience init(path: String) throws(PackError) {
        guard path.hasSuffix(".pack") else { throw PackError(.unreadable, file: path, "its name is not one of a pack") }
        let stem = String(path.dropLast(".pack".count))
        let file = try MappedFile(path: path)
        let isPromisor = access(stem + ".promisor", F_OK) == 0
        do throws(PackError) {
            let index = try PackIndex(MappedFile(path: stem + ".idx"))
            try self.init(file, index: index, objects: index.objects, isPromisor: isPromisor)
        } catch  where error.kind == .unreadable {
            let (folder, name) = Self.split(stem)
            let shared = folder + "multi-pack-index"
            guard access(shared, R_OK) == 0 else { throw error }
            let objects = try MultiPackIndex.objects(MappedFile(path: shared), ofPack: name)
            try self.init(file, index: nil, objects: objects, isPromisor: isPromisor)
        }
    }

    /// Reads a pack that is in memory already.
    ///
    /// - Parameters:
    ///   - name: What errors call it.
    ///   - pack: The content of a pack, copied.
    ///   - index: The content of its index, copied.
    package convenience init(
        name: String, pack: UnsafeRawBufferPointer, index: UnsafeRawBufferPointer
    ) throws(PackError) {
        let index = try PackIndex(MappedFile(path: name + ".idx", copying: index))
        try self.init(
            MappedFile(path: name + ".pack", copying: pack), index: index, objects: index.objects, isPromisor: false)
    }

    /// Reads a pack that is in memory already, with an index for many packs, of which one has the same name.
    package convenience init(
        name: String, pack: UnsafeRawBufferPointer, multiPackIndex: UnsafeRawBufferPointer
    ) throws(PackError) {
        let file = MappedFile(path: "multi-pack-index", copying: multiPackIndex)
        try self.init(
            MappedFile(path: name + ".pack", copying: pack), index: nil,
            objects: MultiPackIndex.objects(file, ofPack: name), isPromisor: false)
    }

    private init(
        _ file: MappedFile, index: PackIndex?, objects: ObjectTable, isPromisor: Bool
    ) throws(PackError) {
        self.file = file
        self.index = index
        self.objects = objects
        self.isPromisor = isPromisor
        end = file.bytes.count - 20
        try checkHeader()
    }

    private func checkHeader() throws(PackError) {
        let bytes = file.bytes
        guard bytes.count >= 32 else { throw PackError(.damaged, file: path, "it is cut off") }
        guard bytes.bigEndian(0, as: UInt32.self) == 0x5041_434b else {
            throw PackError(.damaged, file: path, "it is not a pack")
        }
        let version = bytes.bigEndian(4, as: UInt32.self)
        guard version == 2 || version == 3 else {
            throw PackError(.unsupported, file: path, "it is a pack of version \(version)")
        }
        guard let index else { return }
        let count = Int(bytes.bigEndian(8, as: UInt32.self))
        guard count == objects.count else {
            throw PackError(.damaged, file: path, "it has \(count) objects, but its index has \(objects.count)")
        }
        guard bytes.suffix(20).elementsEqual(index.packChecksum) else {
            throw PackError(
                .damaged, file: path, "it is not the pack that its index was made for, or it is cut off")
        }
    }

    /// Whether the index has an object with the 20 bytes of an id.
    package func contains(id: UnsafeRawBufferPointer) -> Bool { objects.index(of: id) != nil }

    /// Passes the 20 bytes of every object's id, in the order of the index, which is that of ids; see `PackPlan.index(of:)`.
    package func forEachID(_ body: (_ index: Int, _ id: UnsafeRawBufferPointer) -> Void) {
        for index in 0..<objects.count { body(index, objects.id(index)) }
    }

    /// Reads the whole pack and its index to see whether they are what their writer wrote.
    package func verifyChecksums() throws(PackError) {
        try index?.verifyChecksum()
        var sum = SHA1()
        var start = 0
        while start < end {
            let next = min(end, start + (32 << 20))
            sum.update(UnsafeRawBufferPointer(rebasing: file.bytes[start..<next]))
            file.releasePages()
            start = next
        }
        guard sum.finish().elementsEqual(file.bytes.suffix(20)) else {
            throw PackError(.damaged, file: path, "its content does not have its checksum")
        }
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        return (String(path[...slash]), String(path[path.utf8.index(after: slash)...]))
    }
}
