import Bytes
import Findings

/// What a scan of a whole history found out, for as long as the repository stays as it is: which objects have to be looked
/// at again, what is missing, and where the blobs belong that were asked about.
///
/// It holds ids and numbers only: names of references and paths are read again from where they are.
struct HistorySnapshot: Sendable, Equatable {
    /// `RepositoryState.digest`.
    var state: [UInt8]
    var commitCount: Int
    /// How many objects need not be read again.
    var known: KnownCounts
    /// Whether the names of references are to be scanned again.
    var namesArePending = false
    /// Blobs, commits and tags that are not clean, and what was found in them. Who brought them is in `places`.
    var pending: [RememberedItem] = []
    /// The first of the missing objects, each with an object that names it; and how many there are.
    var missing: [MissingObject] = []
    var missingCount = 0
    var places: [Place] = []

    /// Where a blob, commit or tag belongs.
    struct Place: Sendable, Equatable {
        var id: ObjectID
        var introduced: ObjectID?
        var removed: ObjectID?
        var inHead: Bool
        /// `nil`: from references.
        var otherReach: OtherReach?
        /// By their place among the names of the tips.
        var references: [Int] = []
        var branches: [Int] = []
        var tags: [Int] = []
        var referenceCount = 0
        var branchCount = 0
        var tagCount = 0
        var paths: [Path] = []
    }

    /// A path that a commit brought.
    struct Path: Sendable, Equatable {
        var commit: ObjectID
        /// From the commit's tree down, which of its entries each is, from 0.
        var entries: [Int]
    }

    enum OtherReach: UInt8, Sendable {
        case stash = 1
        case reflog = 2
        case none = 3
    }

    /// What is not clean, with what brought it.
    var pendingItems: [RememberedItem] {
        let introduced = Dictionary(places.map { ($0.id, $0.introduced) }, uniquingKeysWith: { first, _ in first })
        return pending.map { item in
            var item = item
            item.introduced = item.origin.object.flatMap { introduced[$0] } ?? nil
            return item
        }
    }

    /// More than that, and it is not worth it: they are read one by one.
    static let largestPendingCount = 10_000
}
