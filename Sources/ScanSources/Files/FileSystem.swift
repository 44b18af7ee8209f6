internal import Glibc

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}

/// The absolute path without symbolic links, `.` and `..`; `nil` if there is nothing, and `errno` says why.
func resolvedPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// What something in the file system is, as far as reading it is concerned.
enum FileKind {
    case regular
    case directory
    case symbolicLink
    case special

    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .symbolicLink
        default: self = .special
        }
    }
}

/// A name in a folder.
struct FolderEntry {
    var name: [UInt8]
    /// What the system says of it; a link is not followed.
    var status: stat

    var kind: FileKind { FileKind(mode: status.st_mode) }
    var size: Int { Int(status.st_size) }
}

/// A file or folder that is gone, or may not be read.
struct FileSystemError: Error {
    var errno: Int32
}

/// Lists a folder, sorted by name, without `.` and `..`. What vanishes meanwhile is left out.
///
/// - Returns: The entries, and names whose kind could not be told.
func entries(
    ofFolder path: [UInt8]
) throws(FileSystemError) -> (entries: [FolderEntry], failures: [(name: [UInt8], errno: Int32)]) {
    guard let stream = opendir(path.map(CChar.init(bitPattern:)) + [0]) else { throw FileSystemError(errno: errno) }
    defer { closedir(stream) }
    let folder = dirfd(stream)
    var found: [FolderEntry] = []
    var failures: [(name: [UInt8], errno: Int32)] = []
    while true {
        errno = 0
        guard let entry = readdir(stream) else {
            if errno != 0 { throw FileSystemError(errno: errno) }
            break
        }
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
        var status = stat()
        let code = name.map(CChar.init(bitPattern:)).withTerminator {
            fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW)
        }
        if code == 0 {
            found.append(FolderEntry(name: name, status: status))
        } else if errno != ENOENT {
            failures.append((name, errno))
        }
    }
    found.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return (found, failures)
}

/// The names in a folder, sorted, as `entries(ofFolder:)` lists them.
func names(ofFolder path: String) throws(FileSystemError) -> [String] {
    try entries(ofFolder: Array(path.utf8)).entries.map { String(decoding: $0.name, as: UTF8.self) }
}

extension [CChar] {
    /// Lends the characters as a C string.
    func withTerminator<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (self + [0]).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a terminated string is not empty") }
            return body(base)
        }
    }
}
