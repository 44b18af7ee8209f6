import Bytes
package import Findings
package import Git

/// Every file of a tree, with its path.
package struct TreeFiles {
    private(set) var items: [ScanItem] = []
    package private(set) var omissions: [Omission] = []
    private(set) var problems: [Problem] = []

    /// How deep folders may lie in each other: git's own bound is 2048, file systems' is lower.
    package static let maximumDepth = 1024

    /// - Parameter repository: One without a commit has no files.
    package init(ofHead repository: Repository) throws(GitError) {
        guard let tree = try repository.headTree() else { return }
        collect(tree, at: .root, depth: 0, of: repository)
    }

    private mutating func collect(_ tree: ObjectID, at path: PathBytes, depth: Int, of repository: Repository) {
        let entries: [TreeEntry]
        do throws(GitError) {
            entries = try repository.tree(tree)
        } catch {
            problems.append(Problem(error, subject: path.bytes.isEmpty ? "HEAD" : path.description))
            return
        }
        for entry in entries {
            let entryPath = path.appending(entry.name)
            if entry.mode.isSubmodule {
                omissions.append(Omission(reason: .submodule, subject: entryPath.description))
            } else if entry.mode.isSymbolicLink {
                omissions.append(Omission(reason: .symbolicLink, subject: entryPath.description))
            } else if entry.mode.isBlob {
                items.append(ScanItem(path: entryPath, origin: .blob(entry.id), size: nil))
            } else if depth < Self.maximumDepth {
                collect(entry.id, at: entryPath, depth: depth + 1, of: repository)
            } else {
                problems.append(Problem(subject: entryPath.description, message: "folders are nested too deeply"))
            }
        }
    }
}
