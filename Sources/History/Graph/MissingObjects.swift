import Bytes

/// Objects that others name and the database lacks.
///
/// git checks this whenever it receives objects, so what is missing was left out by a partial clone, or lost later.
struct MissingObjects: Sendable {
    /// Each with the first, by id, of the objects that name it.
    private var namers: [ObjectID: ObjectID] = [:]

    /// In the order of ids.
    var list: [MissingObject] {
        namers.sorted { $0.key < $1.key }.map { MissingObject(id: $0.key, namedBy: $0.value) }
    }
    var isEmpty: Bool { namers.isEmpty }
    var count: Int { namers.count }

    /// git knows these two without storing them: the empty tree and the empty blob.
    static let builtIn: Set<ObjectID> = Set(
        ["4b825dc642cb6eb9a060e54bf8d69288fbee4904", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"]
            .compactMap { ObjectID(hex: $0) })

    mutating func note(_ id: ObjectID, namedBy parent: ObjectID) {
        if let known = namers[id], known <= parent { return }
        if !Self.builtIn.contains(id) { namers[id] = parent }
    }

    mutating func add(_ other: MissingObjects) {
        for (id, parent) in other.namers { note(id, namedBy: parent) }
    }
}
