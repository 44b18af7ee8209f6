import Bytes
internal import Findings
internal import Git
internal import ScanSources

/// One walk over all commits on behalf of some blobs; commits and tags among them are found on the way.
struct AttributionSearch {
    private let repository: Repository
    private let blobs: [ObjectID]
    private let numbers: [ObjectID: Int]
    private let graph: CommitGraph
    private let tips: HistoryTips
    /// What the references lead to, in their order.
    private let targets: [Target]
    /// For each commit how good a place it is to speak of; see `Rank`.
    private let ranks: [UInt8]
    private var locations: BlobLocations
    private var traces: [Trace]

    /// Commits that people can see are told of rather than ones that were amended or dropped.
    private enum Rank {
        static let head: UInt8 = 0
        static let reference: UInt8 = 1
        static let stash: UInt8 = 2
        static let reflog: UInt8 = 3
        static let none: UInt8 = 4
    }

    /// What a reference leads to.
    private enum Target {
        /// A commit of the graph, by number.
        case commit(Int32)
        case blob(ObjectID)
        case tree(ObjectID)
        /// What is not here, or leads nowhere: a tip that cannot be followed is named by the scan.
        case other

        init(_ id: ObjectID, _ graph: CommitGraph, _ repository: Repository) {
            // Nearly all lead to commits themselves, which need not be read again.
            if let commit = graph.number(of: id) {
                self = .commit(commit)
                return
            }
            switch Result(catching: { () throws(GitError) in try repository.peel(id) }) {
            case .success((let id, .commit)): self = graph.number(of: id).map { .commit($0) } ?? .other
            case .success((let id, .blob)): self = .blob(id)
            case .success((let id, .tree)): self = .tree(id)
            case .success((_, .tag)), .failure: self = .other
            }
        }
    }

    /// What was seen of a blob so far.
    private struct Trace {
        var introductions: [Int32] = []
        var firstPath: PathBytes?
        var introduced: Int32?
        var removed: Int32?
        var paths: [PathBytes] = []
        /// For each path the commit, and which of the paths in that commit it is; none for paths in no commit.
        var origins: [PathBytes: (commit: Int32, ordinal: Int)] = [:]
        private var seenPaths: Set<PathBytes> = []
        private var lastOrdinal = -1

        mutating func note(_ path: PathBytes, commit: Int32? = nil) {
            lastOrdinal = commit != nil && introductions.last == commit ? lastOrdinal + 1 : 0
            guard seenPaths.insert(path).inserted else { return }
            paths.append(path)
            if let commit { origins[path] = (commit, lastOrdinal) }
        }
    }

    init(
        for blobs: Set<ObjectID>, among graph: CommitGraph, _ locations: BlobLocations, of repository: Repository
    ) throws(GitError) {
        self.repository = repository
        self.graph = graph
        self.blobs = blobs.sorted()
        numbers = Dictionary(uniqueKeysWithValues: self.blobs.enumerated().map { ($1, $0) })
        let tips = try HistoryTips(repository)
        self.tips = tips
        targets = tips.references.map { Target($0.target, graph, repository) }
        let commits = { (ids: [ObjectID], rank: UInt8) in
            ids.compactMap { id in graph.number(of: id).map { (commit: $0, rank: rank) } }
        }
        var ranked = commits(tips.head.map { [$0] } ?? [], Rank.head)
        for case .commit(let commit) in targets { ranked.append((commit, Rank.reference)) }
        ranked += commits(tips.stash, Rank.stash)
        ranked += commits(tips.reflog, Rank.reflog)
        ranks = graph.ranks(tips: ranked, otherwise: Rank.none)
        var locations = locations
        // Packs keep the newest whole and older ones as differences to them: read in that order, trees cost least.
        for tree in graph.trees.reversed() { locations.search(tree) }
        self.locations = locations
        traces = Array(repeating: Trace(), count: blobs.count)
    }

    mutating func run() throws(GitError) -> [ObjectID: BlobHistory] {
        walkCommits()
        placeCommits()
        let inHead = blobsInHead()
        let reachable = reachabilities()
        let staged = try stagedPaths()
        var result: [ObjectID: BlobHistory] = [:]
        for (number, blob) in blobs.enumerated() {
            let trace = traces[number]
            let isInHead = inHead.contains(blob) || graph.number(of: blob).map { ranks[Int($0)] == Rank.head } ?? false
            let (reachability, tips) = reachable[number]
            let record = Occurrence.History(
                introduced: try trace.introduced.map(info), removed: isInHead ? nil : try trace.removed.map(info),
                isInHead: isInHead, reachability: reachability, otherPaths: [], branches: tips.branches,
                tags: tips.tags,
                counts: .init(references: tips.count, branches: tips.branchCount, tags: tips.tagCount))
            var history = BlobHistory(record, paths: paths(trace) ?? staged[blob] ?? [])
            history.pathOrigins = history.paths.compactMap { path in
                trace.origins[path].map { .init(commit: graph.id(Int($0.commit)), ordinal: $0.ordinal) }
            }
            result[blob] = history
        }
        return result
    }

    private func info(_ commit: Int32) throws(GitError) -> Occurrence.Commit {
        Occurrence.Commit(try repository.commit(graph.id(Int(commit))))
    }

    private func paths(_ trace: Trace) -> [PathBytes]? {
        guard let first = trace.firstPath ?? trace.paths.first else { return nil }
        return [first] + trace.paths.filter { $0 != first }
    }

    // MARK: The walk

    /// From the oldest commit to the newest: what does each have that its parents have not, and the other way round?
    private mutating func walkCommits() {
        // Where its own are asked while the traces change, all that they consist of is copied each time.
        let locations = locations
        var parents: [UInt32] = []
        for number in 0..<graph.count {
            let tree = graph.trees[number]
            parents.removeAll(keepingCapacity: true)
            var mayDiffer = locations.leads(tree)
            graph.forEachParent(of: number) { parent in
                parents.append(graph.trees[Int(parent)])
                if locations.leads(graph.trees[Int(parent)]) { mayDiffer = true }
            }
            // Most commits, in most repositories, have none of the blobs.
            guard mayDiffer else { continue }
            if parents.count == 1 {
                var (new, lost): ([(ObjectID, PathBytes)], [(ObjectID, PathBytes)]) = ([], [])
                locations.forEachChange(
                    to: tree, from: parents[0], new: { new.append(($0, $1)) }, lost: { lost.append(($0, $1)) })
                for (blob, path) in new { noteIntroduction(blob, path, number) }
                for (blob, _) in lost { noteRemoval(blob, number) }
            } else {
                locations.forEachBlob(of: tree, absentFrom: parents) { noteIntroduction($0, $1, number) }
                locations.forEachBlob(lostBy: tree, from: parents) { blob, _ in noteRemoval(blob, number) }
            }
        }
    }

    private mutating func noteIntroduction(_ blob: ObjectID, _ path: PathBytes, _ commit: Int) {
        guard let index = numbers[blob] else { return }
        traces[index].note(path, commit: Int32(commit))
        if traces[index].introductions.last != Int32(commit) {
            traces[index].introductions.append(Int32(commit))
        }
        if let known = traces[index].introduced, visibility(commit) >= visibility(Int(known)) { return }
        traces[index].introduced = Int32(commit)
        traces[index].firstPath = path
    }

    private mutating func noteRemoval(_ blob: ObjectID, _ commit: Int) {
        guard let index = numbers[blob] else { return }
        if let known = traces[index].removed, ranks[commit] > ranks[Int(known)] { return }
        traces[index].removed = Int32(commit)
    }

    /// Of commits that references lead to, the oldest is the one to tell of, be it in HEAD or not.
    private func visibility(_ commit: Int) -> UInt8 {
        max(ranks[commit], Rank.reference)
    }

    /// A commit came into the history with itself.
    private mutating func placeCommits() {
        for (index, id) in blobs.enumerated() {
            guard let number = graph.number(of: id) else { continue }
            traces[index].introduced = number
            traces[index].introductions = [number]
        }
    }

    // MARK: What comes after

    private func blobsInHead() -> Set<ObjectID> {
        guard let commit = tips.head, let number = graph.number(of: commit) else { return [] }
        var found: Set<ObjectID> = []
        locations.forEachBlob(of: graph.trees[Int(number)]) { blob, _ in found.insert(blob) }
        return found
    }

    /// A blob that was staged and never committed is in no tree; the index may still have it.
    private func stagedPaths() throws(GitError) -> [ObjectID: [PathBytes]] {
        guard traces.contains(where: { $0.paths.isEmpty }) else { return [:] }
        var paths: [ObjectID: [PathBytes]] = [:]
        for entry in try repository.index().entries where numbers[entry.id] != nil {
            paths[entry.id, default: []].append(PathBytes(bytes: entry.path))
        }
        return paths
    }

    private mutating func reachabilities() -> [(reachability: Occurrence.History.Reachability, tips: ContainingTips)] {
        var reached = BlobReach(graph, introductions: traces.map(\.introductions))
        var containing = [ContainingTips](repeating: ContainingTips(), count: blobs.count)
        // Unlike commits, these are not in the graph: a tag of a blob or of a tree.
        for ((name, id), target) in zip(tips.references, targets) {
            if let tag = numbers[id], repository.isTag(id) { containing[tag].add(name) }
            switch target {
            case .commit(let commit): reached.add(name, tip: commit)
            case .blob(let blob): if let number = numbers[blob] { containing[number].add(name) }
            case .tree(let tree): noteTaggedTree(tree, name, &containing)
            case .other: break
            }
        }
        reached.collectTips(into: &containing)
        let inStash = reached.blobs(reachedFrom: tips.stash)
        let inReflog = reached.blobs(reachedFrom: tips.reflog)
        return blobs.indices.map { number in
            let tips = containing[number]
            if tips.count > 0 { return (.references(tips.names), tips) }
            if inStash.contains(number) { return (.stash, tips) }
            return (inReflog.contains(number) ? .reflog : .unreachable, tips)
        }
    }

    private mutating func noteTaggedTree(_ tree: ObjectID, _ name: TipName, _ containing: inout [ContainingTips]) {
        let tree = locations.search(tree)
        locations.forEachBlob(of: tree) { blob, path in
            guard let number = numbers[blob] else { return }
            traces[number].note(path)
            containing[number].add(name)
        }
    }
}

extension Repository {
    /// Whether an object is an annotated tag; what cannot be read is none.
    fileprivate func isTag(_ id: ObjectID) -> Bool {
        switch Result(catching: { () throws(GitError) in try objects.header(of: id) }) {
        case .success(let header): header.kind == .tag
        case .failure: false
        }
    }
}
