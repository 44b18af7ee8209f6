internal import Git
internal import PackFile

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
        var commits = Set(inventory.unsettled.commits)
        var trees = Set(inventory.unsettled.trees)
        if let packed = inventory.packed {
            followCommits(&commits, shallow, packed, inventory)
            followTrees(&trees, packed, inventory)
        }
        // What is left, in an order that does not change.
        for id in inventory.unsettled.commits where commits.contains(id) {
            do throws(GitError) {
                follow(try repository.commitLinks(id), of: id, shallow, inventory)
            } catch {
                failures.append(error)
            }
        }
        for id in inventory.unsettled.trees where trees.contains(id) {
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

    /// Follows those of some commits that are in packs, and takes them out of the set.
    private mutating func followCommits(
        _ open: inout Set<ObjectID>, _ shallow: Set<ObjectID>, _ packed: PackedObjects, _ inventory: ObjectInventory
    ) {
        let wanted = open
        let isWanted = { (place: PackedObjects.Place) in wanted.contains(packed.id(of: place)) }
        packed.forEach(.commit, wants: isWanted) {
            (object, place, _: Never?) -> Never? in
            let id = packed.id(of: place)
            if let links = CommitLinks(parsing: object.content), open.remove(id) != nil {
                follow(links, of: id, shallow, inventory)
            }
            return nil
        }
    }

    private mutating func follow(
        _ links: CommitLinks, of id: ObjectID, _ shallow: Set<ObjectID>, _ inventory: ObjectInventory
    ) {
        note(links.tree, namedBy: id, inventory)
        if !shallow.contains(id) { for parent in links.parents { note(parent, namedBy: id, inventory) } }
    }

    /// Follows those of some trees that are in packs, and takes them out of the set. What a tree has from the tree it is
    /// stored as a difference to was followed there.
    private mutating func followTrees(
        _ open: inout Set<ObjectID>, _ packed: PackedObjects, _ inventory: ObjectInventory
    ) {
        let wanted = open
        let isWanted = { (place: PackedObjects.Place) in wanted.contains(packed.id(of: place)) }
        packed.forEach(.tree, wants: isWanted) {
            (object, place, base: Bool?) -> Bool? in
            let id = packed.id(of: place)
            guard open.remove(id) != nil else { return true }
            var piece = 0
            let isWhole = TreeContent.forEachEntry(of: object.content) { _, entry, mode, range in
                if mode.isSubmodule { return }
                if base == true, object.placeInBase(range, from: &piece) != nil { return }
                note(entry, namedBy: id, inventory)
            }
            // What is malformed is read again in the way that names it.
            if !isWhole { open.insert(id) }
            return isWhole
        }
    }

    private mutating func note(_ id: ObjectID, namedBy parent: ObjectID, _ inventory: ObjectInventory) {
        guard !inventory.ids.contains(id), !Self.builtIn.contains(id) else { return }
        if seenMissing.insert(id).inserted { missing.append((id, parent)) }
    }
}
