internal import Git
internal import PackFile

/// Commits in no order, and what they name, as numbers.
struct CommitReading {
    /// Those of the objects, with those that commits name and no pack has.
    private(set) var numbers: ObjectNumbers
    private(set) var commits: [UInt32] = []
    /// When each was committed, in seconds since 1970-01-01 00:00 UTC.
    private(set) var times: [Int] = []
    /// What each commit names: its tree, then its parents in their order.
    private var named: [UInt32] = []
    /// Where that starts; and where it ends for the last one.
    private var starts: [UInt32] = [0]
    /// Those that could not be read.
    private(set) var failures: [GitError] = []

    /// Reads commits.
    ///
    /// - Parameters:
    ///   - commits: Their ids.
    ///   - packed: Saves reading the commits in these packs one by one.
    init(_ commits: [ObjectID], _ repository: Repository, packed: PackedObjects?) {
        numbers = ObjectNumbers(packed: packed)
        var unread = commits
        if let packed, !commits.isEmpty {
            self.commits.reserveCapacity(commits.count)
            times.reserveCapacity(commits.count)
            starts.reserveCapacity(commits.count + 1)
            named.reserveCapacity(commits.count * 2 + commits.count / 4)
            unread = read(commits, packed)
        }
        // What is left, in an order that does not change.
        var open = Set(unread)
        for id in unread where open.remove(id) != nil {
            do throws(GitError) {
                let links = try repository.commitLinks(id)
                self.commits.append(numbers.number(of: id))
                times.append(links.committerTime)
                for id in [links.tree] + links.parents { named.append(numbers.number(of: id)) }
                starts.append(UInt32(named.count))
            } catch {
                failures.append(error)
            }
        }
    }

    /// How many were read.
    var count: Int { commits.count }

    /// The tree of a commit, by its place in the reading.
    func tree(_ index: Int) -> UInt32 { named[Int(starts[index])] }

    /// The parents of a commit that are there or not.
    func parents(_ index: Int) -> ArraySlice<UInt32> { named[Int(starts[index]) + 1..<Int(starts[index + 1])] }

    // MARK: Packs

    /// Reads those that are in packs.
    ///
    /// - Returns: The others.
    private mutating func read(_ commits: [ObjectID], _ packed: PackedObjects) -> [ObjectID] {
        var wanted = BitSet(capacity: packed.count)
        var batch = IDBatch()
        var unknown: [ObjectID] = []
        for part in stride(from: 0, to: commits.count, by: IDBatch.capacity) {
            let ids = commits[part..<min(part + IDBatch.capacity, commits.count)]
            batch.removeAll()
            for id in ids { id.withUnsafeBytes { batch.append($0) } }
            packed.find(&batch)
            for (index, id) in ids.enumerated() {
                if batch.number(index) == IDBatch.none {
                    unknown.append(id)
                } else {
                    wanted.insert(Int(batch.number(index)))
                }
            }
        }
        batch.removeAll()
        let isWanted = { (place: PackedObjects.Place) in wanted.contains(Int(packed.number(of: place))) }
        var parents: [ObjectID] = []
        var read = BitSet(capacity: packed.count)
        packed.forEach(.commit, wants: isWanted) { object, place in
            guard let (tree, time) = CommitLinks.read(object.content, parents: &parents) else { return }
            let number = packed.number(of: place)
            read.insert(Int(number))
            self.commits.append(number)
            times.append(time)
            if batch.count + 1 + parents.count > IDBatch.capacity { nameAll(in: &batch, packed) }
            name(tree, &batch)
            for parent in parents {
                // A commit with so many parents is not of a person's making.
                if batch.isFull { nameAll(in: &batch, packed) }
                name(parent, &batch)
            }
            starts.append(UInt32(named.count))
        }
        nameAll(in: &batch, packed)
        if read.count == wanted.count { return unknown }
        // Damaged where they were looked for; another pack may have them, which the library finds.
        return unknown + commits.filter { packed.number(of: $0).map { !read.contains(Int($0)) } ?? false }
    }

    /// Adds an object that the last commit names, whose number is found later.
    private mutating func name(_ id: ObjectID, _ batch: inout IDBatch) {
        id.withUnsafeBytes { batch.append($0) }
        named.append(IDBatch.none)
    }

    /// Finds the numbers of the objects that were named last.
    private mutating func nameAll(in batch: inout IDBatch, _ packed: PackedObjects) {
        packed.find(&batch)
        let first = named.count - batch.count
        for index in 0..<batch.count {
            var number = batch.number(index)
            if number == IDBatch.none, let id = ObjectID(bytes: batch.id(index)) { number = numbers.number(of: id) }
            named[first + index] = number
        }
        batch.removeAll()
    }
}
