import Bytes
import FoundationEssentials
import Git
import Platform
import ScanSources

/// Copies of repositories that were fetched, in a folder of the user's cache: the next audit fetches what is new.
struct MirrorFolder: Sendable {
    /// Absolute.
    let path: String
    /// How many bytes all together may have; those that were not used for longest go first.
    let maximumSize: Int
    /// How long one fetch may take, in seconds.
    let fetchLimit: Double

    /// - Parameter path: `nil`: the user's own.
    init(_ path: String?, maximumSize: Int, fetchLimit: Double) throws(CommandFailure) {
        self.maximumSize = maximumSize
        self.fetchLimit = fetchLimit
        if let path {
            self.path = GitCall.absolute(path)
            return
        }
        let cache =
            Environment.value("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? Environment.value("HOME").map { $0 + "/.cache" }
        guard let cache else {
            throw CommandFailure("there is no place for what is fetched: set HOME or XDG_CACHE_HOME, or give --mirrors")
        }
        self.path = "\(cache)/windsock/mirrors"
    }

    /// Where the copy of a repository is, or will be.
    func mirror(of address: RepositoryAddress) -> String { "\(path)/\(address.folderName)" }

    /// Makes the folder, for its owner alone.
    func make() throws(CommandFailure) { try StateFolder.make(path) }

    /// How many bytes a copy has.
    static func size(_ folder: String) -> Int {
        guard let listing = try? FolderListing(Array(folder.utf8)) else { return 0 }
        return listing.entries.reduce(0) { sum, entry in
            guard entry.kind == .directory else { return sum + Int(entry.status.st_size) }
            return sum + size("\(folder)/\(String(decoding: entry.name, as: UTF8.self))")
        }
    }

    /// Removes copies that were not used for longest until the rest is within the bound.
    ///
    /// One that somebody works with stays: its lock is held.
    func cleanUp() {
        guard let listing = try? FolderListing(Array(path.utf8)) else { return }
        var copies = listing.entries.filter { $0.kind == .directory }.map { entry in
            let folder = "\(path)/\(String(decoding: entry.name, as: UTF8.self))"
            return (folder: folder, used: Self.lastUse(folder), size: Self.size(folder))
        }
        copies.sort { $0.used < $1.used }
        var sum = copies.reduce(0) { $0 + $1.size }
        for copy in copies where sum > maximumSize {
            guard let lock = FileLock(copy.folder + ".lock", waits: false) else { continue }
            withExtendedLifetime(lock) {
                do {
                    try FileManager.default.removeItem(atPath: copy.folder)
                    unlink(copy.folder + ".lock")
                    sum -= copy.size
                } catch {
                    StandardError.write("windsock: could not remove \(copy.folder): \(HookText.reason(error))\n")
                }
            }
        }
    }

    /// When a copy was fetched last: the time of its lock.
    private static func lastUse(_ folder: String) -> Int {
        var status = stat()
        return stat(folder + ".lock", &status) == 0 ? Int(status.modificationTime.tv_sec) : 0
    }
}

/// A file that one process at a time holds; it goes with the process.
final class FileLock {
    private let descriptor: Int32

    /// - Parameter waits: Whether to wait for another process; otherwise `nil` where there is one.
    init?(_ path: String, waits: Bool) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            guard waits, errno == EINTR else {
                close(descriptor)
                return nil
            }
        }
        futimens(descriptor, nil)
    }

    deinit { close(descriptor) }
}
