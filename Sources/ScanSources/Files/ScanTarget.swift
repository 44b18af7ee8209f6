internal import Bytes
internal import Git
internal import Platform

/// A path of the command line, and what it turned out to be.
struct ScanTarget {
    enum Kind {
        case file(size: Int)
        /// What the process has open as a pipe or as a file without a name: `/dev/stdin`, `<(command)` of a shell.
        case descriptor(Int32)
        /// Reading it could block or do something.
        case special(SpecialFile)
        /// A folder; of the working directory of a repository if there is one.
        case folder
        case bareRepository
    }

    /// As it was given.
    let given: String
    /// Links resolved: one that is named explicitly is meant.
    let absolute: String
    let kind: Kind
    /// The repository whose working directory it lies in, or the bare one that it is.
    let repository: Repository?
    /// Absolute, without a slash at the end.
    let workingDirectory: String?
    /// Why the repository that is there is not read; its files are all the same, ignored ones, too.
    let repositoryFailure: GitError?

    var isBareRepository: Bool {
        if case .bareRepository = kind { true } else { false }
    }

    /// Whether it is a single file rather than something that has files.
    var isFile: Bool {
        switch kind {
        case .file, .special, .descriptor: true
        case .folder, .bareRepository: false
        }
    }

    /// - Parameter needsRepository: Whether a repository that cannot be opened is an error. If it is only good for
    ///   nicer paths, nothing is said.
    init(_ path: String, environment: GitEnvironment, needsRepository: Bool) throws(SourceError) {
        given = path
        var status = stat()
        if let descriptor = OpenDescriptor(path: path) {
            absolute = path
            kind = .descriptor(descriptor.number)
            repository = nil
            workingDirectory = nil
            repositoryFailure = nil
            return
        }
        guard stat(path, &status) == 0, let resolved = resolvedPath(path) else {
            throw SourceError(
                attempt: "scan", subject: path, message: SystemError.reason(of: errno),
                advice: "Check the spelling; relative paths start in the current directory, and - is standard input")
        }
        absolute = resolved
        let fileKind = FileKind(mode: status.st_mode)
        let (repository, failure) = Self.repository(of: resolved, environment: environment)
        // If it is only good for nicer paths, files are read without it.
        repositoryFailure = needsRepository ? failure : nil
        let workingDirectory = repository?.workingDirectory.flatMap(resolvedPath)
        switch fileKind {
        case .regular: kind = .file(size: Int(status.st_size))
        case .directory where repository?.isBare == true && repository?.gitDirectory == resolved + "/":
            kind = .bareRepository
            self.repository = repository
            self.workingDirectory = nil
            return
        case .directory: kind = .folder
        case .symbolicLink, .special: kind = .special(SpecialFile(mode: status.st_mode))
        }
        let isInside = workingDirectory.map { resolved == $0 || resolved.hasPrefix($0 == "/" ? "/" : $0 + "/") }
        // What lies in the git directory itself has no ignore rules; it is read as any other file.
        let isMetadata = repository.map { (resolved + "/").hasPrefix($0.gitDirectory) } ?? false
        let belongs = isInside == true && !isMetadata
        self.repository = belongs ? repository : nil
        self.workingDirectory = belongs ? workingDirectory : nil
    }

    private static func repository(
        of absolute: String, environment: GitEnvironment
    ) -> (found: Repository?, failure: GitError?) {
        do throws(GitError) {
            return (try Repository.open(at: absolute, environment: environment), nil)
        } catch {
            return (nil, [.notARepository, .noSuchPath].contains(error.kind) ? nil : error)
        }
    }
}

/// The path of `path` below `folder`; `nil` if it does not lie in it. Both absolute, without a slash at the end.
func relativePath(of path: String, below folder: String) -> PathBytes? {
    if path == folder { return PathBytes("") }
    let prefix = folder == "/" ? "/" : folder + "/"
    return path.hasPrefix(prefix) ? PathBytes(bytes: Array(path.utf8.dropFirst(prefix.utf8.count))) : nil
}
