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
        for name in ["HEAD"] + all.map(\.name) where name != "refs/stash" {
            reflog += try repository.reflog(of: name)
        }
    }
}
