import Bytes
internal import CLibgit2
internal import Platform

/// The loose objects of one folder: a file each, named by id, zlib inside.
///
/// libgit2 1.5 reads them too, but never returns from one that is cut off (`git_zstream_get_output` waits for output
/// that cannot come), which is just what a crash or a full disk leaves.
final class LooseObjects {
    /// The folder `objects`.
    let directory: String

    init(directory: String) {
        self.directory = directory
    }

    /// Why there is no object.
    enum Failure: Error {
        case notFound
        case damaged(String)
    }

    /// Kind and size, from the first bytes of the file.
    func header(of id: ObjectID) throws(Failure) -> (kind: git_object_t, size: Int) {
        var file = try InflatedFile(path: path(of: id))
        return try Self.header(&file)
    }

    /// Reads an object.
    ///
    /// - Parameter allocate: Makes room for the content; whoever calls this frees it, even if this throws.
    func read(
        _ id: ObjectID, allocate: (Int) -> UnsafeMutableRawPointer?
    ) throws(Failure) -> (kind: git_object_t, size: Int) {
        var file = try InflatedFile(path: path(of: id))
        let (kind, size) = try Self.header(&file)
        // A file can claim any size.
        guard let content = allocate(size) else { throw .damaged("there is no memory for its \(size) bytes") }
        let count = try file.read(into: UnsafeMutableRawBufferPointer(start: content, count: size))
        guard count == size, try file.isAtEnd() else { throw .damaged("its content is cut off or too long") }
        return (kind, size)
    }

    /// The first bytes of an object's content, however long it is.
    func beginning(of id: ObjectID, count: Int) throws(Failure) -> [UInt8] {
        var file = try InflatedFile(path: path(of: id))
        let size = try Self.header(&file).size
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(size, count), alignment: 1)
        defer { buffer.deallocate() }
        let read = try file.read(into: buffer)
        return Array(buffer.prefix(read))
    }

    func contains(_ id: ObjectID) -> Bool {
        access(path(of: id), F_OK) == 0
    }

    /// All ids, folder by folder; what is not named like an object is left out.
    func ids() -> [ObjectID] {
        (0..<256).flatMap { ids(ofFolder: UInt8($0)) }
    }

    /// The ids whose first byte is this.
    func ids(ofFolder first: UInt8) -> [ObjectID] {
        let digits = Self.hex(first)
        guard let stream = opendir(directory + "/" + digits) else { return [] }
        defer { closedir(stream) }
        var ids: [ObjectID] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let id = ObjectID(hex: digits + name) { ids.append(id) }
        }
        return ids.sorted()
    }

    private func path(of id: ObjectID) -> String {
        let digits = id.description
        return "\(directory)/\(digits.prefix(2))/\(digits.dropFirst(2))"
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }

    /// `blob 12\0`
    private static func header(_ file: inout InflatedFile) throws(Failure) -> (kind: git_object_t, size: Int) {
        var bytes: [UInt8] = []
        // The longest kind has six letters, a 64-bit size at most 19 digits.
        while bytes.count < 32 {
            guard let byte = try file.readByte() else { throw .damaged("it ends in its header") }
            if byte == 0 { break }
            bytes.append(byte)
        }
        let words = bytes.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, let size = Int(String(decoding: words[1], as: UTF8.self)), size >= 0 else {
            throw .damaged("its header is malformed")
        }
        let kind = git_object_string2type(String(decoding: words[0], as: UTF8.self))
        guard [GIT_OBJECT_COMMIT, GIT_OBJECT_TREE, GIT_OBJECT_BLOB, GIT_OBJECT_TAG].contains(kind) else {
            throw .damaged("its kind is unknown")
        }
        return (kind, size)
    }
}
