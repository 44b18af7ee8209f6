import Bytes
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

    /// Passes the parents of a commit, as `parents` has them.
    @inline(__always)
    func forEachParent(_ index: Int, _ body: (UInt32) -> Void) {
        // Of slices of an array, each would be counted.
        named.withUnsafeBufferPointer { named in
            for place in Int(starts[index]) + 1..<Int(starts[index + 1]) { body(named[place]) }
        }
    }

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
        var read = BitSet(capacity: packed.count)
        while let noted = packed.commitNotes.take() { append(noted, wanted, &read) }
        if read.count < wanted.count {
            let (packed, alreadyRead) = (packed, read)
            let writer = CommitTableWriter(packed)
            packed.forEach(.commit) { place in
                let number = Int(packed.number(of: place))
                return wanted.contains(number) && !alreadyRead.contains(number)
            } visit: { object, place in
                writer.add(object.content, number: packed.number(of: place))
            }
            append(writer.finish(), wanted, &read)
        }
        if read.count == wanted.count { return unknown }
        // Damaged where they were looked for; another pack may have them, which the library finds.
        return unknown + commits.filter { packed.number(of: $0).map { !read.contains(Int($0)) } ?? false }
    }

    /// Takes over those of a table that are wanted and were not read.
    private mutating func append(_ table: CommitTable, _ wanted: BitSet, _ read: inout BitSet) {
        for (position, commit) in table.commits.enumerated() {
            guard wanted.contains(Int(commit)), !read.contains(Int(commit)) else { continue }
            read.insert(Int(commit))
            commits.append(commit)
            times.append(table.times[position])
            for place in Int(table.starts[position])..<Int(table.starts[position + 1]) {
                let number = table.named[place]
                named.append(number == IDBatch.none ? elsewhere(table, place) : number)
            }
            starts.append(UInt32(named.count))
        }
    }

    private mutating func elsewhere(_ table: CommitTable, _ place: Int) -> UInt32 {
        guard let id = table.elsewhere[place] else { preconditionFailure("an object that commits name has no id") }
        return numbers.number(of: id)
    }
}
