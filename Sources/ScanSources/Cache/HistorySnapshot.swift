internal import Git

/// What a scan of a whole history found out, for as long as the repository stays as it is: which objects have to be looked
/// at again, what is missing, and where the blobs belong that were asked about.
///
/// It holds ids and numbers only: names of references and paths are read again from where they are.
struct HistorySnapshot: Sendable, Equatable {
    /// `RepositoryState.digest`.
    var state: [UInt8]
    var commitCount: Int
    /// How many objects are clean, and how many blobs are binary.
    var knownCount: Int
    var binaryCount: Int
    /// Blobs, commits and tags that are to be scanned again.
    var blobs: [ObjectID] = []
    var commits: [ObjectID] = []
    var tags: [ObjectID] = []
    /// The first of the missing objects, each with an object that names it; and how many there are.
    var missing: [Missing] = []
    var missingCount = 0
    var places: [Place] = []

    struct Missing: Sendable, Equatable {
        var id: ObjectID
        var namedBy: ObjectID
    }

    /// Where a blob, commit or tag belongs.
    struct Place: Sendable, Equatable {
        var id: ObjectID
        var introduced: ObjectID?
        var removed: ObjectID?
        var inHead: Bool
        /// `nil`: from references.
        var otherReach: OtherReach?
        /// By their place among the names of the tips.
        var references: [Int] = []
        var branches: [Int] = []
        var tags: [Int] = []
        var referenceCount = 0
        var branchCount = 0
        var tagCount = 0
        var paths: [BlobHistory.PathOrigin] = []
    }

    enum OtherReach: UInt8, Sendable {
        case stash = 1
        case reflog = 2
        case none = 3
    }

    /// More than that, and it is not worth it: they are read one by one.
    static let largestPendingCount = 10_000
}

// MARK: - Bytes

extension HistorySnapshot {
    /// For the cache's file.
    var bytes: [UInt8] {
        var writer = Writer()
        writer.bytes = state
        for number in [commitCount, knownCount, binaryCount, missingCount] { writer.add(number) }
        for ids in [blobs, commits, tags] { writer.add(ids) { $0.add($1) } }
        writer.add(missing) {
            $0.add($1.id)
            $0.add($1.namedBy)
        }
        writer.add(places) { writer, place in
            writer.add(place.id)
            writer.add(place.introduced ?? .zero)
            writer.add(place.removed ?? .zero)
            writer.add((place.inHead ? 1 : 0) + 2 * Int(place.otherReach?.rawValue ?? 0))
            for names in [place.references, place.branches, place.tags] { writer.add(names) { $0.add($1) } }
            for count in [place.referenceCount, place.branchCount, place.tagCount] { writer.add(count) }
            writer.add(place.paths) {
                $0.add($1.commit)
                $0.add($1.ordinal)
            }
        }
        return writer.bytes
    }

    /// - Returns: `nil` if the bytes are no snapshot.
    init?(bytes: ArraySlice<UInt8>) {
        var reader = Reader(rest: bytes)
        do {
            state = try reader.bytes(ObjectID.byteCount)
            (commitCount, knownCount) = (try reader.number(), try reader.number())
            (binaryCount, missingCount) = (try reader.number(), try reader.number())
            blobs = try reader.list { try $0.id() }
            commits = try reader.list { try $0.id() }
            tags = try reader.list { try $0.id() }
            missing = try reader.list { Missing(id: try $0.id(), namedBy: try $0.id()) }
            places = try reader.list { reader in
                var place = Place(id: try reader.id(), inHead: false)
                place.introduced = try reader.idUnlessZero()
                place.removed = try reader.idUnlessZero()
                let flags = try reader.number()
                place.inHead = flags & 1 == 1
                place.otherReach = OtherReach(rawValue: UInt8(clamping: flags >> 1))
                place.references = try reader.list { try $0.number() }
                place.branches = try reader.list { try $0.number() }
                place.tags = try reader.list { try $0.number() }
                place.referenceCount = try reader.number()
                place.branchCount = try reader.number()
                place.tagCount = try reader.number()
                place.paths = try reader.list { .init(commit: try $0.id(), ordinal: try $0.number()) }
                return place
            }
        } catch {
            return nil
        }
        guard reader.rest.isEmpty else { return nil }
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func add(_ number: Int) {
            withUnsafeBytes(of: UInt32(clamping: number).bigEndian) { bytes.append(contentsOf: $0) }
        }

        mutating func add(_ id: ObjectID) { id.withUnsafeBytes { bytes.append(contentsOf: $0) } }

        mutating func add<Element>(_ list: [Element], _ write: (inout Writer, Element) -> Void) {
            add(list.count)
            for element in list { write(&self, element) }
        }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        struct Malformed: Error {}

        mutating func bytes(_ count: Int) throws -> [UInt8] {
            guard rest.count >= count else { throw Malformed() }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }

        mutating func number() throws -> Int { try bytes(4).reduce(0) { $0 << 8 | Int($1) } }

        mutating func id() throws -> ObjectID {
            guard let id = try bytes(ObjectID.byteCount).withUnsafeBytes({ ObjectID(bytes: $0) }) else {
                throw Malformed()
            }
            return id
        }

        mutating func idUnlessZero() throws -> ObjectID? {
            let id = try id()
            return id == .zero ? nil : id
        }

        mutating func list<Element>(
            _ read: (inout Reader) throws -> Element
        ) throws -> [Element] {
            let count = try number()
            // Each element takes four bytes at least.
            guard count <= rest.count / 4 else { throw Malformed() }
            var list: [Element] = []
            for _ in 0..<count { list.append(try read(&self)) }
            return list
        }
    }
}
