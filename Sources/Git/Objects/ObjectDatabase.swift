package import Bytes
internal import CLibgit2

/// The objects of a repository: loose, packed, and those of its alternates.
package final class ObjectDatabase {
    let handle: OpaquePointer

    /// Opens the packs and loose objects of some folders, the first before the others.
    init(directories: [String]) throws(GitError) {
        var created: OpaquePointer?
        try GitError.check("make an object database for", directories.first ?? "") { git_odb_new(&created) }
        guard let created else { preconditionFailure("libgit2 gave no object database") }
        handle = created
        for directory in directories {
            // A repository without packs may lack the folder; the library sees that as an empty one.
            var packs: UnsafeMutablePointer<git_odb_backend>?
            try GitError.check("open the packs of", directory) { git_odb_backend_pack(&packs, directory) }
            try GitError.check("use the packs of", directory) { git_odb_add_backend(created, packs, 2) }
            let loose = LooseBackend.make(directory)
            try GitError.check("use the loose objects of", directory) { git_odb_add_backend(created, loose, 1) }
        }
    }

    /// Objects that git itself reads.
    init(servedBy server: ObjectServer, of gitDirectory: String) throws(GitError) {
        var created: OpaquePointer?
        try GitError.check("make an object database for", gitDirectory) { git_odb_new(&created) }
        guard let created else { preconditionFailure("libgit2 gave no object database") }
        handle = created
        let backend = ServedBackend.make(server)
        try GitError.check("use the objects of", gitDirectory) { git_odb_add_backend(created, backend, 1) }
    }

    deinit {
        git_odb_free(handle)
    }

    /// Whether there is an object of this id. Damage does not show here.
    package func contains(_ id: ObjectID) -> Bool {
        var name = id.libraryValue
        return git_odb_exists(handle, &name) == 1
    }

    /// The kind and the size in bytes of an object, without inflating all of it.
    package func header(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
        var name = id.libraryValue
        var size = 0
        var type = GIT_OBJECT_INVALID
        try GitError.check("read the header of object", id.description) {
            git_odb_read_header(&size, &type, handle, &name)
        }
        guard let kind = ObjectKind(type) else {
            throw GitError(
                operation: "read the header of object", subject: id.description, kind: .corrupt,
                message: "it has the unknown type \(type.rawValue)")
        }
        return (kind, size)
    }

    /// Lends the content of an object of any kind for the duration of `body`, without copying it.
    package func withObject<Result>(
        _ id: ObjectID, _ body: (ObjectKind, UnsafeRawBufferPointer) -> Result
    ) throws(GitError) -> Result {
        var name = id.libraryValue
        var object: OpaquePointer?
        try GitError.check("read object", id.description) { git_odb_read(&object, handle, &name) }
        defer { git_odb_object_free(object) }
        guard let kind = ObjectKind(git_odb_object_type(object)) else {
            throw GitError(
                operation: "read object", subject: id.description, kind: .corrupt, message: "its type is unknown")
        }
        let bytes = UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object))
        return body(kind, bytes)
    }

    /// Lends the content of a blob for the duration of `body`, without copying it.
    package func withBlob<Result>(
        _ id: ObjectID, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(GitError) -> Result {
        try withObject(id, expecting: .blob) { body($0) }
    }

    /// Like `withObject`, and an error if the object is of another kind.
    func withObject<Result>(
        _ id: ObjectID, expecting expected: ObjectKind, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(GitError) -> Result {
        let result: Result? = try withObject(id) { kind, bytes in kind == expected ? body(bytes) : nil }
        guard let result else {
            throw GitError(
                operation: "read \(expected.rawValue)", subject: id.description, kind: .corrupt,
                message: "the object of that name is not a \(expected.rawValue)")
        }
        return result
    }

    /// Sets whether each object's content is hashed and compared with its name when it is read.
    ///
    /// Off at first, for it doubles the time. Global to the process, as libgit2 has it: set it before workers start.
    package static func verifyHashes(_ isOn: Bool) throws(GitError) {
        try Library.start()
        try Library.set(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, isOn)
    }
}
