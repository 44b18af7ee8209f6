internal import Git
internal import PackFile

/// Commits and their parents as small numbers: parents always have smaller ones than their children.
struct CommitGraph {
    private(set) var ids: [ObjectID] = []
    private(set) var trees: [ObjectID] = []
    private(set) var numbers: [ObjectID: Int32] = [:]
    /// Where the parents of each commit are in `allParents`; and where those of the last one end.
    private var parentStarts: [Int32] = [0]
    private var allParents: [Int32] = []

    /// Commits in no order.
    struct Reading {
        private(set) var ids: [ObjectID] = []
        private(set) var links: [CommitLinks] = []
        /// Those that could not be read.
        private(set) var failures: [GitError] = []

        /// Reads commits.
        ///
        /// - Parameter packed: Saves reading the commits in these packs one by one.
        init(_ commits: [ObjectID], _ repository: Repository, packed: PackedObjects?) {
            var open = Set(commits)
            if let packed, !open.isEmpty {
                let wanted = open
                let isWanted = { (place: PackedObjects.Place) in wanted.contains(packed.id(of: place)) }
                packed.forEach(.commit, wants: isWanted) { object, place in
                    let id = packed.id(of: place)
                    if let links = CommitLinks(parsing: object.content), open.remove(id) != nil { add(id, links) }
                }
            }
            // What is left, in an order that does not change.
            for id in commits where open.contains(id) {
                do throws(GitError) {
                    add(id, try repository.commitLinks(id))
                } catch {
                    failures.append(error)
                }
            }
        }

        private mutating func add(_ id: ObjectID, _ links: CommitLinks) {
            ids.append(id)
            self.links.append(links)
        }
    }

    /// Numbers commits so that parents come before children and, that settled, older before newer. Parents that were not
    /// read are left out. The numbers do not depend on the order in which the commits were read.
    init(_ reading: Reading) {
        let positions = Dictionary(
            reading.ids.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        var children = [[Int32]](repeating: [], count: reading.ids.count)
        var waiting = [Int32](repeating: 0, count: reading.ids.count)
        var queue = Heap<Pending>()
        for (position, links) in reading.links.enumerated() {
            // Only a malformed commit names a parent twice.
            let parents = links.parents.count < 2 ? links.parents : Array(Set(links.parents))
            for parent in parents {
                guard let parent = positions[parent] else { continue }
                children[Int(parent)].append(Int32(position))
                waiting[position] += 1
            }
            if waiting[position] == 0 { queue.push(Pending(reading, position)) }
        }
        ids.reserveCapacity(reading.ids.count)
        trees.reserveCapacity(reading.ids.count)
        numbers.reserveCapacity(reading.ids.count)
        while let next = queue.pop() {
            let position = Int(next.position)
            numbers[reading.ids[position]] = Int32(ids.count)
            ids.append(reading.ids[position])
            trees.append(reading.links[position].tree)
            for parent in reading.links[position].parents {
                if let number = numbers[parent] { allParents.append(number) }
            }
            parentStarts.append(Int32(allParents.count))
            for child in children[position] {
                waiting[Int(child)] -= 1
                if waiting[Int(child)] == 0 { queue.push(Pending(reading, Int(child))) }
            }
        }
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

        init(_ reading: Reading, _ position: Int) {
            time = reading.links[position].committerTime
            id = reading.ids[position]
            self.position = Int32(position)
        }

        static func < (left: Pending, right: Pending) -> Bool {
            left.time != right.time ? left.time < right.time : left.id < right.id
        }
    }

    /// For each commit the best rank (the smallest) of the tips that contain it.
    func ranks(tips: [(commit: ObjectID, rank: UInt8)], otherwise worst: UInt8) -> [UInt8] {
        var ranks = [UInt8](repeating: worst, count: ids.count)
        for tip in tips {
            if let number = numbers[tip.commit] { ranks[Int(number)] = min(ranks[Int(number)], tip.rank) }
        }
        for number in ids.indices.reversed() {
            for parent in parents(of: number) { ranks[Int(parent)] = min(ranks[Int(parent)], ranks[number]) }
        }
        return ranks
    }
}
