import Bytes
internal import CLibgit2
internal import Platform

extension Repository {
    /// Reads the index, or that of `GIT_INDEX_FILE`. A bare repository without one has an empty one.
    ///
    /// One that is split or sparse is read by git itself.
    package func index() throws(GitError) -> Index {
        if hasForeignIndex { return try indexReadByGit() }
        do throws(GitError) {
            return try indexReadByLibrary()
        } catch {
            guard let cause = Self.cause(of: error) else { throw error }
            do throws(GitError) {
                let index = try indexReadByGit()
                hasForeignIndex = true
                return index
            } catch let failure {
                throw GitError(
                    operation: error.operation, subject: error.subject, kind: .program,
                    message: "\(cause.state); only git reads that, and \(failure.message). \(cause.wayOn)")
            }
        }
    }

    /// The index that git would use.
    var indexPath: String { git.indexFile ?? gitDirectory + "index" }

    /// What an extension of the index that the library refuses means; `nil` where that is not what is wrong.
    private static func cause(of error: GitError) -> (state: String, wayOn: String)? {
        guard error.message.contains("unsupported mandatory extension") else { return nil }
        if error.message.contains("'link'") {
            return ("it is split (core.splitIndex)", "`git update-index --no-split-index` makes it whole")
        }
        if error.message.contains("'sdir'") {
            return ("it is sparse (index.sparse)", "`git sparse-checkout init --no-sparse-index` makes it whole")
        }
        return ("it has parts that only newer programs know", "`git read-tree HEAD` makes it anew")
    }

    private func indexReadByLibrary() throws(GitError) -> Index {
        var opened: OpaquePointer?
        let subject = indexPath
        if let fault = Self.fault(ofIndexAt: subject) {
            throw GitError(operation: "read the index", subject: subject, kind: .damagedIndex, message: fault)
        }
        if let indexFile = git.indexFile {
            try GitError.check("read the index", subject) { git_index_open(&opened, indexFile) }
        } else if referenceCopy != nil {
            try GitError.check("read the index", subject) { git_index_open(&opened, subject) }
        } else {
            try GitError.check("read the index", subject) { git_repository_index(&opened, handle) }
        }
        guard let opened else { preconditionFailure("libgit2 gave no index") }
        let index = Index(owning: opened)
        // What was read when the repository was opened may be old by now.
        try GitError.check("read the index", subject) { git_index_read(index.handle, 0) }
        return index
    }

    /// Why a file is no index whatever stands in it; `nil`: it may be one, or there is none, which means an empty index.
    ///
    /// The library says of each of these that the file is not there, or takes it for an empty index.
    private static func fault(ofIndexAt path: String) -> String? {
        let descriptor = Platform.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            return errno == ENOENT ? nil : "\(path) cannot be opened: \(String(cString: strerror(errno)))"
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            return "\(path) cannot be looked at: \(String(cString: strerror(errno)))"
        }
        if status.st_mode & S_IFMT == S_IFDIR { return "\(path) is a folder, not a file" }
        if status.st_mode & S_IFMT != S_IFREG { return "\(path) is no regular file" }
        return status.st_size == 0 ? "\(path) is empty: it was cut off while it was written" : nil
    }

    private func indexReadByGit() throws(GitError) -> Index {
        let listing = try git.output(of: ["ls-files", "--stage", "-t", "-z"])
        var made: OpaquePointer?
        try GitError.check("make an index for", gitDirectory) { git_index_new(&made) }
        guard let made else { preconditionFailure("libgit2 gave no index") }
        let index = Index(owning: made)
        for line in listing.split(separator: 0) {
            guard let entry = IndexLine(line) else {
                throw git.failure(
                    ["ls-files"],
                    "git answered with \(String(decoding: line.prefix(80), as: UTF8.self).debugDescription)")
            }
            try GitError.check("list", entry.description) { entry.withLibraryValue { git_index_add(made, $0) } }
        }
        // Attributes are looked up in it while it is compared with files.
        git_repository_set_index(handle, made)
        return index
    }
}

/// What `git ls-files --stage -t` says of an entry: `S 100644 ID 0`, a tab, and the path.
private struct IndexLine: CustomStringConvertible {
    private let path: [UInt8]
    private let id: ObjectID
    private let mode: UInt32
    private let stage: UInt16
    private let isSkippedInWorktree: Bool

    init?(_ line: ArraySlice<UInt8>) {
        guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let fields = line[..<tab].split(separator: UInt8(ascii: " "))
        guard fields.count == 4, let id = ForeignNames.id(fields[2]),
            let mode = UInt32(String(decoding: fields[1], as: UTF8.self), radix: 8),
            let stage = UInt16(String(decoding: fields[3], as: UTF8.self))
        else { return nil }
        path = Array(line[(tab + 1)...])
        (self.id, self.mode, self.stage) = (id, mode, stage)
        isSkippedInWorktree = fields[0].elementsEqual([UInt8(ascii: "S")])
    }

    var description: String { String(decoding: path, as: UTF8.self) }

    /// What `git add --intent-to-add` announces has the id of no content, which is not told apart from an empty file: there
    /// is nothing to be read in either, and the object need not be there.
    private var isEmpty: Bool {
        ["e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda118543"].contains(
            id.description)
    }

    func withLibraryValue(_ body: (UnsafePointer<git_index_entry>) -> Int32) -> Int32 {
        var entry = git_index_entry()
        entry.id = id.libraryValue
        entry.mode = mode
        entry.flags = stage << UInt16(GIT_INDEX_ENTRY_STAGESHIFT)
        var extended: UInt32 = 0
        if isSkippedInWorktree { extended |= GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue }
        if isEmpty, stage == 0 { extended |= GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue }
        if extended != 0 { entry.flags |= UInt16(GIT_INDEX_ENTRY_EXTENDED.rawValue) }
        entry.flags_extended = UInt16(extended)
        return (path.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { text in
            entry.path = text.baseAddress
            return body(&entry)
        }
    }
}
