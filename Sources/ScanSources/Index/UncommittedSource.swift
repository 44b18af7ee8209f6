import Bytes
import Findings
package import Git
internal import Platform

/// All that is not committed yet: what is staged, and what was changed or added in the working directory since.
///
/// A file that is staged as it stands in the working directory is read once.
package struct UncommittedSource: ScanSource {
    private let repositoryPath: String
    private let environment: GitEnvironment

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - environment: The variables of git; by default those of the process.
    package init(repositoryPath: String, environment: GitEnvironment = .ofProcess()) {
        self.repositoryPath = repositoryPath
        self.environment = environment
    }

    package func plan() throws(SourceError) -> Plan {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            let root = try Self.workingDirectory(of: repository)
            let staged = try StagedChanges(repository)
            var plan = Plan(items: staged.items, omissions: staged.omissions, root: root)
            for difference in try repository.unstagedDifferences(repository.index()) {
                Self.add(difference, root, to: &plan)
            }
            return plan
        } catch {
            throw SourceError(error, attempt: "scan the uncommitted changes of", subject: repositoryPath)
        }
    }

    package func makeReader() throws(SourceError) -> any BlobReader {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            return try SourceReader(root: Self.workingDirectory(of: repository), repository: repository)
        } catch {
            throw SourceError(error, attempt: "scan the uncommitted changes of", subject: repositoryPath)
        }
    }

    private static func workingDirectory(of repository: Repository) throws(GitError) -> String {
        if let folder = repository.workingDirectory { return folder }
        throw GitError(
            operation: "find the working directory of", subject: repository.gitDirectory, kind: .other,
            message: "a bare repository has no uncommitted changes")
    }

    private static func add(_ difference: Difference, _ root: String, to plan: inout Plan) {
        // An untracked repository inside of this one shows as a folder.
        if difference.path.last == UInt8(ascii: "/") {
            let path = PathBytes(bytes: difference.path.dropLast())
            plan.omissions.append(Omission(reason: .submodule, subject: path.description))
            return
        }
        let path = PathBytes(bytes: difference.path)
        guard difference.status != .deleted else { return }
        var status = stat()
        let code = (Array(root.utf8) + path.bytes).map(CChar.init(bitPattern:)).withTerminator { lstat($0, &status) }
        guard code == 0 else {
            // A conflict about a deleted file has nothing in the working directory.
            if errno != ENOENT {
                plan.problems.append(
                    Problem(
                        SystemError(errno, attempt: "look at", subject: path.description), subject: path.description))
            }
            return
        }
        switch FileKind(mode: status.st_mode) {
        case .regular:
            plan.items.append(ScanItem(path: path, origin: .file, size: Int(status.st_size)))
        case .symbolicLink:
            plan.omissions.append(Omission(reason: .symbolicLink, subject: path.description))
        case .special:
            plan.omissions.append(Omission(reason: .specialFile, subject: path.description))
        case .directory:
            plan.problems.append(Problem(subject: path.description, message: "the folder could not be listed"))
        }
    }
}
