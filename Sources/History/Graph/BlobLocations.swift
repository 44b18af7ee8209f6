import Bytes
internal import Git
internal import ScanSources

/// Where in which trees some blobs are.
struct BlobLocations {
    private var graph: TreeGraph
    /// For each tree, by number, whether any of the blobs is in it, at any depth.
    private var answers: [Answer] = []

    private enum Answer: UInt8 {
        case unknown, no, yes
    }

    init(_ graph: TreeGraph) {
        self.graph = graph
        answers = Array(repeating: .unknown, count: graph.numbers.count)
    }

    /// The id of a tree or blob that has a number here.
    func id(_ number: UInt32) -> ObjectID { graph.numbers.id(number) }

    /// Looks through a tree and what is below it, unless that was done before.
    ///
    /// - Returns: Its number, for the other methods.
    @discardableResult
    mutating func search(_ tree: ObjectID) -> UInt32 {
        let number = graph.number(of: tree)
        search(number)
        return number
    }

    mutating func search(_ tree: UInt32) { search(tree, depth: 0) }

    @discardableResult
    private mutating func search(_ tree: UInt32, depth: Int) -> Bool {
        let known = answer(tree)
        if known != .unknown { return known == .yes }
        var isLeading = false
        for index in graph.readLinks(of: tree) {
            let link = graph.link(at: index)
            if !link.isTree {
                isLeading = true
            } else if depth < TreeFiles.maximumDepth, search(link.target, depth: depth + 1) {
                isLeading = true
            }
        }
        while answers.count <= Int(tree) {
            answers += repeatElement(.unknown, count: max(graph.numbers.count - answers.count, 1))
        }
        answers[Int(tree)] = isLeading ? .yes : .no
        return isLeading
    }

    private func answer(_ tree: UInt32) -> Answer { Int(tree) < answers.count ? answers[Int(tree)] : .unknown }

    /// Whether any of the blobs is in a searched tree.
    func leads(_ tree: UInt32) -> Bool { answer(tree) == .yes }

    private func leads(_ link: TreeLink) -> Bool { !link.isTree || leads(link.target) }

    /// Passes each blob of a searched tree, with its path.
    func forEachBlob(of tree: UInt32, at path: PathBytes = .root, _ body: (ObjectID, PathBytes) -> Void) {
        for index in graph.links(of: tree) {
            let link = graph.link(at: index)
            guard leads(link) else { continue }
            let path = path.appending(graph.names[link.name])
            if link.isTree { forEachBlob(of: link.target, at: path, body) } else { body(id(link.target), path) }
        }
    }

    /// Passes what changed from one tree to another: as the two that follow, for a commit with one parent, in one go.
    ///
    /// - Parameters:
    ///   - tree: `nil`: there is nothing any more.
    ///   - other: What was there; `nil`: nothing.
    func forEachChange(
        to tree: UInt32?, from other: UInt32?, at path: PathBytes = .root,
        new: (ObjectID, PathBytes) -> Void, lost: (ObjectID, PathBytes) -> Void
    ) {
        var places = tree.map { graph.links(of: $0) } ?? 0..<0
        var otherPlaces = other.map { graph.links(of: $0) } ?? 0..<0
        if let tree, let other {
            places = graph.places(places, differingFrom: other)
            otherPlaces = graph.places(otherPlaces, differingFrom: tree)
        }
        for index in places {
            let link = graph.link(at: index)
            guard leads(link) else { continue }
            let before = other.flatMap { counterpart(of: link, in: $0) }
            if before == link.target { continue }
            let path = path.appending(graph.names[link.name])
            if link.isTree {
                forEachChange(to: link.target, from: before, at: path, new: new, lost: lost)
            } else {
                new(id(link.target), path)
            }
        }
        for index in otherPlaces {
            let link = graph.link(at: index)
            guard leads(link) else { continue }
            let after = tree.flatMap { counterpart(of: link, in: $0) }
            // Folders that are there still have been compared.
            if after == link.target || link.isTree && after != nil { continue }
            let path = path.appending(graph.names[link.name])
            if link.isTree {
                forEachChange(to: nil, from: link.target, at: path, new: new, lost: lost)
            } else {
                lost(id(link.target), path)
            }
        }
    }

    /// Passes each blob that a tree has at a path where none of the others has it. All trees have been searched.
    func forEachBlob(
        of tree: UInt32, absentFrom others: [UInt32], at path: PathBytes = .root,
        _ body: (ObjectID, PathBytes) -> Void
    ) {
        // Mostly one entry has changed: what is before and behind it is looked at only as a number.
        var places = graph.links(of: tree)
        for other in others { places = graph.places(places, differingFrom: other) }
        for index in places {
            let link = graph.link(at: index)
            guard leads(link) else { continue }
            let counterparts = others.compactMap { counterpart(of: link, in: $0) }
            if counterparts.contains(link.target) { continue }
            let path = path.appending(graph.names[link.name])
            if link.isTree {
                forEachBlob(of: link.target, absentFrom: counterparts, at: path, body)
            } else {
                body(id(link.target), path)
            }
        }
    }

    /// Passes each blob that all parents have at a path where a tree no longer has it.
    func forEachBlob(
        lostBy tree: UInt32?, from parents: [UInt32], at path: PathBytes = .root,
        _ body: (ObjectID, PathBytes) -> Void
    ) {
        guard let first = parents.first, !parents.contains(where: { $0 == tree }) else { return }
        var places = graph.links(of: first)
        if let tree { places = graph.places(places, differingFrom: tree) }
        for index in places {
            let link = graph.link(at: index)
            guard leads(link) else { continue }
            let elsewhere = parents.dropFirst().compactMap { counterpart(of: link, in: $0) }
            guard elsewhere.count == parents.count - 1 else { continue }
            let kept = tree.flatMap { counterpart(of: link, in: $0) }
            if kept == link.target || !link.isTree && elsewhere.contains(where: { $0 != link.target }) { continue }
            let path = path.appending(graph.names[link.name])
            if link.isTree {
                forEachBlob(lostBy: kept, from: [link.target] + elsewhere, at: path, body)
            } else {
                body(id(link.target), path)
            }
        }
    }

    /// What a tree has under the same name, where that leads to one of the blobs, too.
    private func counterpart(of link: TreeLink, in tree: UInt32) -> UInt32? {
        for index in graph.links(of: tree) {
            let other = graph.link(at: index)
            if other.isCounterpart(of: link) { return leads(other) ? other.target : nil }
        }
        return nil
    }
}
