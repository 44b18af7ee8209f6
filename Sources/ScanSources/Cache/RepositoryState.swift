internal import Git
internal import Glibc
internal import PackFile

/// What a scan of a whole history depends on besides what is in the objects: which objects there are, and what leads to
/// them. While that stays, nothing new can be found out.
struct RepositoryState: Sendable {
    /// 20 bytes. Whoever can choose names of references and objects must not be able to meet an earlier state, so that it
    /// is a digest as good as those of git.
    let digest: [UInt8]
    let tips: HistoryTips

    init(_ repository: Repository) throws(GitError) {
        let tips = try HistoryTips(repository)
        self.tips = tips
        var bytes: [UInt8] = []
        func add(_ text: String) { bytes += text.utf8 + [0] }
        func add(_ id: ObjectID) { bytes += id.bytes }
        // Of what git keeps in files of their own names and ids tell all; of packs their size and time, too.
        for folder in repository.objectDirectories {
            add(folder)
            for name in Self.names(ofFolder: folder + "/pack").sorted() {
                add(name)
                add(Self.stamp(folder + "/pack/" + name))
            }
        }
        add("loose")
        for id in repository.looseObjectIDs().sorted() { add(id) }
        add("head \(try repository.head)")
        for name in tips.names { add(name) }
        for (name, target) in tips.references {
            add("\(name.kind) \(name.short)")
            add(target)
        }
        for (kind, ids) in [("stash", tips.stash), ("reflog", tips.reflog)] {
            add("\(kind) \(ids.count)")
            for id in ids { add(id) }
        }
        for id in try repository.shallowCommits() { add(id) }
        add("partial \(try repository.isPartialClone)")
        for entry in try repository.index().entries {
            add(entry.id)
            bytes += entry.path + [0]
        }
        digest = bytes.withUnsafeBytes(SHA1.digest)
    }

    private static func names(ofFolder folder: String) -> [String] {
        // A folder that cannot be listed makes a scan incomplete, and of such a scan nothing is kept.
        let listing = try? entries(ofFolder: Array(folder.utf8)).entries
        return (listing ?? []).map { String(decoding: $0.name, as: UTF8.self) }
    }

    private static func stamp(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "gone" }
        return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    }
}
