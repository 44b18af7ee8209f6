package import Bytes
internal import CLibgit2
internal import Platform

extension Repository {
    /// The commits whose parents a shallow clone left out; empty if it is complete.
    package func shallowCommits() throws(GitError) -> [ObjectID] {
        // `git_repository_is_shallow` only says whether; the file says where.
        guard let bytes = try Self.readSmallFile((referenceCopy?.path ?? commonDirectory) + "shallow") else {
            return []
        }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            line.withUnsafeBytes { ObjectID(hexDigits: $0) }
        }
    }

    /// Whether history was cut off when this repository was cloned.
    package var isShallow: Bool { git_repository_is_shallow(handle) == 1 }

    /// Whether objects were left out to be fetched when needed (`git clone --filter`).
    package var isPartialClone: Bool {
        get throws(GitError) {
            if try configuration("extensions.partialclone") != nil { return true }
            var remotes = git_strarray()
            try GitError.check("list the remotes of", gitDirectory) { git_remote_list(&remotes, handle) }
            defer { git_strarray_dispose(&remotes) }
            for index in 0..<remotes.count {
                let name = Self.path(remotes.strings[index])
                if let value = try configuration("remote.\(name).promisor"), value != "false" { return true }
            }
            return false
        }
    }

    /// Adds the folders that others borrow objects from, and so on.
    static func withAlternates(_ own: [String]) throws(GitError) -> [String] {
        var directories: [String] = []
        for directory in own {
            let resolved = resolvedPath(directory) ?? directory
            if !directories.contains(resolved) { directories.append(resolved) }
        }
        var next = 0
        while next < directories.count {
            let directory = directories[next]
            next += 1
            guard let bytes = try readSmallFile(directory + "/info/alternates") else { continue }
            for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
                let text = String(decoding: line, as: UTF8.self)
                let path = text.hasPrefix("/") ? text : directory + "/" + text
                if let resolved = resolvedPath(path), !directories.contains(resolved) { directories.append(resolved) }
            }
        }
        return directories
    }

    /// Reads a file of the git directory; `nil` if there is none.
    package static func readSmallFile(_ path: String) throws(GitError) -> [UInt8]? {
        let descriptor = Platform.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw GitError(
                operation: "open", subject: path, kind: .other, category: "operating system",
                message: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw GitError(
                    operation: "read", subject: path, kind: .other, category: "operating system",
                    message: String(cString: strerror(errno)))
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
