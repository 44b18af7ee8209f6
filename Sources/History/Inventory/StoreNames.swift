import Bytes

/// The stores of a repository as a cache names them: packs by the ids in their names, and the objects that are files of
/// their own.
struct StoreNames: Sendable {
    var packs: [ObjectID] = []
    /// Objects in files of their own ("loose" ones).
    var loose: Set<ObjectID> = []
    /// Whether all packs have names with ids and could be listed, so that a cache can speak of them.
    var isComplete = true

    init() {}

    init(_ folders: PackFolders, loose: [ObjectID]) {
        packs = folders.files.compactMap { PackFolders.id(ofPack: $0.path) }
        self.loose = Set(loose)
        isComplete = packs.count == folders.files.count
    }
}
