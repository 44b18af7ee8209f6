internal import CCertificates
internal import CLibgit2

/// libgit2 itself: started once, with the options that a program wants that only reads.
enum Library {
    /// Starts libgit2 on first use; every opening of a repository goes through it.
    ///
    /// There is no shutdown: handles may live until the process ends, and the system frees the rest.
    static func start() throws(GitError) {
        if let failure = startup { throw failure }
    }

    private static let startup: GitError? = {
        do throws(GitError) {
            try GitError.check("start", "libgit2") { () -> Int32 in
                windsock_leave_out_certificates(true)
                defer { windsock_leave_out_certificates(false) }
                return git_libgit2_init()
            }
            // We read only, and run neither hooks nor commands from the configuration: whose repository it is does
            // not matter. Continuous integration often checks out as another user.
            try set(GIT_OPT_SET_OWNER_VALIDATION, false)
            // Every object is read once: an object cache only costs.
            try set(GIT_OPT_ENABLE_CACHING, false)
            // Half of the reading time; damage still shows as a zlib error or a wrong size.
            try set(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, false)
            // A pack's pages count as this process's memory while they are mapped; by default all of it would be.
            try GitError.check("set the mapping limit of", "libgit2") { windsock_set_mapping(64 << 20, 256 << 20) }
            try allowExtensions()
            return nil
        } catch {
            return error
        }
    }()

    static func set(_ option: git_libgit2_opt_t, _ isOn: Bool) throws(GitError) {
        try GitError.check("set option \(option.rawValue) of", "libgit2") {
            windsock_set_option(Int32(option.rawValue), isOn ? 1 : 0)
        }
    }

    /// Names extensions that libgit2 refuses: most do not change how objects and references are read, and where
    /// `objectformat` and `refstorage` do, git itself reads them (`RepositoryFormat`).
    private static func allowExtensions() throws(GitError) {
        let names: [StaticString] = [
            "noop", "partialclone", "worktreeconfig", "preciousobjects", "relativeworktrees", "compatobjectformat",
            "objectformat", "refstorage",
        ]
        var pointers: [UnsafePointer<CChar>?] = names.map {
            UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self)
        }
        try GitError.check("set the known extensions of", "libgit2") {
            windsock_set_extensions(&pointers, pointers.count)
        }
    }
}
