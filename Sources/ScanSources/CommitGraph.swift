internal import Git

/// Commits and their parents as small numbers: parents always have smaller ones than their children.
struct CommitGraph {
    private(set) var ids: [ObjectID] = []
    private(set) var trees: [ObjectID] = []
    /// Those that are there; a shallow clone lacks some.
    private(set) var parents: [[Int32]] = []
    private(set) var numbers: [ObjectID: Int32] = [:]

    /// Reads commits. Those that cannot be read are left out: the scan that found the blobs has named them.
    init(_ commits: [ObjectID], _ repository: Repository) {
        var links: [CommitLinks] = []
        var known: [ObjectID] = []
        for id in commits {
            guard case .success(let read) = Result(catching: { () throws(GitError) in try repository.commitLinks(id) })
            else { continue }
            known.append(id)
            links.append(read)
        }
        order(known, links)
    }

    /// Numbers the commits so that parents come before children and, that settled, older before newer.
    private mutating func order(_ known: [ObjectID], _ links: [CommitLinks]) {
        let positions = Dictionary(
            known.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        var children = [[Int32]](repeating: [], count: known.count)
        var waiting = [Int32](repeating: 0, count: known.count)
        var queue = Heap<Pending>()
        for (position, link) in links.enumerated() {
            for parent in Set(link.parents) {
                guard let parent = positions[parent] else { continue }
                children[Int(parent)].append(Int32(position))
                waiting[position] += 1
            }
            if waiting[position] == 0 { queue.push(Pending(time: link.committerTime, position: Int32(position))) }
        }
        while let next = queue.pop() {
            let position = Int(next.position)
            numbers[known[position]] = Int32(ids.count)
            ids.append(known[position])
            trees.append(links[position].tree)
            parents.append(links[position].parents.compactMap { numbers[$0] })
            for child in children[position] {
                waiting[Int(child)] -= 1
                if waiting[Int(child)] == 0 {
                    queue.push(Pending(time: links[Int(child)].committerTime, position: child))
                }
            }
        }
    }

    /// A commit whose parents all have their numbers.
    private struct Pending: Comparable {
        var time: Int
        var position: Int32

        static func < (left: Pending, right: Pending) -> Bool {
            (left.time, left.position) < (right.time, right.position)
        }
    }

    /// For each commit the best rank (the smallest) of the tips that contain it.
    func ranks(tips: [(commit: ObjectID, rank: UInt8)], otherwise worst: UInt8) -> [UInt8] {
        var ranks = [UInt8](repeating: worst, count: ids.count)
        for tip in tips {
            if let number = numbers[tip.commit] { ranks[Int(number)] = min(ranks[Int(number)], tip.rank) }
        }
        for number in ids.indices.reversed() {
            for parent in parents[number] { ranks[Int(parent)] = min(ranks[Int(parent)], ranks[number]) }
        }
        return ranks
    }
}
