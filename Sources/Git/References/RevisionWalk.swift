package import Bytes

/// The commits of a range.
///
/// libgit2 1.5 walks too, but stops with an error at the boundary of a shallow clone, where most CI jobs run.
package struct RevisionWalk: Sendable {
    /// A commit of the range.
    package struct Step: Sendable, Hashable {
        package var id: ObjectID
        package var links: CommitLinks
    }

    /// Newest first by commit time.
    package private(set) var commits: [Step] = []
    /// Parents of commits of the range that the database lacks: the range goes on where it cannot be seen.
    package private(set) var missingParents: [ObjectID] = []

    /// From which side of the range a commit is reached.
    private struct Sides: OptionSet {
        let rawValue: UInt8
        static let left = Sides(rawValue: 1)
        static let right = Sides(rawValue: 2)
    }

    /// Walks back in time from both sides at once, as far as it takes to know that nothing more is in the range.
    ///
    /// Where clocks were wrong it may take in a few commits too many, never too few.
    package init(_ range: RevisionRange, in repository: Repository) throws(GitError) {
        var sides: [ObjectID: Sides] = [:]
        var links: [ObjectID: CommitLinks] = [:]
        var queue = Heap<Pending>()
        /// How many queued commits may still lead to commits of the range.
        var openCount = 0
        var missing: [ObjectID: Sides] = [:]

        func isOpen(_ sides: Sides) -> Bool {
            switch range {
            case .reachable: true
            case .difference, .unpublished: sides == .right
            case .symmetricDifference: sides != [.left, .right]
            }
        }
        func reach(_ id: ObjectID, _ from: Sides, isParent: Bool) throws(GitError) {
            let before = sides[id] ?? []
            let after = before.union(from)
            guard after != before else { return }
            if isParent, !repository.objects.contains(id) {
                missing[id, default: []].formUnion(from)
                return
            }
            let read = if let known = links[id] { known } else { try repository.commitLinks(id) }
            links[id] = read
            sides[id] = after
            queue.push(Pending(time: read.committerTime, id: id, sides: after))
            if isOpen(after) { openCount += 1 }
        }

        switch range {
        case .reachable(let id): try reach(id, .right, isParent: false)
        case .difference(let from, let to), .symmetricDifference(let from, let to):
            try reach(from, .left, isParent: false)
            try reach(to, .right, isParent: false)
        case .unpublished(let id, let published):
            for other in published { try reach(other, .left, isParent: true) }
            try reach(id, .right, isParent: false)
        }
        var order: [ObjectID] = []
        var passed: Set<ObjectID> = []
        while openCount > 0, let next = queue.pop() {
            if isOpen(next.sides) { openCount -= 1 }
            // Queued again since, from the other side: that turn is the one that counts.
            guard let current = sides[next.id], current == next.sides, let read = links[next.id] else { continue }
            if passed.insert(next.id).inserted { order.append(next.id) }
            for parent in read.parents { try reach(parent, current, isParent: true) }
        }
        for id in order {
            if let reached = sides[id], isOpen(reached), let read = links[id] {
                commits.append(Step(id: id, links: read))
            }
        }
        missingParents = missing.filter { isOpen($0.value) }.keys.sorted()
    }

    /// A commit whose parents are yet to be looked at.
    private struct Pending: Comparable {
        var time: Int
        var id: ObjectID
        var sides: Sides

        /// The newest comes first.
        static func < (left: Pending, right: Pending) -> Bool {
            (left.time, left.id) > (right.time, right.id)
        }
    }
}
