internal import CArchive

/// libarchive, which is loaded when it is first asked for.
package enum ArchiveLibrary {
    /// Why no container can be opened, in words that name no file; `nil`: they can be.
    package static var objection: String? { windsock_archive_load().map { String(cString: $0) } }
}

/// Why a container, or a member of it, could not be read.
struct ArchiveFailure: Error {
    /// In the library's words.
    let message: String
    /// Whether other members may still be read.
    let isOfMember: Bool
}

extension ArchiveFailure {
    fileprivate init(of archive: OpaquePointer, isOfMember: Bool) {
        let words = windsock_archive_error(archive).map { String(cString: $0) } ?? ""
        self.init(message: words.isEmpty ? "it is damaged" : words, isOfMember: isOfMember)
    }
}

/// Reads the members of a container in memory, one after the other. Owns libarchive's state; ``ArchiveLibrary/objection`` must be `nil`.
struct ArchiveReader: ~Copyable {
    /// What is in front of a member's content.
    struct Member {
        /// As the container has it: it may be absolute, or lead out of any folder. No file is ever called by it.
        let name: String?
        /// Whether it is a file, and no folder, link or device.
        let isFile: Bool
        let isFolder: Bool
        /// Whether it is the whole of what was compressed, which has no name.
        let isRaw: Bool
        let isEncrypted: Bool
        /// In bytes, as the container says; `nil` where it does not.
        let size: Int?
    }

    private let archive: OpaquePointer
    /// Whether the format knows passwords.
    private let mayBeEncrypted: Bool
    /// What the library reads from, where it is not memory.
    private let supply: ArchiveSupply?

    /// - Parameter bytes: Must outlive this value.
    init(_ bytes: UnsafeRawBufferPointer, as format: ContainerFormat) throws(ArchiveFailure) {
        var isOpen = false
        guard let archive = windsock_archive_open(bytes.baseAddress, bytes.count, format.kinds, &isOpen) else {
            throw ArchiveFailure(message: "there is no memory left", isOfMember: false)
        }
        if !isOpen {
            let failure = ArchiveFailure(of: archive, isOfMember: false)
            windsock_archive_close(archive)
            throw failure
        }
        self.archive = archive
        supply = nil
        mayBeEncrypted = [.zip, .sevenZip, .rar].contains(format)
    }

    /// Reads a container that comes piece by piece.
    init(_ supply: ArchiveSupply, as format: ContainerFormat) throws(ArchiveFailure) {
        try self.init(supply, kinds: format.kinds, mayBeEncrypted: [.zip, .sevenZip, .rar].contains(format))
    }

    /// - Parameter kinds: What libarchive is to expect.
    init(
        _ supply: ArchiveSupply, kinds: windsock_archive_kinds.RawValue, mayBeEncrypted: Bool = false
    ) throws(ArchiveFailure) {
        var isOpen = false
        let context = Unmanaged.passUnretained(supply).toOpaque()
        guard
            let archive = windsock_archive_open_stream(
                { _, context, piece in ArchiveSupply.of(context).next(piece) }, context, kinds, &isOpen)
        else { throw ArchiveFailure(message: "there is no memory left", isOfMember: false) }
        if !isOpen {
            let failure = ArchiveFailure(
                message: supply.failure?.message ?? ArchiveFailure(of: archive, isOfMember: false).message,
                isOfMember: false)
            windsock_archive_close(archive)
            throw failure
        }
        self.archive = archive
        self.supply = supply
        self.mayBeEncrypted = mayBeEncrypted
    }

    deinit { windsock_archive_close(archive) }

    /// Goes on to the next member; `nil`: there is none.
    mutating func next() throws(ArchiveFailure) -> Member? {
        var member: OpaquePointer?
        switch windsock_archive_next(archive, &member) {
        case WINDSOCK_ARCHIVE_DONE: return nil
        case WINDSOCK_ARCHIVE_GOES_ON: break
        case WINDSOCK_ARCHIVE_MEMBER_FAILED: throw failure(isOfMember: true)
        default: throw failure(isOfMember: false)
        }
        guard let member else { return nil }
        let size = windsock_archive_size(member)
        return Member(
            name: windsock_archive_name(member).map { String(cString: $0) }, isFile: windsock_archive_is_file(member),
            isFolder: windsock_archive_is_folder(member), isRaw: windsock_archive_is_raw(archive),
            isEncrypted: windsock_archive_member_is_encrypted(member),
            size: size < 0 ? nil : Int(size))
    }

    /// Reads on in the member's content.
    ///
    /// - Returns: How much was read, and whether it is damaged; 0 bytes that are not damaged are the end.
    mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(ArchiveFailure) -> (count: Int, isDamaged: Bool) {
        var count = 0
        switch windsock_archive_read(archive, buffer.baseAddress, buffer.count, &count) {
        case WINDSOCK_ARCHIVE_DONE, WINDSOCK_ARCHIVE_GOES_ON: return (count, false)
        case WINDSOCK_ARCHIVE_DAMAGED: return (0, true)
        case WINDSOCK_ARCHIVE_MEMBER_FAILED: throw failure(isOfMember: true)
        default: throw failure(isOfMember: false)
        }
    }

    /// How many bytes came out of the compression around the container so far.
    var decompressedCount: Int { Int(windsock_archive_decompressed(archive)) }

    /// Whether a password is known to be needed.
    var isEncrypted: Bool { mayBeEncrypted && windsock_archive_is_encrypted(archive) }

    private func failure(isOfMember: Bool) -> ArchiveFailure {
        // Where there is no more to be had no member can be read.
        if let failure = supply?.failure { return ArchiveFailure(message: failure.message, isOfMember: false) }
        return ArchiveFailure(of: archive, isOfMember: isOfMember)
    }
}
