internal import Platform

/// A file's bytes in memory, as the system maps them.
///
/// Packs are never changed once they have their name, and removing one does not end its mapping. Should somebody cut
/// a mapped pack short all the same, the system ends the process (`SIGBUS`), as it does with git.
///
/// Unchecked only because of the pointer: nobody writes to the bytes, and they live as long as the object.
final class MappedFile: @unchecked Sendable {
    let path: String
    let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool
    private let resident: ResidentBlocks

    init(path: String) throws(PackError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.systemError(path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw Self.systemError(path) }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw PackError(.unreadable, file: path, "it is not a file")
        }
        let size = Int(information.st_size)
        // Nothing cannot be mapped.
        guard size > 0 else { throw PackError(.damaged, file: path, "it is empty") }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw Self.systemError(path)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
        isMapped = true
        resident = ResidentBlocks(size: size, measure: ProcessMemory.fileByteCount)
    }

    /// Takes bytes that come from elsewhere, under the name that errors shall give them.
    init(path: String, copying content: UnsafeRawBufferPointer) {
        self.path = path
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 16)
        copy.copyMemory(from: content)
        bytes = UnsafeRawBufferPointer(copy)
        isMapped = false
        resident = ResidentBlocks(size: content.count)
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            bytes.deallocate()
        }
    }

    /// Takes what was read so far out of the process's memory; the system still has it, and gives it back when it is
    /// read again. Without it, a pack that was read once counts as used memory from end to end.
    func releasePages() {
        guard isMapped else { return }
        madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
        resident.removeAll()
    }

    /// As `releasePages`, if about so many bytes have been read since.
    func releasePages(ifMoreThan limit: Int) {
        if resident.isMore(than: limit) { releasePages() }
    }

    /// Keeps the file from filling the process's memory: what was read is in the system's cache anyway.
    ///
    /// - Parameters:
    ///   - range: What was read.
    ///   - limit: How much of the file may stay, in bytes.
    func noteRead(_ range: Range<Int>, limit: Int) {
        guard isMapped, resident.insert(range) != nil, resident.isMore(than: limit) else { return }
        releasePages()
    }

    private static func systemError(_ path: String) -> PackError {
        PackError(.unreadable, file: path, String(cString: strerror(errno)))
    }
}
