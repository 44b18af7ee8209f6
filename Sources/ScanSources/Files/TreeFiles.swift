import Bytes
import Findings
internal import Git

/// Every file of a tree, with its path.
struct TreeFiles {
    private(set) var items: [ScanItem] = []
    private(set) var omissions: [Omission] = []
    private(set) var problems: [Problem] = []

    /// How deep folders may lie in each other: git's own bound is 2048, file systems' is lower.
    static let maximumDepth = 1024

    /// - Parameter repository: One without a commit has no files.
    init(ofHead repository: Repository) throws(GitError) {
        guard let tree = try repository.headTree() else { return }
        collect(tree, PathBytes(""), 0, repository)
    }

    private mutating func collect(_ tree: ObjectID, _ path: PathBytes, _ depth: Int, _ repository: Repository) {
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
                collect(entry.id, entryPath, depth + 1, repository)
            } else {
                problems.append(Problem(subject: entryPath.description, message: "folders are nested too deeply"))
            }
        }
    }
}
