import Bytes
internal import Git
internal import PackFile

/// Which trees hold which trees, and which of some blobs, each tree read once: those in packs in one walk, others when
/// they are asked for.
struct TreeGraph {
    private(set) var numbers: ObjectNumbers
    private(set) var names = NameTable()
    /// What was named and is not there; of trees that were read with `missing` asked for.
    private(set) var missing = MissingObjects()
    /// Trees that could not be read.
    private(set) var failures: [GitError] = []

    let targets: Set<ObjectID>
    private let repository: Repository
    /// For each number where the tree's links are among the edges; `unread` before.
    private var starts: [UInt32] = []
    private var counts: [UInt32] = []
    /// The links of trees, as indices of `links`: what many trees have is there once.
    private var edges: [UInt32] = []
    private var links: [TreeLink] = []

    private static let unread = UInt32.max

    /// - Parameters:
    ///   - targets: The blobs that are looked for.
    ///   - numbers: Those of other objects of the repository, to go on with.
    init(to targets: Set<ObjectID>, _ numbers: ObjectNumbers, _ repository: Repository) {
        self.targets = targets
        self.numbers = numbers
        self.repository = repository
        makeRoom()
    }

    /// The number of a tree or blob.
    mutating func number(of id: ObjectID) -> UInt32 { numbers.number(of: id) }

    func isRead(_ tree: UInt32) -> Bool { Int(tree) < starts.count && starts[Int(tree)] != Self.unread }

    /// Where the links of a tree are, which is read if it was not. What cannot be read has none.
    mutating func readLinks(of tree: UInt32) -> Range<Int> {
        if !isRead(tree) { read(tree, exists: nil) }
        return links(of: tree)
    }

    /// Where the links of a tree are that was read.
    func links(of tree: UInt32) -> Range<Int> {
        guard isRead(tree) else { return 0..<0 }
        let start = Int(starts[Int(tree)])
        return start..<start + Int(counts[Int(tree)])
    }

    func link(at index: Int) -> TreeLink { links[Int(edges[index])] }

    /// Of the places of a tree's links those between the first and the last that another tree has not: before and behind
    /// them both have the very same.
    func places(_ places: Range<Int>, differingFrom other: UInt32) -> Range<Int> {
        let others = links(of: other)
        return edges.withUnsafeBufferPointer { edges in
            var (start, end) = (places.lowerBound, places.upperBound)
            var (otherStart, otherEnd) = (others.lowerBound, others.upperBound)
            while start < end, otherStart < otherEnd, edges[start] == edges[otherStart] {
                start += 1
                otherStart += 1
            }
            while start < end, otherStart < otherEnd, edges[end - 1] == edges[otherEnd - 1] {
                end -= 1
                otherEnd -= 1
            }
            return start..<end
        }
    }

    /// Reads a single tree through the library.
    ///
    /// - Parameter exists: Tells what is missing, if that is asked for.
    mutating func read(_ tree: UInt32, exists: ((ObjectID) -> Bool)?) {
        let id = numbers.id(tree)
        var found: [(name: [UInt8], id: ObjectID, isTree: Bool)] = []
        var lost: [ObjectID] = []
        do throws(GitError) {
            try repository.forEachEntry(ofTree: id) { name, entry, mode in
                if mode.isSubmodule { return }
                if let exists, !exists(entry) { lost.append(entry) }
                if mode.isTree || targets.contains(entry) { found.append((Array(name), entry, mode.isTree)) }
            }
        } catch {
            failures.append(error)
        }
        for entry in lost { missing.note(entry, namedBy: id) }
        let start = edges.count
        for entry in found {
            let name = entry.name.withUnsafeBytes { names.number(of: $0) }
            edges.append(UInt32(links.count))
            links.append(TreeLink(target: numbers.number(of: entry.id), name: name, isTree: entry.isTree))
        }
        makeRoom()
        starts[Int(tree)] = UInt32(start)
        counts[Int(tree)] = UInt32(edges.count - start)
    }

    private mutating func makeRoom() {
        // By half more each time: there may be many trees outside of packs.
        guard numbers.count > starts.count else { return }
        let room = max(numbers.count, starts.count + starts.count / 2) - starts.count
        starts += repeatElement(Self.unread, count: room)
        counts += repeatElement(0, count: room)
    }

    // MARK: Packs

    /// Takes over what a worker read.
    mutating func add(_ reading: PackedTreeReading) {
        let renamed = (0..<UInt32(reading.names.count)).map { name in
            reading.names.withName(name) { names.number(of: $0) }
        }
        let firstLink = UInt32(links.count)
        let firstEdge = UInt32(edges.count)
        links.reserveCapacity(links.count + reading.links.count)
        for link in reading.links {
            links.append(TreeLink(target: link.target, name: renamed[Int(link.name)], isTree: link.isTree))
        }
        for (index, id) in reading.elsewhere.sorted(by: { $0.key < $1.key }) {
            links[Int(firstLink + index)].target = numbers.number(of: id)
        }
        if firstEdge == 0, firstLink == 0 {
            edges = reading.edges
        } else {
            edges.reserveCapacity(edges.count + reading.edges.count)
            edges += reading.edges.lazy.map { firstLink + $0 }
        }
        makeRoom()
        for span in reading.spans {
            starts[Int(span.tree)] = firstEdge + span.start
            counts[Int(span.tree)] = span.count
        }
        missing.add(reading.missing)
    }
}
