import Bytes
internal import Git

/// What one worker read of the trees in packs.
struct PackedTreeReading: Sendable {
    /// Entries that are trees or wanted blobs, each for all trees that have it from another.
    var links: [TreeLink] = []
    /// The links of trees, as indices of `links`, those of a tree side by side.
    var edges: [UInt32] = []
    var names = NameTable()
    var spans: [Span] = []
    /// Links whose targets are in no pack, by index.
    var elsewhere: [UInt32: ObjectID] = [:]
    var missing = MissingObjects()

    /// Where the links of a tree are.
    struct Span: Sendable {
        /// Its number.
        var tree: UInt32
        /// Among `edges`; trees that have the same may share them.
        var start: UInt32
        var count: UInt32
    }
}
