import Bytes

/// The objects of which it is not known from earlier scans whether what they name is there. Blobs name nothing.
struct UncheckedObjects: Sendable {
    var commits: [ObjectID] = []
    /// Trees outside of the packs that are read as packs.
    var trees: [ObjectID] = []
    /// Whether a tree of these packs is among them, by its number there.
    var packedTrees: [Bool] = []
    /// How many trees of these packs are.
    var packedTreeCount = 0
    var tags: [ObjectID] = []

    var isEmpty: Bool { commits.isEmpty && trees.isEmpty && packedTreeCount == 0 && tags.isEmpty }
}
