import Bytes
package import Findings
package import Git
internal import Platform

/// The repositories of a repository's submodules, and of theirs: checked out, or only kept in its git directory.
package struct Submodules: Sendable {
    /// A submodule whose repository is here.
    package struct Entry: Sendable, Hashable {
        /// Relative to the outermost repository.
        package var path: String
        /// Its working directory; `nil` if it is not checked out.
        package var checkout: String?
        /// Its git directory.
        package var gitDirectory: String
        /// Whether HEAD or the index has it; otherwise only its repository is left.
        package var isCurrent: Bool
    }

    package private(set) var found: [Entry] = []
    /// Paths of submodules whose repositories are not here.
    package private(set) var missing: [String] = []
    /// What could not be looked through.
    package private(set) var problems: [Problem] = []

    private var visited: Set<String> = []
    private static let maximumDepth = 32

    /// Looks for the submodules of HEAD and of the index, and for those of other times that the git directory still has.
    package init(of repositoryPath: String, environment: GitEnvironment = .ofProcess()) throws(SourceError) {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            visited.insert(repository.commonDirectory)
            collect(repository, prefix: "", isCurrent: true, depth: 0)
        } catch {
            throw SourceError(error, attempt: "look for the submodules of", subject: repositoryPath)
        }
    }

    private mutating func collect(_ repository: Repository, prefix: String, isCurrent: Bool, depth: Int) {
        guard depth < Self.maximumDepth else {
            problems.append(Problem(subject: prefix, message: "submodules are nested too deeply"))
            return
        }
        let kept = keptRepositories(of: repository)
        let paths = linkedPaths(of: repository, prefix)
        for path in paths {
            if let checkout = checkout(path, repository) {
                add(checkout, at: prefix + path, isCheckedOut: true, isCurrent: isCurrent, depth: depth)
            } else if let entry = kept.first(where: { $0.path == path }) {
                add(entry.gitDirectory, at: prefix + path, isCheckedOut: false, isCurrent: isCurrent, depth: depth)
            } else if isCurrent {
                missing.append(prefix + path)
            }
        }
        // A submodule that HEAD no longer has may have left its repository.
        for entry in kept {
            add(entry.gitDirectory, at: prefix + entry.path, isCheckedOut: false, isCurrent: false, depth: depth)
        }
    }

    private mutating func add(
        _ location: String, at path: String, isCheckedOut: Bool, isCurrent: Bool, depth: Int
    ) {
        do throws(GitError) {
            // Variables such as GIT_DIR speak of the outer repository.
            let repository = try Repository.open(at: location, environment: GitEnvironment(currentDirectory: "/"))
            guard visited.insert(repository.commonDirectory).inserted else { return }
            found.append(
                Entry(
                    path: path, checkout: isCheckedOut ? location : nil, gitDirectory: repository.gitDirectory,
                    isCurrent: isCurrent))
            collect(repository, prefix: path + "/", isCurrent: isCurrent, depth: depth + 1)
        } catch {
            problems.append(Problem(error, subject: path))
        }
    }

    /// The paths at which HEAD or the index has a commit instead of a file.
    private mutating func linkedPaths(of repository: Repository, _ prefix: String) -> [String] {
        var paths: Set<String> = []
        do throws(GitError) {
            for omission in try TreeFiles(ofHead: repository).omissions where omission.reason == .submodule {
                paths.insert(omission.subject)
            }
            guard !repository.isBare else { return paths.sorted() }
            for entry in try repository.index().entries where entry.mode.isSubmodule {
                paths.insert(String(decoding: entry.path, as: UTF8.self))
            }
        } catch {
            problems.append(Problem(error, subject: prefix.isEmpty ? "HEAD" : prefix))
        }
        return paths.sorted()
    }

    /// The working directory of a submodule that is checked out.
    private func checkout(_ path: String, _ repository: Repository) -> String? {
        guard let folder = repository.workingDirectory else { return nil }
        let checkout = folder + path
        return access(checkout + "/.git", F_OK) == 0 ? checkout : nil
    }

    // MARK: Repositories in the git directory

    private typealias Kept = (path: String, gitDirectory: String)

    /// The repositories in `modules`, which git names after the submodules; a name may have slashes in it.
    private mutating func keptRepositories(of repository: Repository) -> [Kept] {
        var kept: [Kept] = []
        let root = repository.commonDirectory + "modules"
        var pending = [""]
        while let name = pending.popLast() {
            let folder = name.isEmpty ? root : root + "/" + name
            if !name.isEmpty, access(folder + "/HEAD", F_OK) == 0, access(folder + "/objects", F_OK) == 0 {
                kept.append((path(ofModule: name, folder, repository), folder))
                continue
            }
            do throws(SystemError) {
                let folders = try FolderListing(Array(folder.utf8)).entries.filter { $0.kind == .directory }
                let names = folders.map { String(decoding: $0.name, as: UTF8.self) }
                if name.split(separator: "/").count < Self.maximumDepth {
                    pending += names.map { name.isEmpty ? $0 : name + "/" + $0 }
                }
            } catch {
                if error.code != ENOENT {
                    let refusal = SystemError(error.code, attempt: "list the folder", subject: folder)
                    problems.append(Problem(refusal, subject: folder))
                }
            }
        }
        return kept.sorted { $0.path < $1.path }
    }

    /// Where it is, or was, checked out; a renamed submodule keeps its name in the git directory.
    private func path(ofModule name: String, _ folder: String, _ repository: Repository) -> String {
        guard let root = repository.workingDirectory.flatMap(resolvedPath) else { return name }
        let configured: String?
        do throws(GitError) {
            let module = try Repository.open(at: folder, environment: GitEnvironment(currentDirectory: "/"))
            configured = try module.configuration("core.worktree")
        } catch {
            // It will be named when it is to be scanned.
            return name
        }
        guard let configured else { return name }
        let joined = configured.hasPrefix("/") ? configured : folder + "/" + configured
        let path = Self.normalized(joined)
        return path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : name
    }

    /// Without `.` and `..`; the folder itself need not exist.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
