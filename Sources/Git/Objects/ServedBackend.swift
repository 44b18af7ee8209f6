import Bytes
internal import CLibgit2
internal import Platform

/// Lets libgit2 read objects by way of `ObjectServer`.
struct ServedBackend {
    // First, so that the library's pointer is a pointer to this, too.
    private var parent: git_odb_backend
    private let server: Unmanaged<ObjectServer>

    /// Makes a backend that the object database it is added to will free.
    static func make(_ server: ObjectServer) -> UnsafeMutablePointer<git_odb_backend> {
        let backend = UnsafeMutablePointer<ServedBackend>.allocate(capacity: 1)
        var parent = git_odb_backend()
        parent.version = UInt32(GIT_ODB_BACKEND_VERSION)
        parent.read = { content, size, kind, backend, id in
            guard let id else { return GIT_EINVALID.rawValue }
            return ServedBackend.read(ObjectID(id.pointee), backend, content, size, kind)
        }
        parent.read_header = { size, kind, backend, id in
            guard let id, let server = ServedBackend.server(backend) else { return GIT_EINVALID.rawValue }
            return ServedBackend.answer { () throws(ObjectServer.Failure) in
                let header = try server.header(of: ObjectID(id.pointee).description)
                size?.pointee = header.size
                kind?.pointee = header.kind.libraryValue
            }
        }
        parent.exists = { backend, id in
            guard let id, let server = ServedBackend.server(backend) else { return 0 }
            let name = ObjectID(id.pointee).description
            return ServedBackend.answer { () throws(ObjectServer.Failure) in _ = try server.header(of: name) } == 0
                ? 1 : 0
        }
        parent.exists_prefix = { found, backend, prefix, count in
            ServedBackend.find(prefix, count, backend) { found?.pointee = $0.libraryValue }
        }
        parent.read_prefix = { found, content, size, kind, backend, prefix, count in
            var id = ObjectID.zero
            let code = ServedBackend.find(prefix, count, backend) { id = $0 }
            guard code == 0 else { return code }
            found?.pointee = id.libraryValue
            return ServedBackend.read(id, backend, content, size, kind)
        }
        parent.foreach = { backend, callback, context in
            guard let callback, let server = ServedBackend.server(backend) else { return GIT_EINVALID.rawValue }
            return ServedBackend.list(server, callback, context)
        }
        parent.free = { backend in
            guard let backend else { return }
            let own = UnsafeMutableRawPointer(backend).assumingMemoryBound(to: ServedBackend.self)
            own.pointee.server.release()
            own.deallocate()
        }
        backend.initialize(to: ServedBackend(parent: parent, server: Unmanaged.passRetained(server)))
        return UnsafeMutableRawPointer(backend).assumingMemoryBound(to: git_odb_backend.self)
    }

    private static func server(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> ObjectServer? {
        guard let backend else { return nil }
        return UnsafeMutableRawPointer(backend).assumingMemoryBound(to: ServedBackend.self).pointee.server
            .takeUnretainedValue()
    }

    /// Turns a failure into the library's code and last error.
    private static func answer(_ body: () throws(ObjectServer.Failure) -> Void) -> Int32 {
        do throws(ObjectServer.Failure) {
            try body()
            return 0
        } catch {
            switch error {
            case .notFound: return GIT_ENOTFOUND.rawValue
            case .ambiguous: return GIT_EAMBIGUOUS.rawValue
            case .broken(let message): return fail(message)
            }
        }
    }

    private static func fail(_ message: String) -> Int32 {
        _ = git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), message)
        return GIT_ERROR.rawValue
    }

    private static func list(
        _ server: ObjectServer, _ callback: git_odb_foreach_cb, _ context: UnsafeMutableRawPointer?
    ) -> Int32 {
        do throws(GitError) {
            for id in try server.ids() {
                var name = id.libraryValue
                let code = callback(&name, context)
                if code != 0 { return code }
            }
            return 0
        } catch {
            return fail(error.message)
        }
    }

    private static func read(
        _ id: ObjectID, _ backend: UnsafeMutablePointer<git_odb_backend>?,
        _ content: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ size: UnsafeMutablePointer<Int>?,
        _ kind: UnsafeMutablePointer<git_object_t>?
    ) -> Int32 {
        guard let server = server(backend) else { return GIT_EINVALID.rawValue }
        return answer { () throws(ObjectServer.Failure) in
            let object = try server.read(id)
            let count = object.content.count
            // The library takes a terminated buffer for granted in places; and none of no bytes.
            guard let buffer = git_odb_backend_data_alloc(backend, count + 1) else { throw .broken("out of memory") }
            object.content.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress { buffer.copyMemory(from: start, byteCount: count) }
            }
            buffer.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
            content?.pointee = buffer
            size?.pointee = count
            kind?.pointee = object.kind.libraryValue
        }
    }

    /// The one object whose id starts with some hex digits.
    private static func find(
        _ prefix: UnsafePointer<git_oid>?, _ digitCount: Int, _ backend: UnsafeMutablePointer<git_odb_backend>?,
        _ body: (ObjectID) -> Void
    ) -> Int32 {
        guard let prefix, let server = server(backend) else { return GIT_EINVALID.rawValue }
        let digits = String(ObjectID(prefix.pointee).description.prefix(digitCount))
        return answer { () throws(ObjectServer.Failure) in body(try server.header(of: digits).id) }
    }
}
