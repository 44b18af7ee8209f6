package import Bytes
package import Git

extension CIJob {
    /// The commits of a job, in the clone that it has.
    struct Commits {
        var head: ObjectID
        /// What these reach is left out.
        var excluded: [ObjectID]
        /// The annotated tag that was pushed, and those that it tags.
        var tags: [ObjectID]
    }

    /// Finds the job's commits in its clone.
    ///
    /// Where it is open what was there before, rather too many commits are taken than too few.
    func commits(in repository: Repository) throws(SourceError) -> Commits {
        do throws(GitError) {
            let references = try repository.references().references
            guard let head = try find(self.head, repository) else { throw missing("the commit \(self.head ?? "HEAD")") }
            let tags = try pushedTags(references, repository)
            let excluded = try excluded(head, references, repository)
            return Commits(head: head, excluded: excluded, tags: tags)
        } catch {
            throw SourceError(
                attempt: "find the commits of", subject: description, message: error.message, advice: service.advice,
                isUsage: error.kind == .invalidSpecification)
        }
    }

    /// The commits that a job's change starts from: what they have, the job does not bring.
    package func bases(in repository: Repository) throws(SourceError) -> [ObjectID] {
        try commits(in: repository).excluded
    }

    /// The commit that a job's change ends in.
    package func tip(in repository: Repository) throws(SourceError) -> ObjectID { try commits(in: repository).head }

    private func excluded(
        _ head: ObjectID, _ references: [Reference], _ repository: Repository
    ) throws(GitError) -> [ObjectID] {
        switch base {
        case .nothing: return [head]
        case .target(let commit, let branch):
            if let commit, let found = try find(commit, repository) { return [found] }
            if let other = try mergedWith(head, repository) { return [other] }
            if let branch, let tip = try tip(of: branch, references, repository) { return [tip] }
            let name = branch.map { "the branch \($0)" } ?? commit.map { "the commit \($0)" } ?? "the target branch"
            throw missing("\(name), which the pull request is for,")
        case .previous(let commit):
            if let found = try find(commit, repository) { return [found] }
            // Otherwise a forced push dropped it, and the server no longer hands it out.
            if repository.isShallow { throw missing("the commit \(commit), which was there before the push,") }
            return try mainBranch(references, repository)
        case .unknown: return try mainBranch(references, repository)
        }
    }

    private func missing(_ what: String) -> GitError {
        GitError(operation: "find", subject: what, kind: .notFound, message: "\(what) is not in this clone")
    }

    /// A commit by its id, which may be shortened; `nil` if this clone lacks it.
    private func find(_ id: String?, _ repository: Repository) throws(GitError) -> ObjectID? {
        guard let id else { return try repository.head.commit }
        // A service's variables hold ids. Anything else could be read as a name, or as an expression.
        guard (7...64).contains(id.utf8.count), id.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
            throw GitError(
                operation: "find", subject: id, kind: .invalidSpecification, message: "\"\(id)\" is not a commit's id")
        }
        do throws(GitError) {
            return try repository.resolveCommit(id)
        } catch  where error.kind == .notFound {
            return nil
        }
    }

    /// The other parent of the merge commit that services check out to try a pull request.
    private func mergedWith(_ head: ObjectID, _ repository: Repository) throws(GitError) -> ObjectID? {
        guard let merge = try repository.head.commit else { return nil }
        let parents = try repository.commitLinks(merge).parents
        guard parents.count == 2, parents.contains(head) else { return nil }
        return parents.first { $0 != head && repository.objects.contains($0) }
    }

    /// Where a branch of the remote stands.
    private func tip(
        of branch: String, _ references: [Reference], _ repository: Repository
    ) throws(GitError) -> ObjectID? {
        let names = ["refs/remotes/origin/\(branch)", "refs/heads/\(branch)"]
        for name in names {
            guard let reference = references.first(where: { $0.name == name }) else { continue }
            return try repository.peel(reference.target).id
        }
        return nil
    }

    /// Where the main branch stands, unless it is what was pushed; nothing if it is not known.
    private func mainBranch(_ references: [Reference], _ repository: Repository) throws(GitError) -> [ObjectID] {
        let candidates = defaultBranch.map { [$0] } ?? ["main", "master"]
        switch pushed {
        case .branch(let name) where !candidates.contains(name): break
        case .tag: break
        // What a push to the main branch brought is not to be told from what it had.
        case .branch, .unknown: return []
        }
        for candidate in candidates {
            if let tip = try tip(of: candidate, references, repository) { return [tip] }
        }
        return []
    }

    private func pushedTags(_ references: [Reference], _ repository: Repository) throws(GitError) -> [ObjectID] {
        guard case .tag(let name) = pushed else { return [] }
        guard let target = references.first(where: { $0.name == "refs/tags/\(name)" })?.target else { return [] }
        return try repository.annotatedTags(target)
    }
}
