import Bytes
internal import Git

/// Where histories start: references, the stash, what reference logs remember.
struct HistoryTips: Sendable {
    /// HEAD's branch comes first; the stash is not among them.
    private(set) var references: [(name: TipName, target: ObjectID)] = []
    private(set) var stash: [ObjectID] = []
    private(set) var reflog: [ObjectID] = []
    private(set) var head: ObjectID?
    /// The full names of all references, resolved or not.
    let names: [String]

    init(_ repository: Repository) throws(GitError) {
        let head = try repository.head
        self.head = head.commit
        let listed = try repository.references()
        names = listed.names
        let all = listed.references
        let current: String? = if case .branch(let name, _) = head { name } else { nil }
        if case .detached(let id) = head { references.append((TipName(short: "HEAD", kind: .other), id)) }
        for reference in all.filter({ $0.name == current }) + all.filter({ $0.name != current }) {
            if reference.name == "refs/stash" {
                stash.append(reference.target)
            } else {
                references.append((TipName(reference), reference.target))
            }
        }
        references += try repository.worktreeHeads().map { (TipName(short: $0.name, kind: .other), $0.target) }
        // Older stashes live in the log of the reference alone.
        if !stash.isEmpty { stash += try repository.reflog(of: "refs/stash") }
        guard repository.hasReferenceLogs else { return }
        reflog += try repository.reflog(of: "HEAD")
        var logged = LoggedReferences(repository)
        for reference in all where reference.name != "refs/stash" && logged.mayHaveLog(reference.name) {
            reflog += try repository.reflog(of: reference.name)
        }
    }
}

/// Which references have logs: git keeps none of most, as of the tens of thousands of pull requests that a mirror has, and to
/// ask for each one takes its time.
private struct LoggedReferences {
    private let repository: Repository
    /// Of the reference that was asked about last; they come in the order of their names.
    private var folder: ReferenceLogFolder?

    init(_ repository: Repository) { self.repository = repository }

    mutating func mayHaveLog(_ name: String) -> Bool {
        if let folder, name.hasPrefix(folder.prefix) { return folder.hasLog(of: name) }
        // `refs/pull/1/head` is in `refs/pull/`.
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2)
        guard parts.count == 3 else { return true }
        let found = ReferenceLogFolder(repository, prefix: String(name[..<parts[2].startIndex]))
        folder = found
        return found.hasLog(of: name)
    }
}
