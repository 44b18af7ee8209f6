import Bytes
internal import PackFile

/// Which objects a database has: those of packs that are read as packs, those of other packs, and those of neither.
struct StoredObjects: Sendable {
    /// The packs, where it pays to read them as packs.
    let packed: PackedObjects?
    /// Packs that are opened and that it does not pay to read as such.
    private let otherPacks: [PackFile]
    /// The objects of none of these packs, damaged ones included.
    private var unpacked: Set<ObjectID>

    init(packed: PackedObjects?, otherPacks: [PackFile] = [], unpacked: Set<ObjectID> = []) {
        self.packed = packed
        self.otherPacks = otherPacks
        self.unpacked = unpacked
    }

    /// Whether the database has an object, be it damaged.
    func contains(_ id: ObjectID) -> Bool {
        packed?.place(of: id) != nil || unpacked.contains(id) || isInOtherPack(id)
    }

    /// Whether one of the packs has an object.
    func isPacked(_ id: ObjectID) -> Bool { packed?.place(of: id) != nil || isInOtherPack(id) }

    private func isInOtherPack(_ id: ObjectID) -> Bool {
        id.withUnsafeBytes { bytes in otherPacks.contains { $0.contains(id: bytes) } }
    }

    /// Adds an object that is in none of the packs.
    ///
    /// - Returns: Whether it was not there yet.
    mutating func insert(unpacked id: ObjectID) -> Bool { unpacked.insert(id).inserted }
}
