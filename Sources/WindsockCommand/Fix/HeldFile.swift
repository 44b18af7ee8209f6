import Bytes
import Platform

/// A file as it was read, which is replaced only while it is that still.
struct HeldFile {
    let path: String
    let bytes: [UInt8]
    private let status: stat

    /// - Throws: `CommandFailure` for what is no file of its own.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = errno == ELOOP ? "it is a symbolic link; name what it leads to" : errorText(errno)
            throw CommandFailure("could not read \(path): \(reason)", code: .incomplete)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure("could not read \(path): it is no regular file", code: .incomplete)
        }
        self.status = status
        bytes = try Self.content(descriptor, path, size: Int(status.st_size))
    }

    private static func content(_ descriptor: Int32, _ path: String, size: Int) throws(CommandFailure) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(size)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return result }
            if count < 0 {
                if errno == EINTR { continue }
                throw CommandFailure("could not read \(path): \(errorText(errno))", code: .incomplete)
            }
            result += buffer[..<count]
        }
    }

    /// Why it is not to be replaced; `nil`: it may be.
    var objection: String? {
        // Who may do everything may write it all the same; whoever has made it read-only means it.
        if status.st_mode & S_IWUSR == 0 { return "the file is read-only" }
        if status.st_nlink > 1 {
            return "the file has \(status.st_nlink) names (hard links), and the others would keep the secret"
        }
        return nil
    }

    /// Replaces it as a whole; what was changed since it was read stays.
    func replace(by new: [UInt8]) throws(CommandFailure) {
        try OutputFile.replace(path, by: new, mode: 0o600, like: status) { () throws(CommandFailure) in
            let now = try HeldFile(path)
            guard now.status.st_ino == status.st_ino, now.status.st_dev == status.st_dev, now.bytes == bytes else {
                throw CommandFailure(
                    "could not change \(path): it was changed meanwhile; run it again", code: .incomplete)
            }
        }
    }
}
