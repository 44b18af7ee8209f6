import Bytes
internal import CLibgit2

extension ObjectID {
    /// Takes over an id that the library hands out.
    init(_ id: git_oid) {
        self = Swift.withUnsafeBytes(of: id) { ObjectID(unchecked: $0, at: 0) }
    }

    /// The id as the library wants it.
    var libraryValue: git_oid {
        var id = git_oid()
        Swift.withUnsafeMutableBytes(of: &id) { target in withUnsafeBytes { target.copyMemory(from: $0) } }
        return id
    }
}
