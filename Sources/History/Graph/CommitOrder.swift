internal import Git

/// Commits in an order in which parents come before children and, where that leaves a choice, older before newer; of those of the same
/// second, the one with the smaller id.
struct CommitOrder {
    /// Places in the reading, in that order.
    private(set) var positions: [Int32] = []

    init(_ reading: CommitReading) {
        let sorted = Self.sortedByTime(reading)
        var children = CommitChildren(reading, sorted)
        // Mostly each commit is ready when its turn comes. What is older than one of its parents, by some wrong clock, has
        // to wait; once it is ready it comes before all whose turn is still to come.
        var late = Heap<Int32>()
        positions.reserveCapacity(sorted.count)
        for turn in sorted.indices where children.isReady(turn) {
            var next = Int32(turn)
            while true {
                positions.append(sorted[Int(next)])
                children.complete(Int(next)) { child in if child < Int32(turn) { late.push(child) } }
                guard let overdue = late.pop() else { break }
                next = overdue
            }
        }
    }

    private static func sortedByTime(_ reading: CommitReading) -> [Int32] {
        var pairs = (0..<reading.count).map { (time: reading.times[$0], position: Int32($0)) }
        pairs.sort { left, right in
            if left.time != right.time { return left.time < right.time }
            let (left, right) = (Int(left.position), Int(right.position))
            return reading.numbers.id(reading.commits[left]) < reading.numbers.id(reading.commits[right])
        }
        return pairs.map(\.position)
    }
}

/// The children of commits, all by their turns.
private struct CommitChildren {
    /// For each commit how many of its parents are still to come.
    private var waiting: [Int32]
    private let starts: [UInt32]
    private let all: [Int32]

    /// - Parameter sorted: By turn, places in the reading.
    init(_ reading: CommitReading, _ sorted: [Int32]) {
        var turns = [Int32](repeating: -1, count: reading.numbers.count)
        for (turn, position) in sorted.enumerated() { turns[Int(reading.commits[Int(position)])] = Int32(turn) }
        var waiting = [Int32](repeating: 0, count: reading.count)
        var starts = [UInt32](repeating: 0, count: reading.count + 1)
        var pairs: [(parent: Int32, child: Int32)] = []
        pairs.reserveCapacity(reading.count + reading.count / 4)
        for (child, position) in sorted.enumerated() {
            let first = pairs.count
            reading.forEachParent(Int(position)) { parent in
                let parent = turns[Int(parent)]
                // Only a malformed commit names a parent twice.
                if parent < 0 || pairs[first...].contains(where: { $0.parent == parent }) { return }
                pairs.append((parent, Int32(child)))
                waiting[child] += 1
                starts[Int(parent) + 1] += 1
            }
        }
        for turn in 0..<reading.count { starts[turn + 1] += starts[turn] }
        var next = starts
        var all = [Int32](repeating: 0, count: pairs.count)
        for pair in pairs {
            all[Int(next[Int(pair.parent)])] = pair.child
            next[Int(pair.parent)] += 1
        }
        (self.waiting, self.starts, self.all) = (waiting, starts, all)
    }

    func isReady(_ turn: Int) -> Bool { waiting[turn] == 0 }

    /// Passes each child that is ready now that a commit has come.
    mutating func complete(_ turn: Int, _ body: (Int32) -> Void) {
        for index in Int(starts[turn])..<Int(starts[turn + 1]) {
            let child = all[index]
            waiting[Int(child)] -= 1
            if waiting[Int(child)] == 0 { body(child) }
        }
    }
}
