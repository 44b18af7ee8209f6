package import Bytes
import Findings
package import Git

/// What the commits of a range add: the blobs that each has and its parents have not, and the messages, also of the
/// annotated tags that lead to them.
///
/// Of a merge, that is what differs from all parents: a resolved conflict, or what was slipped in.
package struct RangeSource: ScanSource {
    private let repositoryPath: String
    /// In words.
    private let range: String
    private let selection: Selection
    private let environment: GitEnvironment

    /// What says which commits are meant.
    private enum Selection {
        case range
        case unpublished(Publication)
        case job(CIJob)
    }

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - range: `A..B`, `A...B`, or `A` for all that A reaches.
    ///   - environment: The variables of git; by default those of the process.
    package init(repositoryPath: String, range: String, environment: GitEnvironment = .ofProcess()) {
        self.repositoryPath = repositoryPath
        self.range = range
        selection = .range
        self.environment = environment
    }

    /// The references whose commits the other side of a push has.
    package enum Publication: Sendable, Hashable {
        /// The branches of a remote: what one has may be news to another. One without a name, or never fetched from, has
        /// none.
        case remote(String)
        /// The branches of all remotes.
        case anyRemote
        /// All references: this is the side that receives, and what they reach was there before.
        case here

        /// What their names start with.
        var prefix: String {
            switch self {
            case .remote(let name): "refs/remotes/\(name)/"
            case .anyRemote: "refs/remotes/"
            case .here: "refs/"
            }
        }
    }

    /// What a revision reaches and the other side has not: what a push of a new branch sends.
    package init(
        repositoryPath: String, unpublished revision: String, to publication: Publication = .anyRemote,
        environment: GitEnvironment = .ofProcess()
    ) {
        self.repositoryPath = repositoryPath
        range = revision
        selection = .unpublished(publication)
        self.environment = environment
    }

    /// What a job of a CI service is about.
    package init(repositoryPath: String, job: CIJob, environment: GitEnvironment = .ofProcess()) {
        self.repositoryPath = repositoryPath
        range = job.description
        selection = .job(job)
        self.environment = environment
    }

    package func plan() throws(SourceError) -> Plan {
        let repository = try open()
        if case .job(let job) = selection { return try plan(job, repository) }
        do throws(GitError) {
            if case .unpublished = selection, let plan = try planOfFiles(repository) { return plan }
            var plan = try plan(resolve(in: repository), repository)
            plan.items += Self.messages(ofTags: try repository.annotatedTags(repository.resolve(tip)))
            return plan
        } catch {
            throw failure(error)
        }
    }

    /// What was there before the commits of the range, and what they lead to.
    package struct Ends: Sendable, Hashable {
        /// Commits, the one that matters most first; none: there was nothing, or nobody can tell what.
        package var bases: [ObjectID]
        package var tip: ObjectID
    }

    /// Where the range begins and ends.
    package func ends() throws(SourceError) -> Ends {
        let repository = try open()
        if case .job(let job) = selection {
            let commits = try job.commits(in: repository)
            return Ends(bases: commits.excluded, tip: commits.head)
        }
        do throws(GitError) {
            switch try resolve(in: repository) {
            case .reachable(let tip): return Ends(bases: [], tip: tip)
            case .difference(let base, let tip): return Ends(bases: [base], tip: tip)
            case .symmetricDifference(let base, let tip): return Ends(bases: [base], tip: tip)
            case .unpublished(let tip, let published): return Ends(bases: published, tip: tip)
            }
        } catch {
            throw failure(error)
        }
    }

    /// The revision that the range ends in; of `A...B`, B.
    private var tip: String {
        guard case .range = selection, let dots = range.firstRange(of: "..") else { return range }
        let end = range[dots.upperBound...].drop { $0 == "." }
        return end.isEmpty ? "HEAD" : String(end)
    }

    private static func messages(ofTags tags: [ObjectID]) -> [ScanItem] {
        tags.map { ScanItem(path: nil, origin: .tagMessage($0), size: nil) }
    }

    package func makeReader() throws(SourceError) -> any BlobReader {
        let repository = try open()
        do throws(GitError) {
            return try SourceReader(repository: repository)
        } catch {
            throw failure(error)
        }
    }

    private func open() throws(SourceError) -> Repository {
        do throws(GitError) {
            return try Repository.open(at: repositoryPath, environment: environment)
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: GitError) -> SourceError {
        SourceError(error, attempt: "scan the range", subject: range)
    }

    private func plan(_ job: CIJob, _ repository: Repository) throws(SourceError) -> Plan {
        if case .nothing = job.base { return Plan(root: root(of: repository)) }
        let commits = try job.commits(in: repository)
        var plan: Plan
        do throws(GitError) {
            plan = try self.plan(.unpublished(commits.head, published: commits.excluded), repository)
        } catch {
            throw failure(error)
        }
        plan.items += Self.messages(ofTags: commits.tags)
        if case .target = job.base, plan.commitCount == 0 {
            plan.problems.append(
                Problem(
                    subject: range,
                    message: "the target branch has all its commits already, so that nothing was scanned",
                    advice: "scan what the branch has with `windsock scan --history --branch NAME`"))
        }
        return plan
    }

    private func root(of repository: Repository) -> String {
        repository.workingDirectory ?? repository.gitDirectory
    }

    private func plan(_ commits: RevisionRange, _ repository: Repository) throws(GitError) -> Plan {
        let walk = try RevisionWalk(commits, in: repository)
        var plan = Plan(root: root(of: repository))
        plan.commitCount = walk.commits.count
        let ids = walk.commits.map(\.id)
        let head = try repository.head.commit
        var range = CommittedRange(
            repositoryPath: repositoryPath, environment: environment, commits: ids,
            endsInHead: head.map(ids.contains) ?? false)
        plan.items = walk.commits.map { ScanItem(path: nil, origin: .commitMessage($0.id), size: nil) }
        var failures: [GitError] = []
        for step in walk.commits.reversed() {
            do throws(GitError) {
                failures += try add(step, of: &range, repository, to: &plan)
            } catch {
                failures.append(error)
            }
        }
        plan.range = range
        plan.problems += ProblemSummary.problems(failures)
        if !walk.missingParents.isEmpty {
            plan.problems.append(
                Problem(
                    subject: self.range,
                    message: "the range goes on beyond what this clone has"
                        + (walk.missingParents.count == 1
                            ? " (1 parent commit is missing)"
                            : " (\(walk.missingParents.count) parent commits are missing)"),
                    advice: advice(repository)))
        }
        return plan
    }

    /// What a tag of a blob or of a tree sends; `nil` where the revision is a commit's.
    private func planOfFiles(_ repository: Repository) throws(GitError) -> Plan? {
        let id = try repository.resolve(range)
        let target = try repository.peel(id)
        var plan = Plan(root: root(of: repository))
        switch target.kind {
        case .commit, .tag: return nil
        case .blob:
            // No tree says what it is called.
            plan.items = [ScanItem(path: PathBytes(target.id.description), origin: .blob(target.id), size: nil)]
        case .tree:
            var comparison = TreeComparison(repository)
            comparison.compare(target.id, withParents: [])
            plan.items = comparison.additions.map { ScanItem(path: $0.path, origin: .blob($0.entry.id), size: nil) }
            plan.problems = ProblemSummary.problems(comparison.failures)
        }
        plan.items += Self.messages(ofTags: try repository.annotatedTags(id))
        return plan
    }

    private func advice(_ repository: Repository) -> String {
        if case .job(let job) = selection { return job.service.advice }
        return repository.isShallow ? "git fetch --unshallow" : "git fetch --refetch"
    }

    private func resolve(in repository: Repository) throws(GitError) -> RevisionRange {
        guard case .unpublished(let publication) = selection else { return try repository.resolveRange(range) }
        let known = try repository.references().references.filter { $0.name.hasPrefix(publication.prefix) }
        var published: [ObjectID] = []
        for reference in known {
            do throws(GitError) {
                let peeled = try repository.peel(reference.target)
                if peeled.kind == .commit { published.append(peeled.id) }
            } catch {
                // What cannot be followed leaves nothing out: too much is read rather than too little.
                continue
            }
        }
        return .unpublished(try repository.resolveCommit(range), published: published)
    }

    /// - Returns: What could not be compared.
    private func add(
        _ step: RevisionWalk.Step, of range: inout CommittedRange, _ repository: Repository, to plan: inout Plan
    ) throws(GitError) -> [GitError] {
        var comparison = TreeComparison(repository)
        try comparison.compare(step.links)
        guard !comparison.additions.isEmpty else { return comparison.failures }
        let commit = Occurrence.Commit(try repository.commit(step.id))
        for (path, entry) in comparison.additions where range.introductions[entry.id] == nil {
            range.introductions[entry.id] = commit
            plan.items.append(ScanItem(path: path, origin: .blob(entry.id), size: nil))
        }
        return comparison.failures
    }
}
