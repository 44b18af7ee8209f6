internal import Git
internal import PackFile

/// Commits and their parents as small numbers: parents always have smaller ones than their children.
struct CommitGraph {
    private(set) var ids: [ObjectID] = []
    private(set) var trees: [ObjectID] = []
    /// Those that are there; a shallow clone lacks some.
    private(set) var parents: [[Int32]] = []
    private(set) var numbers: [ObjectID: Int32] = [:]

    /// Reads commits. Those that cannot be read are left out: the scan that found the blobs has named them.
    ///
    /// - Parameter packed: Saves reading the commits in these packs one by one.
    init(_ commits: [ObjectID], _ repository: Repository, packed: PackedObjects? = nil) {
        var read: [ObjectID: CommitLinks] = [:]
        if let packed {
            let wanted = Set(commits)
            let isWanted = { (place: PackedObjects.Place) in wanted.contains(packed.id(of: place)) }
            packed.forEach(.commit, wants: isWanted) {
                (object, place, _: Never?) -> Never? in
                read[packed.id(of: place)] = CommitLinks(parsing: object.content)
                return nil
            }
        }
        var links: [CommitLinks] = []
        var known: [ObjectID] = []
        for id in commits {
            guard let found = read[id] ?? Self.links(id, repository) else { continue }
            known.append(id)
            links.append(found)
        }
        order(known, links)
    }

    private static func links(_ id: ObjectID, _ repository: Repository) -> CommitLinks? {
        switch Result(catching: { () throws(GitError) in try repository.commitLinks(id) }) {
        case .success(let links): links
        case .failure: nil
        }
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
