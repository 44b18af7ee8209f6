package import Bytes

extension Repository {
    /// Who looks for what is staged.
    package enum IndexReader: Sendable {
        /// The fastest that can.
        case any
        /// The library, or git, which looks at each entry.
        case library
    }

    /// The entries of the index that HEAD has not as they are, and those of conflicts; in order of their paths.
    ///
    /// - Parameter reader: For tests, which compare both.
    package func stagedEntries(by reader: IndexReader = .any) throws(GitError) -> [IndexEntry] {
        let tree = try headTree()
        if reader == .any, let file = ownIndex() {
            var search = StagedSearch(file, self)
            try search.run(from: tree)
            return search.found.map(file.entry)
        }
        let index = try index()
        let differing = Set(try stagedDifferences(from: tree, index).map(\.path))
        return index.entries.filter { $0.stage > 0 || differing.contains($0.path) }
    }

    /// The blob that the next commit has at a path; `nil` if it has none there, or there is a conflict.
    package func stagedBlob(at path: String) throws(GitError) -> ObjectID? {
        if let file = ownIndex() { return file.blob(at: path) }
        return try index().blob(at: path)
    }

    /// The index as it is now; `nil` where the library or git has to read it.
    private func ownIndex() -> IndexFile? {
        if hasForeignIndex || isServed { return nil }
        let path = indexPath
        if let known = knownIndex, IndexFile.identity(ofFileAt: path) == known.identity { return known.file }
        knownIndex = IndexFile.read(path)
        return knownIndex?.file
    }
}
