import Bytes
import Findings

extension HistorySnapshot {
    /// For the cache's file.
    var bytes: [UInt8] {
        var writer = SnapshotWriter()
        writer.add(state)
        for number in [commitCount, known.clean, known.binary, missingCount] { writer.add(number) }
        writer.add(namesArePending ? 1 : 0)
        writer.add(pending) { writer, item in
            // The kind, and whether it is known what was found; the object; and what was found.
            writer.add(Self.kind(of: item.origin) << 1 | (item.payload == nil ? 0 : 1))
            writer.add(item.origin.object ?? .zero)
            guard let payload = item.payload else { return }
            writer.add(payload.count)
            writer.add(payload)
        }
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
        var reader = SnapshotReader(rest: bytes)
        do throws(SnapshotReader.Malformed) {
            state = Array(try reader.take(ObjectID.byteCount))
            commitCount = try reader.number()
            known = KnownCounts(clean: try reader.number(), binary: try reader.number())
            missingCount = try reader.number()
            namesArePending = try reader.number() == 1
            pending = try reader.list(Self.item)
            missing = try reader.list { reader throws(SnapshotReader.Malformed) in
                MissingObject(id: try reader.id(), namedBy: try reader.id())
            }
            places = try reader.list(Self.place)
        } catch {
            return nil
        }
        guard reader.rest.isEmpty else { return nil }
    }

    private static func kind(of origin: Origin) -> Int {
        switch origin {
        case .commitMessage: 1
        case .tagMessage: 2
        case .blob, .index, .file, .referenceNames, .standardInput, .address: 0
        }
    }

    private static func item(_ reader: inout SnapshotReader) throws(SnapshotReader.Malformed) -> RememberedItem {
        let (kind, isKnown) = { ($0 >> 1, $0 & 1 == 1) }(try reader.number())
        let id = try reader.id()
        let origin: Origin =
            switch kind {
            case 0: .blob(id)
            case 1: .commitMessage(id)
            case 2: .tagMessage(id)
            default: throw SnapshotReader.Malformed()
            }
        guard isKnown else { return RememberedItem(origin: origin, payload: nil) }
        let count = try reader.number()
        return RememberedItem(origin: origin, payload: Array(try reader.take(count)))
    }

    private static func place(_ reader: inout SnapshotReader) throws(SnapshotReader.Malformed) -> Place {
        var place = Place(id: try reader.id(), inHead: false)
        place.introduced = try reader.idUnlessZero()
        place.removed = try reader.idUnlessZero()
        let flags = try reader.number()
        place.inHead = flags & 1 == 1
        place.otherReach = OtherReach(rawValue: UInt8(clamping: flags >> 1))
        place.references = try reader.numbers()
        place.branches = try reader.numbers()
        place.tags = try reader.numbers()
        place.referenceCount = try reader.number()
        place.branchCount = try reader.number()
        place.tagCount = try reader.number()
        place.paths = try reader.list { reader throws(SnapshotReader.Malformed) in
            Path(commit: try reader.id(), entries: try reader.numbers())
        }
        return place
    }
}
