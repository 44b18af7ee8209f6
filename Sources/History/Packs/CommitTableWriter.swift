import Bytes
internal import Git
internal import PackFile

/// Writes a table while commits are read, one after the other.
final class CommitTableWriter {
    private let packed: PackedObjects
    private var table = CommitTable()
    /// What was named last, and has no number yet.
    private var batch = IDBatch()
    private var parents: [ObjectID] = []

    init(_ packed: PackedObjects) { self.packed = packed }

    /// Adds a commit.
    ///
    /// - Parameter number: That of the commit.
    /// - Returns: Whether it could be read.
    @discardableResult
    func add(_ content: UnsafeRawBufferPointer, number: UInt32) -> Bool {
        guard let (tree, time) = CommitLinks.read(content, parents: &parents) else { return false }
        table.commits.append(number)
        table.times.append(time)
        name(tree)
        for parent in parents { name(parent) }
        table.starts.append(UInt32(table.named.count))
        return true
    }

    /// What was added since the beginning, or since this was last asked for.
    func finish() -> CommitTable {
        lookUp()
        defer { table = CommitTable() }
        return table
    }

    /// Adds an object that the last commit names, whose number is found later.
    private func name(_ id: ObjectID) {
        if batch.isFull { lookUp() }
        id.withUnsafeBytes { batch.append($0) }
        table.named.append(IDBatch.none)
    }

    private func lookUp() {
        packed.find(&batch)
        let first = table.named.count - batch.count
        for index in 0..<batch.count {
            let number = batch.number(index)
            table.named[first + index] = number
            if number == IDBatch.none { table.elsewhere[first + index] = ObjectID(bytes: batch.id(index)) }
        }
        batch.removeAll()
    }
}
