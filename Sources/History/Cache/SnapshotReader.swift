import Bytes

/// Takes the parts of a snapshot one after the other, as `SnapshotWriter` puts them.
struct SnapshotReader {
    private(set) var rest: ArraySlice<UInt8>

    /// The bytes are no snapshot.
    struct Malformed: Error {}

    mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw Malformed() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func number() throws(Malformed) -> Int { try take(4).reduce(0) { $0 << 8 | Int($1) } }

    mutating func id() throws(Malformed) -> ObjectID {
        guard let id = try take(ObjectID.byteCount).withUnsafeBytes({ ObjectID(bytes: $0) }) else {
            throw Malformed()
        }
        return id
    }

    mutating func idUnlessZero() throws(Malformed) -> ObjectID? {
        let id = try id()
        return id == .zero ? nil : id
    }

    mutating func list<Element>(
        _ read: (inout SnapshotReader) throws(Malformed) -> Element
    ) throws(Malformed) -> [Element] {
        let count = try number()
        // Each element takes four bytes at least.
        guard count <= rest.count / 4 else { throw Malformed() }
        var list: [Element] = []
        for _ in 0..<count { list.append(try read(&self)) }
        return list
    }

    mutating func numbers() throws(Malformed) -> [Int] {
        try list { reader throws(Malformed) in try reader.number() }
    }
}
