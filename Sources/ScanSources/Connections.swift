internal import Git

/// Objects that others name and the database lacks.
///
/// git checks this whenever it receives objects, so what is missing was left out by a partial clone, or lost later.
struct Connections {
    /// Missing objects, each once; with one of those that name it.
    private(set) var missing: [(id: ObjectID, namedBy: ObjectID)] = []
    /// Objects that were listed and could not be read.
    private(set) var failures: [GitError] = []

    private var seenMissing: Set<ObjectID> = []

    /// git knows these two without storing them.
    static let builtIn: Set<ObjectID> = Set(
        ["4b825dc642cb6eb9a060e54bf8d69288fbee4904", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"]
            .compactMap { ObjectID(hex: $0) })

    /// Asks the objects of the inventory that are not settled.
    ///
    /// - Parameter shallow: Commits whose parents are known to be left out.
    init(_ inventory: ObjectInventory, shallow: Set<ObjectID>, _ repository: Repository) {
        for id in inventory.unsettled.commits {
            do throws(GitError) {
                let links = try repository.commitLinks(id)
                note(links.tree, namedBy: id, inventory)
                if !shallow.contains(id) { for parent in links.parents { note(parent, namedBy: id, inventory) } }
            } catch {
                failures.append(error)
            }
        }
        for id in inventory.unsettled.trees {
            do throws(GitError) {
                try repository.forEachEntry(ofTree: id) { _, entry, mode in
                    if !mode.isSubmodule { note(entry, namedBy: id, inventory) }
                }
            } catch {
                failures.append(error)
            }
        }
        for id in inventory.unsettled.tags {
            do throws(GitError) {
                note(try repository.tag(id).target, namedBy: id, inventory)
            } catch {
                failures.append(error)
            }
        }
    }

    private mutating func note(_ id: ObjectID, namedBy parent: ObjectID, _ inventory: ObjectInventory) {
        guard !inventory.ids.contains(id), !Self.builtIn.contains(id) else { return }
        if seenMissing.insert(id).inserted { missing.append((id, parent)) }
    }
}
