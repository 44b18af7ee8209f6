internal import Git
internal import PackFile

/// Which trees of packs contain any of some blobs, at any depth: found in one walk over all trees, and one over those.
struct LeadingTrees {
    /// Of the trees that lead to one of the blobs, the entries that do.
    private(set) var entries: [ObjectID: [BlobLocations.Entry]] = [:]

    private let packed: PackedObjects
    /// The number of each pack's first object.
    private let firstNumbers: [Int]

    /// A folder in a tree: where its entry stands, and the number of its tree.
    private struct Folder {
        var offset: Int32
        var number: UInt32
    }

    /// Trees and their folders, as numbers.
    private struct Edges {
        var parents: [UInt32] = []
        var children: [UInt32] = []
    }

    /// - Returns: `nil` if a tree in a pack has a folder that is in none, or cannot be read: then they are better read one
    ///   by one.
    init?(to targets: Set<ObjectID>, in packed: PackedObjects) {
        self.packed = packed
        var firstNumbers: [Int] = []
        var count = 0
        for plan in packed.plans {
            firstNumbers.append(count)
            count += plan.count
        }
        guard count < Int(UInt32.max) else { return nil }
        self.firstNumbers = firstNumbers
        var leads = [Bool](repeating: false, count: count)
        guard let edges = findEdges(to: targets, &leads) else { return nil }
        Self.spread(&leads, along: edges)
        collect(targets, leads)
    }

    private func number(of place: PackedObjects.Place) -> Int { firstNumbers[place.pack] + place.entry.position }

    /// Notes the trees that hold a blob themselves, and of all trees which trees they hold.
    private func findEdges(to targets: Set<ObjectID>, _ leads: inout [Bool]) -> Edges? {
        var edges = Edges()
        var isComplete = true
        var missing = packed.plans.reduce(0) { $0 + $1.entries(of: .tree).count }
        let isAny = { (_: PackedObjects.Place) in true }
        packed.forEach(.tree, wants: isAny) { (object, place, base: [Folder]?) -> [Folder]? in
            missing -= 1
            let number = number(of: place)
            var folders: [Folder] = []
            var piece = 0
            _ = TreeContent.forEachEntry(of: object.content) { _, id, mode, range in
                if mode.isBlob {
                    if targets.contains(id) { leads[number] = true }
                    return
                }
                guard mode.isTree else { return }
                let known = object.placeInBase(range, from: &piece).flatMap { Self.folder(at: $0, in: base) }
                guard let child = known ?? packed.place(of: id).map({ UInt32(self.number(of: $0)) }) else {
                    isComplete = false
                    return
                }
                folders.append(Folder(offset: Int32(clamping: range.lowerBound), number: child))
                edges.parents.append(UInt32(number))
                edges.children.append(child)
            }
            return folders
        }
        return isComplete && missing == 0 ? edges : nil
    }

    private static func folder(at offset: Int, in base: [Folder]?) -> UInt32? {
        guard let base else { return nil }
        var (low, high) = (0, base.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(base[middle].offset) < offset { low = middle + 1 } else { high = middle }
        }
        return low < base.count && Int(base[low].offset) == offset ? base[low].number : nil
    }

    /// A tree leads where one of its folders does.
    private static func spread(_ leads: inout [Bool], along edges: Edges) {
        // The parents of each tree, side by side.
        var starts = [UInt32](repeating: 0, count: leads.count + 1)
        for child in edges.children { starts[Int(child) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        var parents = [UInt32](repeating: 0, count: edges.children.count)
        for (parent, child) in zip(edges.parents, edges.children) {
            parents[Int(next[Int(child)])] = parent
            next[Int(child)] += 1
        }
        var waiting = leads.indices.filter { leads[$0] }
        while let tree = waiting.popLast() {
            for parent in parents[Int(starts[tree])..<Int(starts[tree + 1])] where !leads[Int(parent)] {
                leads[Int(parent)] = true
                waiting.append(Int(parent))
            }
        }
    }

    private mutating func collect(_ targets: Set<ObjectID>, _ leads: [Bool]) {
        var found: [ObjectID: [BlobLocations.Entry]] = [:]
        let isLeadingTree = { (place: PackedObjects.Place) in leads[number(of: place)] }
        packed.forEach(.tree, wants: isLeadingTree) { (object, place, _: Never?) -> Never? in
            var leading: [BlobLocations.Entry] = []
            _ = TreeContent.forEachEntry(of: object.content) { name, id, mode, _ in
                let isLeading =
                    mode.isTree
                    ? packed.place(of: id).map { leads[number(of: $0)] } ?? false
                    : mode.isBlob && targets.contains(id)
                if isLeading {
                    leading.append(BlobLocations.Entry(name: Array(name), id: id, isTree: mode.isTree))
                }
            }
            found[packed.id(of: place)] = leading
            return nil
        }
        entries = found
    }
}
