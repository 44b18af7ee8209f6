internal import Git

/// Where histories start: references, the stash, what reference logs remember.
struct HistoryTips {
    /// By short name. HEAD's branch comes first; the stash is not among them.
    private(set) var references: [(name: String, target: ObjectID)] = []
    private(set) var stash: [ObjectID] = []
    private(set) var reflog: [ObjectID] = []
    private(set) var head: ObjectID?

    init(_ repository: Repository) throws(GitError) {
        let head = try repository.head
        self.head = head.commit
        let all = try repository.references().references
        let current: String? = if case .branch(let name, _) = head { name } else { nil }
        if case .detached(let id) = head { references.append(("HEAD", id)) }
        for reference in all.filter({ $0.name == current }) + all.filter({ $0.name != current }) {
            if reference.name == "refs/stash" {
                stash.append(reference.target)
            } else {
                references.append((reference.shortName, reference.target))
            }
        }
        references += try repository.worktreeHeads().map { ($0.name, $0.target) }
        // Older stashes live in the log of the reference alone.
        if !stash.isEmpty { stash += try repository.reflog(of: "refs/stash") }
        for name in ["HEAD"] + all.map(\.name) where name != "refs/stash" {
            reflog += try repository.reflog(of: name)
        }
    }
}
