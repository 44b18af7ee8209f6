import Bytes
internal import Git

/// Commits and their parents as small numbers: parents always have smaller ones than their children.
struct CommitGraph {
    /// The numbers of the commits among all objects.
    private var commits: [UInt32] = []
    /// The numbers of the commits' trees, among those of all objects.
    private(set) var trees: [UInt32] = []
    private let objects: ObjectNumbers
    /// The number of each commit, by its number among all objects.
    private var numbers: [Int32]
    /// Where the parents of each commit are in `allParents`; and where those of the last one end.
    private var parentStarts: [Int32] = [0]
    private var allParents: [Int32] = []

    private static let none: Int32 = -1

    /// Numbers commits so that parents come before children and, where that leaves a choice, older before newer. Parents that were not
    /// read are left out. The numbers do not depend on the order in which the commits were read.
    init(_ reading: CommitReading) {
        objects = reading.numbers
        numbers = [Int32](repeating: Self.none, count: objects.count)
        let order = CommitOrder(reading)
        commits.reserveCapacity(order.positions.count)
        trees.reserveCapacity(order.positions.count)
        parentStarts.reserveCapacity(order.positions.count + 1)
        allParents.reserveCapacity(order.positions.count + order.positions.count / 4)
        for position in order.positions {
            let commit = reading.commits[Int(position)]
            numbers[Int(commit)] = Int32(commits.count)
            commits.append(commit)
            trees.append(reading.tree(Int(position)))
            reading.forEachParent(Int(position)) { parent in
                if numbers[Int(parent)] != Self.none { allParents.append(numbers[Int(parent)]) }
            }
            parentStarts.append(Int32(allParents.count))
        }
    }

    /// How many commits there are.
    var count: Int { commits.count }

    /// The id of a commit.
    func id(_ commit: Int) -> ObjectID { objects.id(commits[commit]) }

    /// The number of a commit, if it is one of these.
    func number(of id: ObjectID) -> Int32? {
        guard let object = objects.known(id), numbers[Int(object)] != Self.none else { return nil }
        return numbers[Int(object)]
    }

    /// Passes the parents of a commit that are there; a shallow clone lacks some.
    @inline(__always)
    func forEachParent(of commit: Int, _ body: (Int32) -> Void) {
        for index in Int(parentStarts[commit])..<Int(parentStarts[commit + 1]) { body(allParents[index]) }
    }

    /// Passes each commit with each of its parents, the parents of a parent first.
    func forEachParent(_ body: (_ commit: Int, _ parent: Int) -> Void) {
        // Of slices of an array, each would be counted.
        allParents.withUnsafeBufferPointer { parents in
            for commit in commits.indices {
                for index in Int(parentStarts[commit])..<Int(parentStarts[commit + 1]) {
                    body(commit, Int(parents[index]))
                }
            }
        }
    }

    /// For each commit the best rank (the smallest) of the tips that contain it.
    func ranks(tips: [(commit: Int32, rank: UInt8)], otherwise worst: UInt8) -> [UInt8] {
        var ranks = [UInt8](repeating: worst, count: count)
        for tip in tips { ranks[Int(tip.commit)] = min(ranks[Int(tip.commit)], tip.rank) }
        for number in commits.indices.reversed() {
            forEachParent(of: number) { ranks[Int($0)] = min(ranks[Int($0)], ranks[number]) }
        }
        return ranks
    }
}
