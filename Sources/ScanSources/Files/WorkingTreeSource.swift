import Findings
package import Git

/// Files of the file system: of a repository those that are tracked or could be committed, of other folders all.
///
/// What is named explicitly is read even if the repository ignores it. A bare repository stands for its HEAD tree.
package struct WorkingTreeSource: ScanSource {
    private let paths: [String]
    private let useGitignore: Bool
    private let environment: GitEnvironment

    /// - Parameters:
    ///   - paths: Files and folders; empty means the current directory.
    ///   - useGitignore: `false` reads ignored files, too.
    ///   - environment: The variables of git; by default those of the process.
    package init(paths: [String], useGitignore: Bool = true, environment: GitEnvironment = .ofProcess()) {
        self.paths = paths.isEmpty ? ["."] : paths
        self.useGitignore = useGitignore
        self.environment = environment
    }

    package func plan() throws(SourceError) -> Plan {
        let targets = try targets()
        let root = Self.root(of: targets)
        var plan = Plan(root: Self.repositoryRoot(of: targets))
        var rules: [String: IgnoreRules?] = [:]
        for target in targets { try scan(target, below: root, &rules, into: &plan) }
        if targets.count > 1 {
            // They may overlap: `scan . src src/main.c`.
            plan.items = plan.items.withoutRepeats()
            plan.omissions = plan.omissions.removingRepeats()
            plan.problems = plan.problems.removingRepeats()
        }
        return plan
    }

    /// The folder that the paths of the plan begin in; absolute.
    package func pathsBegin() throws(SourceError) -> String { Self.root(of: try targets()) }

    package func makeReader() throws(SourceError) -> any BlobReader {
        let targets = try targets()
        let repository =
            targets.first { $0.isBareRepository }?.repository ?? targets.lazy.compactMap(\.repository).first
        do throws(GitError) {
            return try SourceReader(
                root: Self.root(of: targets), repository: repository, descriptors: Self.descriptors(targets))
        } catch {
            throw SourceError(error, attempt: "scan", subject: paths.joined(separator: ", "))
        }
    }

    private static func descriptors(_ targets: [ScanTarget]) -> [PathBytes: Int32] {
        var result: [PathBytes: Int32] = [:]
        for target in targets {
            if case .descriptor(let number) = target.kind { result[PathBytes(target.given)] = number }
        }
        return result
    }

    private func targets() throws(SourceError) -> [ScanTarget] {
        let targets = try paths.map { path throws(SourceError) in
            try ScanTarget(path, environment: environment, needsRepository: useGitignore)
        }
        if let second = targets.filter(\.isBareRepository).dropFirst().first {
            throw SourceError(
                attempt: "scan", subject: second.given, message: "it is the second bare repository",
                advice: "Scan one bare repository at a time")
        }
        return targets
    }

    private func scan(
        _ target: ScanTarget, below root: String, _ rules: inout [String: IgnoreRules?], into plan: inout Plan
    ) throws(SourceError) {
        if case .descriptor = target.kind {
            plan.items.append(Self.item(PathBytes(target.given), .standardInput, size: nil))
            return
        }
        guard let path = relativePath(of: target.absolute, below: root) else {
            preconditionFailure("\(target.absolute) is not below the common root \(root)")
        }
        switch target.kind {
        case .descriptor: break
        case .file(let size): plan.items.append(Self.item(path, .file, size: size))
        case .special(let kind): plan.problems.append(kind.problem(target.given))
        case .folder:
            if let failure = target.repositoryFailure { plan.problems.append(Self.problem(failure, target.given)) }
            let rules = useGitignore ? ignoreRules(target, root, &rules, &plan.problems) : nil
            // An ignored folder that is asked for by name is meant: reading nothing of it would look like "clean".
            let isIgnored = try isIgnored(path, rules, target)
            var walk = FolderWalk(
                root: root, rules: isIgnored ? nil : rules, stopsAtRepositories: target.repository != nil)
            walk.walk(path)
            plan.items += walk.items
            plan.omissions += walk.omissions
            plan.problems += walk.problems
            plan.omissions += SparseCheckout.omissions(in: path, of: target, below: root, rules)
        case .bareRepository:
            try scanHead(of: target, into: &plan)
        }
    }

    private static func item(_ path: PathBytes, _ origin: Origin, size: Int?) -> ScanItem {
        var item = ScanItem(path: path, origin: origin, size: size)
        item.isNamed = true
        return item
    }

    private func isIgnored(
        _ path: PathBytes, _ rules: IgnoreRules?, _ target: ScanTarget
    ) throws(SourceError) -> Bool {
        do throws(GitError) {
            return try rules?.ignores(path, isFolder: true) ?? false
        } catch {
            throw SourceError(error, attempt: "read the ignore rules for", subject: target.given)
        }
    }

    /// - Returns: `nil` also where they cannot be read: then all files are.
    private func ignoreRules(
        _ target: ScanTarget, _ root: String, _ known: inout [String: IgnoreRules?], _ problems: inout [Problem]
    ) -> IgnoreRules? {
        guard let repository = target.repository, let folder = target.workingDirectory else { return nil }
        if let rules = known[folder] { return rules }
        var rules: IgnoreRules?
        do throws(GitError) {
            rules = try IgnoreRules(repository, prefix: relativePath(of: folder, below: root) ?? PathBytes(""))
        } catch {
            problems.append(Self.problem(error, target.given))
        }
        known[folder] = .some(rules)
        return rules
    }

    /// Files are read whatever their repository is like; which of them git would ignore is then not known.
    private static func problem(_ error: GitError, _ path: String) -> Problem {
        var problem = Problem(error, subject: path)
        problem.message += "; its files were scanned all the same, also those that git ignores"
        return problem
    }

    private func scanHead(of target: ScanTarget, into plan: inout Plan) throws(SourceError) {
        guard let repository = target.repository else { return }
        do throws(GitError) {
            let files = try TreeFiles(ofHead: repository)
            plan.items += files.items
            plan.omissions += files.omissions
            plan.problems += files.problems
        } catch {
            throw SourceError(error, attempt: "scan HEAD of", subject: target.given)
        }
    }

    /// What paths are relative to: the working directory if all are of one, a single folder, the current directory
    /// if all lie in it, or else what they have in common.
    private static func root(of all: [ScanTarget]) -> String {
        // What is open already lies nowhere.
        let targets = all.filter { if case .descriptor = $0.kind { false } else { true } }
        if targets.isEmpty { return "/" }
        let workingDirectories = Set(targets.map(\.workingDirectory))
        if workingDirectories.count == 1, let shared = workingDirectories.first, let shared { return shared }
        if targets.count == 1, let only = targets.first, !only.isFile { return only.absolute }
        if let current = resolvedPath("."), contains(current, targets) { return current }
        var root = targets[0].absolute
        repeat {
            let parent = root[..<(root.lastIndex(of: "/") ?? root.startIndex)]
            root = parent.isEmpty ? "/" : String(parent)
        } while root != "/" && !contains(root, targets)
        return root
    }

    private static func contains(_ folder: String, _ targets: [ScanTarget]) -> Bool {
        targets.allSatisfy { target in
            guard let path = relativePath(of: target.absolute, below: folder) else { return false }
            // A file cannot be its own root.
            return !path.bytes.isEmpty || !target.isFile
        }
    }

    private static func repositoryRoot(of targets: [ScanTarget]) -> String? {
        let roots = Set(targets.map { $0.isBareRepository ? $0.absolute : $0.workingDirectory })
        return roots.count == 1 ? roots.first.flatMap { $0 } : nil
    }
}

extension [ScanItem] {
    /// Each once; what was named is so also where a folder that it is in was named before it.
    fileprivate func withoutRepeats() -> [ScanItem] {
        let named = Set(lazy.filter(\.isNamed))
        let all = map { item in
            var item = item
            item.isNamed = true
            return item
        }
        return all.removingRepeats().map { item in
            var item = item
            item.isNamed = named.contains(item)
            return item
        }
    }
}

extension Array where Element: Hashable {
    /// The elements without those that came before.
    func removingRepeats() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
