import Bytes
import Findings
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
    /// Whether the names of references are to be scanned again.
    var namesArePending = false
    /// Blobs, commits and tags that are not clean, and what was found in them. Who brought them is in `places`.
    var pending: [RememberedItem] = []
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
        var paths: [Path] = []
    }

    /// A path that a commit brought.
    struct Path: Sendable, Equatable {
        var commit: ObjectID
        /// From the commit's tree down, which of its entries each is, from 0.
        var entries: [Int]
    }

    enum OtherReach: UInt8, Sendable {
        case stash = 1
        case reflog = 2
        case none = 3
    }

    /// What is not clean, with what brought it.
    var pendingItems: [RememberedItem] {
        let introduced = Dictionary(places.map { ($0.id, $0.introduced) }, uniquingKeysWith: { first, _ in first })
        return pending.map { item in
            var item = item
            item.introduced = item.id.flatMap { introduced[$0] } ?? nil
            return item
        }
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
        writer.add(namesArePending ? 1 : 0)
        writer.add(pending) { $0.add($1) }
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
            writer.add(place.paths) { writer, path in
                writer.add(path.commit)
                writer.add(path.entries) { $0.add($1) }
            }
        }
        return writer.bytes
    }

    /// - Returns: `nil` if the bytes are no snapshot.
    init?(bytes: ArraySlice<UInt8>) {
        var reader = Reader(rest: bytes)
        do {
            state = Array(try reader.take(ObjectID.byteCount))
            (commitCount, knownCount) = (try reader.number(), try reader.number())
            (binaryCount, missingCount) = (try reader.number(), try reader.number())
            namesArePending = try reader.number() == 1
            pending = try reader.list { try $0.item() }
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
                place.paths = try reader.list { reader in
                    Path(commit: try reader.id(), entries: try reader.list { try $0.number() })
                }
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

        /// The kind and whether it is known what was found, the id, and that.
        mutating func add(_ item: RememberedItem) {
            let kind =
                switch item.origin {
                case .commitMessage: 1
                case .tagMessage: 2
                default: 0
                }
            add(kind << 1 | (item.detections == nil ? 0 : 1))
            add(item.id ?? .zero)
            guard let detections = item.detections else { return }
            add(detections) {
                $0.add($1.rule)
                $0.add($1.secret)
                $0.add($1.confidence << 1 | ($1.isSuppressedInline ? 1 : 0))
            }
        }

        mutating func add<Element>(_ list: [Element], _ write: (inout Writer, Element) -> Void) {
            add(list.count)
            for element in list { write(&self, element) }
        }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        struct Malformed: Error {}

        mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
            guard rest.count >= count else { throw Malformed() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number() throws -> Int { try take(4).reduce(0) { $0 << 8 | Int($1) } }

        mutating func id() throws -> ObjectID {
            guard let id = try take(ObjectID.byteCount).withUnsafeBytes({ ObjectID(bytes: $0) }) else {
                throw Malformed()
            }
            return id
        }

        mutating func item() throws -> RememberedItem {
            let (kind, isKnown) = { ($0 >> 1, $0 & 1 == 1) }(try number())
            let id = try id()
            let origin: Origin =
                switch kind {
                case 0: .blob(id)
                case 1: .commitMessage(id)
                case 2: .tagMessage(id)
                default: throw Malformed()
                }
            guard isKnown else { return RememberedItem(origin: origin, detections: nil) }
            let detections = try list { reader in
                let (rule, secret, flags) = (try reader.number(), try reader.number(), try reader.number())
                return RememberedItem.Detection(
                    rule: rule, secret: secret, confidence: flags >> 1, isSuppressedInline: flags & 1 == 1)
            }
            return RememberedItem(origin: origin, detections: detections)
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
