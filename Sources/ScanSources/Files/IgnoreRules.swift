internal import Git

/// What of a working directory counts: what the index has, and what the ignore rules leave.
struct IgnoreRules {
    let repository: Repository
    /// Files and links of the index. They are read even if a rule ignores them.
    let tracked: Set<PathBytes>
    /// The folders above them.
    let trackedFolders: Set<PathBytes>
    let submodules: Set<PathBytes>
    /// Tracked files that a sparse checkout leaves out of the working directory.
    let leftOut: [PathBytes]

    /// The working directory, relative to the root of the scan.
    private let prefix: PathBytes

    /// - Parameter prefix: The working directory, relative to the root of the scan; all paths here have it.
    init(_ repository: Repository, prefix: PathBytes) throws(GitError) {
        var tracked: Set<PathBytes> = []
        var folders: Set<PathBytes> = []
        var submodules: Set<PathBytes> = []
        var leftOut: [PathBytes] = []
        for entry in try repository.index().entries {
            let entryPath = prefix.appending(entry.path)
            if entry.mode.isSubmodule { submodules.insert(entryPath) } else { tracked.insert(entryPath) }
            if entry.isSkippedInWorktree, !entry.mode.isSubmodule { leftOut.append(entryPath) }
            // Upwards until a folder is known: the ones above it are known then, too.
            var path = entryPath.bytes[...]
            while let slash = path.lastIndex(of: UInt8(ascii: "/")) {
                path = path[..<slash]
                if !folders.insert(PathBytes(bytes: Array(path))).inserted { break }
            }
        }
        self.repository = repository
        self.prefix = prefix
        self.tracked = tracked
        trackedFolders = folders
        self.submodules = submodules
        self.leftOut = leftOut
    }

    /// Whether a rule covers a path; a tracked file may still count.
    func ignores(_ path: PathBytes, isFolder: Bool) throws(GitError) -> Bool {
        let skipped = prefix.bytes.isEmpty ? 0 : prefix.bytes.count + 1
        let relative = Array(path.bytes.dropFirst(skipped))
        // The working directory itself is never ignored, and the library has no name for it.
        if relative.isEmpty { return false }
        return try repository.isIgnored(isFolder ? relative + [UInt8(ascii: "/")] : relative)
    }
}
