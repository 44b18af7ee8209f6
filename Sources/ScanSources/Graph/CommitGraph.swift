internal import Git

/// Commits and their parents as small numbers: parents always have smaller ones than their children.
struct CommitGraph {
    private(set) var ids: [ObjectID] = []
    /// The numbers of the commits' trees, among those of all objects.
    private(set) var trees: [UInt32] = []
    private let objects: ObjectNumbers
    /// The number of each commit, by its number among all objects.
    private var numbers: [Int32]
    /// Where the parents of each commit are in `allParents`; and where those of the last one end.
    private var parentStarts: [Int32] = [0]
    private var allParents: [Int32] = []

    private static let none: Int32 = -1

    /// Numbers commits so that parents come before children and, that settled, older before newer. Parents that were not
    /// read are left out. The numbers do not depend on the order in which the commits were read.
    init(_ reading: CommitReading) {
        objects = reading.numbers
        numbers = [Int32](repeating: Self.none, count: objects.count)
        // At first, their places in the reading.
        for (position, commit) in reading.commits.enumerated() { numbers[Int(commit)] = Int32(position) }
        let children = Children(reading, places: numbers)
        var waiting = children.parentCounts
        var queue = Heap<Pending>()
        for position in 0..<reading.count {
            numbers[Int(reading.commits[position])] = Self.none
            if waiting[position] == 0 { queue.push(Pending(reading, position)) }
        }
        ids.reserveCapacity(reading.count)
        trees.reserveCapacity(reading.count)
        parentStarts.reserveCapacity(reading.count + 1)
        allParents.reserveCapacity(reading.count + reading.count / 4)
        while let next = queue.pop() {
            let position = Int(next.position)
            numbers[Int(reading.commits[position])] = Int32(ids.count)
            ids.append(next.id)
            trees.append(reading.tree(position))
            for parent in reading.parents(position) where numbers[Int(parent)] != Self.none {
                allParents.append(numbers[Int(parent)])
            }
            parentStarts.append(Int32(allParents.count))
            for child in children.of(position) {
                waiting[Int(child)] -= 1
                if waiting[Int(child)] == 0 { queue.push(Pending(reading, Int(child))) }
            }
        }
    }

    /// The number of a commit, if it is one of these.
    func number(of id: ObjectID) -> Int32? {
        guard let object = objects.known(id), numbers[Int(object)] != Self.none else { return nil }
        return numbers[Int(object)]
    }

    /// The parents of a commit that are there; a shallow clone lacks some.
    func parents(of commit: Int) -> ArraySlice<Int32> {
        allParents[Int(parentStarts[commit])..<Int(parentStarts[commit + 1])]
    }

    /// Passes each commit with each of its parents, the parents of a parent first.
    func forEachParent(_ body: (_ commit: Int, _ parent: Int) -> Void) {
        // Of slices of an array, each would be counted.
        allParents.withUnsafeBufferPointer { parents in
            for commit in ids.indices {
                for index in Int(parentStarts[commit])..<Int(parentStarts[commit + 1]) {
                    body(commit, Int(parents[index]))
                }
            }
        }
    }

    /// A commit whose parents all have their numbers.
    private struct Pending: Comparable {
        let time: Int
        let id: ObjectID
        let position: Int32

        init(_ reading: CommitReading, _ position: Int) {
            time = reading.times[position]
            id = reading.numbers.id(reading.commits[position])
            self.position = Int32(position)
        }

        static func < (left: Pending, right: Pending) -> Bool {
            left.time != right.time ? left.time < right.time : left.id < right.id
        }
    }

    /// For each commit the best rank (the smallest) of the tips that contain it.
    func ranks(tips: [(commit: Int32, rank: UInt8)], otherwise worst: UInt8) -> [UInt8] {
        var ranks = [UInt8](repeating: worst, count: ids.count)
        for tip in tips { ranks[Int(tip.commit)] = min(ranks[Int(tip.commit)], tip.rank) }
        for number in ids.indices.reversed() {
            for parent in parents(of: number) { ranks[Int(parent)] = min(ranks[Int(parent)], ranks[number]) }
        }
        return ranks
    }
}

/// The children of commits, by their places in the reading.
private struct Children {
    /// How many parents that were read each commit has.
    private(set) var parentCounts: [Int32]
    private var starts: [UInt32]
    private var all: [Int32] = []

    /// - Parameter places: Of the commits in the reading, by their numbers among all objects; negative of others.
    init(_ reading: CommitReading, places: [Int32]) {
        parentCounts = [Int32](repeating: 0, count: reading.count)
        starts = [UInt32](repeating: 0, count: reading.count + 1)
        var pairs: [(parent: Int32, child: Int32)] = []
        pairs.reserveCapacity(reading.count + reading.count / 4)
        for child in 0..<reading.count {
            let parents = reading.parents(child)
            for (index, parent) in zip(parents.indices, parents) where places[Int(parent)] >= 0 {
                // Only a malformed commit names a parent twice.
                if parents[..<index].contains(parent) { continue }
                pairs.append((places[Int(parent)], Int32(child)))
                parentCounts[child] += 1
                starts[Int(places[Int(parent)]) + 1] += 1
            }
        }
        for place in 0..<reading.count { starts[place + 1] += starts[place] }
        var next = starts
        all = [Int32](repeating: 0, count: pairs.count)
        for pair in pairs {
            all[Int(next[Int(pair.parent)])] = pair.child
            next[Int(pair.parent)] += 1
        }
    }

    func of(_ place: Int) -> ArraySlice<Int32> { all[Int(starts[place])..<Int(starts[place + 1])] }
}
