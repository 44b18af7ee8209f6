package import Bytes
package import Platform

/// What is in a folder, sorted by name, without `.` and `..`.
package struct FolderListing {
    /// A name in a folder.
    package struct Entry {
        package var name: [UInt8]
        /// What the system says of it; a link is not followed.
        package var status: stat

        package var kind: FileKind { FileKind(mode: status.st_mode) }
        var size: Int { Int(status.st_size) }
    }

    package private(set) var entries: [Entry] = []
    /// Names whose kind could not be told. What vanishes while it is listed is not among them.
    private(set) var failures: [(name: [UInt8], code: Int32)] = []

    /// Lists a folder.
    ///
    /// - Parameter path: As the system has it, without a zero at its end.
    package init(_ path: [UInt8]) throws(SystemError) {
        let failure = { SystemError(errno, attempt: "list", subject: String(decoding: path, as: UTF8.self)) }
        guard let stream = opendir(path.map(CChar.init(bitPattern:)) + [0]) else { throw failure() }
        defer { closedir(stream) }
        let folder = dirfd(stream)
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw failure() }
                break
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            var status = stat()
            let code = name.map(CChar.init(bitPattern:)).withTerminator {
                fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW)
            }
            if code == 0 {
                entries.append(Entry(name: name, status: status))
            } else if errno != ENOENT {
                failures.append((name, errno))
            }
        }
        entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// The names in a folder, sorted.
    package static func names(ofFolder path: String) throws(SystemError) -> [String] {
        try FolderListing(Array(path.utf8)).entries.map { String(decoding: $0.name, as: UTF8.self) }
    }
}
