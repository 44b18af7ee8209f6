/// An entry of a tree that is a tree itself, or one of the blobs.
struct TreeLink {
    /// The number of the tree or blob.
    var target: UInt32
    /// The number of the name, and whether the entry is a tree.
    private var nameAndKind: UInt32

    init(target: UInt32, name: UInt32, isTree: Bool) {
        self.target = target
        nameAndKind = name << 1 | (isTree ? 1 : 0)
    }

    var name: UInt32 { nameAndKind >> 1 }
    var isTree: Bool { nameAndKind & 1 == 1 }
    /// The same name, and a tree like the other or not.
    func isCounterpart(of other: TreeLink) -> Bool { nameAndKind == other.nameAndKind }
}
