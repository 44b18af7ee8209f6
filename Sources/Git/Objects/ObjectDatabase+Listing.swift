package import Bytes
internal import CLibgit2

extension ObjectDatabase {
    /// Passes the id of every object to `body`: packed ones in the order of their pack, then loose ones.
    ///
    /// An object that is stored twice is passed twice.
    ///
    /// - Returns: What could not be listed; everything else was.
    package func forEach(_ body: @escaping (ObjectID) -> Void) -> [GitError] {
        let receiver = Receiver(body: body)
        var failures: [GitError] = []
        for index in 0..<git_odb_num_backends(handle) {
            var backend: UnsafeMutablePointer<git_odb_backend>?
            guard git_odb_get_backend(&backend, handle, index) == 0, let backend else { continue }
            if let failure = Self.list(backend, "store \(index)", receiver) { failures.append(failure) }
        }
        return failures
    }

    /// Lists a single pack by its index file.
    ///
    /// The library gives up on all packs of a directory when the index of one is damaged; pack by pack, the others
    /// can still be listed.
    package static func forEachObject(
        ofPackIndex path: String, _ body: @escaping (ObjectID) -> Void
    ) throws(GitError) {
        var opened: UnsafeMutablePointer<git_odb_backend>?
        try GitError.check("open the pack index", path) { git_odb_backend_one_pack(&opened, path) }
        guard let backend = opened else { return }
        defer { backend.pointee.free?(backend) }
        if let failure = list(backend, path, Receiver(body: body)) { throw failure }
    }

    /// What the C callback gets as its context. Bodies are escaping: `withoutActuallyEscaping` would put the path of this file
    /// into the executable, whose bytes would tell in which folder it was built.
    private final class Receiver {
        let body: (ObjectID) -> Void
        init(body: @escaping (ObjectID) -> Void) { self.body = body }
    }

    private static func list(
        _ backend: UnsafeMutablePointer<git_odb_backend>, _ name: String, _ receiver: Receiver
    ) -> GitError? {
        guard let foreach = backend.pointee.foreach else { return nil }
        let context = Unmanaged.passUnretained(receiver).toOpaque()
        let code = withExtendedLifetime(receiver) {
            foreach(
                backend,
                { id, context in
                    guard let id, let context else { return 0 }
                    Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue().body(ObjectID(id.pointee))
                    return 0
                }, context)
        }
        return code < 0 ? GitError(operation: "list the objects of", subject: name, code: code) : nil
    }
}
