internal import Git
internal import Glibc

/// Every object of a repository's database, by kind, each once, in the order in which the packs have them.
struct ObjectInventory {
    private(set) var blobs: [(id: ObjectID, size: Int?)] = []
    private(set) var commits: [ObjectID] = []
    private(set) var trees: [ObjectID] = []
    private(set) var tags: [ObjectID] = []
    /// Objects that are there and damaged so that not even their kind can be told.
    private(set) var failures: [GitError] = []
    /// Stores that could not be listed.
    private(set) var listingFailures: [GitError] = []
    /// All ids, those of damaged objects included.
    private(set) var ids: Set<ObjectID> = []

    /// - Parameter packed: Saves asking libgit2 about each of these objects.
    init(_ repository: Repository, packed: PackedObjects? = nil) throws(GitError) {
        var order: [ObjectID] = []
        var known: Set<ObjectID> = []
        let receive = { (id: ObjectID) in
            if known.insert(id).inserted { order.append(id) }
        }
        let failed = repository.objects.forEach(receive)
        if !failed.isEmpty {
            // The library stops at the first damaged pack index of a folder; the other packs are still good.
            listingFailures = failed
            for folder in repository.objectDirectories {
                listingFailures += Self.listPacks(of: folder + "/pack", receive)
            }
        }
        ids = known
        for id in order {
            if let kind = packed?.kind(of: id) { add(id, kind, size: nil) } else { ask(about: id, repository.objects) }
        }
    }

    private static func listPacks(of folder: String, _ receive: (ObjectID) -> Void) -> [GitError] {
        let listing: [FolderEntry]
        do {
            listing = try entries(ofFolder: Array(folder.utf8)).entries
        } catch {
            let isMissing = error.errno == ENOENT
            let message = systemMessage(error.errno)
            return isMissing ? [] : [GitError(operation: "list", subject: folder, kind: .other, message: message)]
        }
        var failures: [GitError] = []
        for name in listing.map({ String(decoding: $0.name, as: UTF8.self) }) where name.hasSuffix(".idx") {
            do throws(GitError) {
                try ObjectDatabase.forEachObject(ofPackIndex: folder + "/" + name, receive)
            } catch {
                failures.append(error)
            }
        }
        return failures
    }

    private mutating func ask(about id: ObjectID, _ objects: ObjectDatabase) {
        do throws(GitError) {
            let (kind, size) = try objects.header(of: id)
            add(id, kind, size: size)
        } catch {
            failures.append(error)
        }
    }

    private mutating func add(_ id: ObjectID, _ kind: ObjectKind, size: Int?) {
        switch kind {
        case .blob: blobs.append((id, size))
        case .commit: commits.append(id)
        case .tree: trees.append(id)
        case .tag: tags.append(id)
        }
    }
}
