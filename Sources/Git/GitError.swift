internal import CLibgit2

/// What libgit2, or our own reading of a repository, could not do.
package struct GitError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure that callers tell apart.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case notFound
        case notARepository
        /// What should be a repository, or in one, is not there at all.
        case noSuchPath
        case invalidSpecification
        case unbornBranch
        case corrupt
        /// The index, which can be made anew.
        case damagedIndex
        case ownership
        /// Git itself was needed, and could not be run or refused.
        case program
        case other
    }

    /// What was attempted: `read blob`.
    package let operation: String
    /// On what: a path, an object id, a reference.
    package let subject: String
    /// What sort of failure it is.
    package let kind: Kind
    /// libgit2's number (`git_error_code`), negative; 0 where the failure is our own.
    package let code: Int
    /// The part of libgit2 that failed (`git_error_t`): `object database`.
    package let category: String
    /// What went wrong, in the library's words.
    package let message: String

    /// Describes a failure that did not come from the library.
    package init(
        operation: String, subject: String, kind: Kind, code: Int = 0, category: String = "windsock", message: String
    ) {
        self.operation = operation
        self.subject = subject
        self.kind = kind
        self.code = code
        self.category = category
        self.message = message
    }

    package var description: String { "could not \(operation) \(subject): \(message)" }
}

extension GitError {
    /// Runs a call of the library and turns a negative result into an error.
    ///
    /// - Returns: The result, if it is zero or positive: some calls answer with a number.
    @discardableResult
    static func check(
        _ operation: @autoclosure () -> String, _ subject: @autoclosure () -> String, _ call: () -> Int32
    ) throws(GitError) -> Int32 {
        let code = call()
        if code < 0 { throw GitError(operation: operation(), subject: subject(), code: code) }
        return code
    }

    /// Takes the library's last error of this thread. Call it directly after the failing call.
    init(operation: String, subject: String, code: Int32) {
        let last = git_error_last()
        let area = last.map { $0.pointee.klass } ?? 0
        let text = last.flatMap { $0.pointee.message.map { String(cString: $0) } }
        self.init(
            operation: operation, subject: subject, kind: Kind(code: code, class: area), code: Int(code),
            category: Self.categoryName(area), message: text ?? "libgit2 error \(code)")
    }

    private static func categoryName(_ area: Int32) -> String {
        switch git_error_t(rawValue: UInt32(max(0, area))) {
        case GIT_ERROR_NOMEMORY: "memory"
        case GIT_ERROR_OS: "operating system"
        case GIT_ERROR_INVALID: "invalid argument"
        case GIT_ERROR_REFERENCE: "reference"
        case GIT_ERROR_ZLIB: "zlib"
        case GIT_ERROR_REPOSITORY: "repository"
        case GIT_ERROR_CONFIG: "configuration"
        case GIT_ERROR_ODB: "object database"
        case GIT_ERROR_INDEX: "index"
        case GIT_ERROR_OBJECT: "object"
        case GIT_ERROR_TAG: "tag"
        case GIT_ERROR_TREE: "tree"
        case GIT_ERROR_SUBMODULE: "submodule"
        case GIT_ERROR_STASH: "stash"
        case GIT_ERROR_FILESYSTEM: "file system"
        case GIT_ERROR_WORKTREE: "worktree"
        case GIT_ERROR_SHA: "hash"
        default: "libgit2"
        }
    }
}

extension GitError.Kind {
    /// Sorts a result code of the library; the class settles the generic ones.
    init(code: Int32, class area: Int32) {
        switch git_error_code(rawValue: code) {
        case GIT_ENOTFOUND: self = .notFound
        case GIT_EINVALIDSPEC, GIT_EAMBIGUOUS: self = .invalidSpecification
        case GIT_EUNBORNBRANCH: self = .unbornBranch
        case GIT_EMISMATCH: self = .corrupt
        case GIT_EOWNER: self = .ownership
        default:
            let damaged = [
                GIT_ERROR_ZLIB, GIT_ERROR_ODB, GIT_ERROR_OBJECT, GIT_ERROR_TREE, GIT_ERROR_TAG, GIT_ERROR_INDEX,
                GIT_ERROR_SHA,
            ]
            let isDamaged = damaged.contains { $0.rawValue == UInt32(max(0, area)) }
            self = !isDamaged ? .other : area == GIT_ERROR_INDEX.rawValue ? .damagedIndex : .corrupt
        }
    }
}
