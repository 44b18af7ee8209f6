import Bytes
internal import Git
internal import PackFile
internal import Platform
internal import ScanSources

/// What a scan of a whole history depends on besides what is in the objects: which objects there are, and what leads to
/// them. While that stays, nothing new can be found out.
struct RepositoryState: Sendable {
    /// 20 bytes. Whoever can choose names of references and objects must not be able to meet an earlier state, so that it
    /// is a digest as good as those of git.
    let digest: [UInt8]
    /// The references that it is a digest of.
    private let files: ReferenceFiles
    private let worktrees: [String]

    init(_ repository: Repository) throws(GitError) {
        files = try ReferenceFiles(repository)
        var summary = Summary()
        // Of what git keeps in files of their own names and ids tell all; of packs their size and time, too.
        for folder in repository.objectDirectories {
            summary.add(folder)
            for name in Self.names(ofFolder: folder + "/pack") {
                summary.add(name)
                summary.addStamp(of: folder + "/pack/" + name)
            }
        }
        summary.add("loose")
        for id in repository.looseObjectIDs().sorted() { summary.add(id.bytes) }
        summary.add(files.bytes)
        let (own, common) = (repository.gitDirectory, repository.commonDirectory)
        summary.addContent(of: own + "HEAD")
        worktrees = Self.names(ofFolder: common + "worktrees")
        for name in worktrees {
            summary.add(name)
            summary.addContent(of: "\(common)worktrees/\(name)/HEAD")
        }
        // A log only grows, or is written anew as another file.
        for folder in own == common ? [own] : [own, common] { summary.addStamps(below: folder + "logs") }
        for id in try repository.shallowCommits() { summary.add(id.bytes) }
        summary.add("partial \(try repository.isPartialClone)")
        for entry in try repository.index().entries {
            summary.add(entry.id.bytes)
            summary.add(entry.path)
        }
        digest = summary.bytes.withUnsafeBytes(SHA1.digest)
    }

    /// The short names of everything that histories can start from but reference logs, in an order of their own.
    func tipNames(_ repository: Repository) throws(GitError) -> [String] {
        let references = if let own = files.references() { own } else { try repository.references() }
        return ["HEAD"] + references.references.map(\.shortName) + worktrees.map { "HEAD of worktree \($0)" }
    }

    private static func names(ofFolder folder: String) -> [String] {
        do throws(SystemError) {
            return try FolderListing.names(ofFolder: folder)
        } catch {
            // A folder that cannot be listed makes a scan incomplete, and of such a scan nothing is kept.
            return []
        }
    }

    /// What goes into the digest, each part with its length.
    private struct Summary {
        var bytes: [UInt8] = []

        mutating func add(_ part: [UInt8]) {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { bytes += $0 }
            bytes += part
        }

        mutating func add(_ text: String) { add(Array(text.utf8)) }

        mutating func addContent(of path: String) {
            // What cannot be read counts as what is not there: the scan that follows names it.
            add((try? Repository.readSmallFile(path) ?? []) ?? [])
        }

        mutating func addStamp(of path: String) {
            var status = stat()
            if stat(path, &status) == 0 { add(status) } else { add("gone") }
        }

        private mutating func add(_ status: stat) {
            for number in [
                Int(status.st_ino), Int(status.st_size), status.modificationTime.tv_sec,
                status.modificationTime.tv_nsec,
            ] {
                withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).bigEndian) { bytes += $0 }
            }
        }

        /// Names and stamps of all files of a folder and those in it.
        mutating func addStamps(below folder: String) {
            guard let listing = try? FolderListing(Array(folder.utf8)) else { return }
            for entry in listing.entries {
                add(entry.name)
                if entry.kind == .directory {
                    addStamps(below: folder + "/" + String(decoding: entry.name, as: UTF8.self))
                } else {
                    add(entry.status)
                }
            }
        }
    }
}
