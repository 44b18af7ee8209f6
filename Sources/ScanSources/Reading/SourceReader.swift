import Bytes
import Findings
package import Git
internal import Platform

/// Reads items of every origin: files below a root, objects of a repository, standard input.
package final class SourceReader: BlobReader {
    let root: String?
    private let repository: Repository?
    private let buffer = ReadBuffer()
    /// The folder of Git LFS, which may not exist.
    private let largeFileStore: String?
    private let isPartialClone: Bool
    /// What items of standard input are read from, by their path; others from standard input itself.
    private let descriptors: [PathBytes: Int32]

    /// - Parameters:
    ///   - root: The folder that paths of files are relative to.
    ///   - repository: The objects; and its store of large files.
    ///   - descriptors: What items of standard input are read from, by their path; others from standard input itself.
    package init(
        root: String? = nil, repository: Repository? = nil, descriptors: [PathBytes: Int32] = [:]
    ) throws(GitError) {
        self.root = root
        self.descriptors = descriptors
        self.repository = repository
        largeFileStore = try repository.map { repository throws(GitError) in
            let store = try repository.configuration("lfs.storage") ?? "lfs"
            return store.hasPrefix("/") ? store : repository.commonDirectory + store
        }
        isPartialClone = try repository?.isPartialClone ?? false
    }

    package func read(_ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(ReadFailure)
    {
        defer { buffer.trim() }
        switch item.origin {
        case .file: try readFile(item, maximumSize: maximumSize, body)
        case .standardInput:
            let descriptor = item.path.flatMap { descriptors[$0] } ?? STDIN_FILENO
            try readDescriptor(descriptor, of: item, expectedSize: 0, maximumSize: maximumSize, body)
        case .index(let id), .blob(let id): try readBlob(id, of: item, maximumSize: maximumSize, body)
        case .commitMessage(let id), .tagMessage(let id): try readMessage(id, of: item, maximumSize: maximumSize, body)
        case .referenceNames: try readReferenceNames(item, body)
        case .address:
            throw .problem(Problem(subject: item.subject, message: "is no file: who fetched it reads it"))
        }
    }

    // MARK: Files

    private func readFile(
        _ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ReadFailure) {
        guard let root, let path = item.path else { preconditionFailure("no folder to read \(item.subject) from") }
        let descriptor = Self.openFile(path, below: root)
        guard descriptor >= 0 else {
            if errno == ELOOP { throw .omitted(Omission(reason: .symbolicLink, subject: item.subject)) }
            throw .problem(Self.unreadable(item, errno))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .problem(Self.unreadable(item, errno)) }
        guard FileKind(mode: status.st_mode) == .regular else {
            throw .omitted(Omission(reason: .specialFile, subject: item.subject))
        }
        let size = Int(status.st_size)
        guard size <= maximumSize else { throw .omitted(Omission(reason: .tooLarge, subject: item.subject)) }
        var pointer: LargeFilePointer?
        try readDescriptor(descriptor, of: item, expectedSize: size, maximumSize: maximumSize) { bytes in
            pointer = LargeFilePointer(bytes)
            if pointer == nil { body(bytes) }
        }
        if let pointer { try readLargeFile(pointer, of: item, maximumSize: maximumSize, body) }
    }

    /// The descriptor of a file, or -1 with `errno` set.
    static func openFile(_ path: PathBytes, below root: String) -> Int32 {
        let absolute = Array(root.utf8) + [UInt8(ascii: "/")] + path.bytes
        return absolute.map(CChar.init(bitPattern:)).withTerminator {
            // Whatever the path has become since it was listed: no link is followed, no FIFO waited for.
            open($0, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
        }
    }

    private func readDescriptor(
        _ descriptor: Int32, of item: ScanItem, expectedSize: Int, maximumSize: Int,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ReadFailure) {
        switch buffer.readAll(descriptor, expectedSize: expectedSize, maximumSize: maximumSize) {
        case .whole(let bytes): body(bytes)
        case .tooLarge: throw .omitted(Omission(reason: .tooLarge, subject: item.subject))
        case .failed(let code): throw .problem(Self.unreadable(item, code))
        }
    }

    private static func unreadable(_ item: ScanItem, _ code: Int32) -> Problem {
        let advice =
            switch code {
            case EACCES, EPERM: "give the scanning user read permission"
            case ENOENT: "it vanished while the scan ran; run it again"
            default: nil as String?
            }
        let error = SystemError(code, attempt: "read", subject: item.subject)
        return Problem(error, subject: item.subject, advice: advice)
    }

    // MARK: Objects

    func beginning(of id: ObjectID, count: Int) -> [UInt8]? { repository?.beginning(ofLoose: id, count: count) }

    private func objects(_ item: ScanItem) -> Repository {
        guard let repository else { preconditionFailure("no repository to read \(item.subject) from") }
        return repository
    }

    private func readBlob(
        _ id: ObjectID, of item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ReadFailure) {
        let objects = objects(item).objects
        var pointer: LargeFilePointer?
        var isTooLarge = false
        do throws(GitError) {
            let size = if let size = item.size { size } else { try objects.header(of: id).size }
            isTooLarge = size > maximumSize
            if !isTooLarge {
                try objects.withBlob(id) { bytes in
                    pointer = LargeFilePointer(bytes)
                    if pointer == nil { body(bytes) }
                }
            }
        } catch {
            let wasLeftOut = isPartialClone && error.kind == .notFound
            throw .problem(
                Problem(error, subject: item.subject, advice: wasLeftOut ? "git fetch --refetch --no-filter" : nil))
        }
        if isTooLarge { throw .omitted(Omission(reason: .tooLarge, subject: item.subject)) }
        if let pointer { try readLargeFile(pointer, of: item, maximumSize: maximumSize, body) }
    }

    private func readLargeFile(
        _ pointer: LargeFilePointer, of item: ScanItem, maximumSize: Int,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ReadFailure) {
        let missing = ReadFailure.omitted(Omission(reason: .largeFilePointer, subject: item.subject))
        guard let largeFileStore else { throw missing }
        let descriptor = open(pointer.path(inStore: largeFileStore), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw missing }
            throw .problem(Self.unreadable(item, errno))
        }
        defer { close(descriptor) }
        guard pointer.size <= maximumSize else {
            throw .omitted(Omission(reason: .tooLarge, subject: item.subject))
        }
        try readDescriptor(descriptor, of: item, expectedSize: pointer.size, maximumSize: maximumSize, body)
    }

    // MARK: What is not a file

    private func readMessage(
        _ id: ObjectID, of item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ReadFailure) {
        let objects = objects(item).objects
        var isTooLarge = false
        do throws(GitError) {
            try objects.withObject(id) { _, bytes in
                isTooLarge = bytes.count > maximumSize
                if !isTooLarge { body(buffer.collect(ObjectMessage.pieces(of: bytes))) }
            }
        } catch {
            throw .problem(Problem(error, subject: item.subject))
        }
        if isTooLarge { throw .omitted(Omission(reason: .tooLarge, subject: item.subject)) }
    }

    private func readReferenceNames(
        _ item: ScanItem, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ReadFailure) {
        do throws(GitError) {
            let names = try objects(item).references().names
            Array(names.joined(separator: "\n").utf8).withUnsafeBytes(body)
        } catch {
            throw .problem(Problem(error, subject: item.subject))
        }
    }
}
