import Bytes
internal import CLibgit2
internal import Platform

/// Lets libgit2 read loose objects by way of `LooseObjects`.
struct LooseBackend {
    // First, so that the library's pointer is a pointer to this, too.
    private var parent: git_odb_backend
    private let objects: Unmanaged<LooseObjects>

    /// Makes a backend that the object database it is added to will free.
    static func make(_ directory: String) -> UnsafeMutablePointer<git_odb_backend> {
        let backend = UnsafeMutablePointer<LooseBackend>.allocate(capacity: 1)
        var parent = git_odb_backend()
        parent.version = UInt32(GIT_ODB_BACKEND_VERSION)
        parent.read = { content, size, kind, backend, id in
            guard let id else { return GIT_EINVALID.rawValue }
            return LooseBackend.read(ObjectID(id.pointee), backend, content, size, kind)
        }
        parent.read_header = { size, kind, backend, id in
            guard let id, let objects = LooseBackend.objects(backend) else { return GIT_EINVALID.rawValue }
            return LooseBackend.answer { () throws(LooseObjects.Failure) in
                let header = try objects.header(of: ObjectID(id.pointee))
                size?.pointee = header.size
                kind?.pointee = header.kind
            }
        }
        parent.exists = { backend, id in
            guard let id, let objects = LooseBackend.objects(backend) else { return 0 }
            return objects.contains(ObjectID(id.pointee)) ? 1 : 0
        }
        parent.exists_prefix = { found, backend, prefix, count in
            let (code, id) = LooseBackend.find(prefix, count, backend)
            if let id { found?.pointee = id.libraryValue }
            return code
        }
        parent.read_prefix = { found, content, size, kind, backend, prefix, count in
            let (code, id) = LooseBackend.find(prefix, count, backend)
            guard let id else { return code }
            found?.pointee = id.libraryValue
            return LooseBackend.read(id, backend, content, size, kind)
        }
        parent.foreach = { backend, callback, context in
            guard let callback, let objects = LooseBackend.objects(backend) else { return GIT_EINVALID.rawValue }
            for id in objects.ids() {
                var name = id.libraryValue
                let code = callback(&name, context)
                if code != 0 { return code }
            }
            return 0
        }
        parent.free = { backend in
            guard let backend else { return }
            let own = UnsafeMutableRawPointer(backend).assumingMemoryBound(to: LooseBackend.self)
            own.pointee.objects.release()
            own.deallocate()
        }
        let objects = Unmanaged.passRetained(LooseObjects(directory: directory))
        backend.initialize(to: LooseBackend(parent: parent, objects: objects))
        return UnsafeMutableRawPointer(backend).assumingMemoryBound(to: git_odb_backend.self)
    }

    private static func objects(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> LooseObjects? {
        guard let backend else { return nil }
        return UnsafeMutableRawPointer(backend).assumingMemoryBound(to: LooseBackend.self).pointee.objects
            .takeUnretainedValue()
    }

    /// Turns a failure into the library's code and last error.
    private static func answer(_ body: () throws(LooseObjects.Failure) -> Void) -> Int32 {
        do throws(LooseObjects.Failure) {
            try body()
            return 0
        } catch {
            switch error {
            case .notFound: return GIT_ENOTFOUND.rawValue
            case .damaged(let message):
                _ = git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), "the loose object is damaged: \(message)")
                return GIT_ERROR.rawValue
            }
        }
    }

    private static func read(
        _ id: ObjectID, _ backend: UnsafeMutablePointer<git_odb_backend>?,
        _ content: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ size: UnsafeMutablePointer<Int>?,
        _ kind: UnsafeMutablePointer<git_object_t>?
    ) -> Int32 {
        guard let objects = objects(backend) else { return GIT_EINVALID.rawValue }
        var allocated: UnsafeMutableRawPointer?
        let code = answer { () throws(LooseObjects.Failure) in
            let read = try objects.read(id) { size in
                // The library takes a terminated buffer for granted in places; and none of no bytes.
                guard size < Int.max else { return nil }
                allocated = git_odb_backend_data_alloc(backend, size + 1)
                allocated?.storeBytes(of: 0, toByteOffset: size, as: UInt8.self)
                return allocated
            }
            size?.pointee = read.size
            kind?.pointee = read.kind
        }
        if code == 0 { content?.pointee = allocated } else { git_odb_backend_data_free(backend, allocated) }
        return code
    }

    /// The one object whose id starts with some hex digits.
    private static func find(
        _ prefix: UnsafePointer<git_oid>?, _ digitCount: Int, _ backend: UnsafeMutablePointer<git_odb_backend>?
    ) -> (code: Int32, id: ObjectID?) {
        guard let prefix, let objects = objects(backend) else { return (GIT_EINVALID.rawValue, nil) }
        let wanted = ObjectID(prefix.pointee)
        let digits = wanted.description.prefix(digitCount)
        let matches = objects.ids(ofFolder: wanted.bytes[0]).filter { $0.description.hasPrefix(digits) }
        if matches.count > 1 { return (GIT_EAMBIGUOUS.rawValue, nil) }
        return matches.first.map { (0, $0) } ?? (GIT_ENOTFOUND.rawValue, nil)
    }
}
