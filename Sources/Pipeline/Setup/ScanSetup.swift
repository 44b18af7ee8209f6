package import Bytes
import Git
internal import Platform
package import ScanSources

/// Where what was set up for a scan is found: the configuration and the baseline of what is scanned, in the version that counts.
///
/// Of files those count that are there; of what is staged those of the index; of the commits of a range those of its base,
/// for what a change adds to them must not speak for that same change.
package struct ScanSetup {
    /// Of which version the files are that count.
    package enum Version: Sendable, Hashable {
        /// As they are now.
        case files
        /// As the index has them, or as they are where it has none.
        case index
        /// As a commit has them.
        case commit(ObjectID)
        /// There was nothing before what is scanned.
        case nothing
    }

    package private(set) var version: Version
    /// The top of the repository, or the folder that is scanned; absolute. Of several the first one's.
    package let root: String
    /// Folders from which is looked upwards, each with the one that is the last.
    private var starts: [(folder: String, top: String)] = []
    private(set) var repository: Repository?
    /// What the change that is scanned leads to.
    private var tip: ObjectID?
    /// The changes that are scanned, each branch of a push its own.
    package private(set) var changes: [Change] = []
    /// What there is to say of how these were found, in sentences without a full stop.
    package private(set) var notes: [String] = []

    /// - Parameters:
    ///   - subject: What is scanned.
    ///   - repository: The repository, or a folder in it.
    /// - Throws: `SourceError` where the base of a change cannot be told. That there is no repository is for the scan to say.
    package init(_ subject: ScanRequest.Subject, repository path: String) throws(SourceError) {
        switch subject {
        case .files(let paths):
            let starts = Self.starts(of: paths)
            self.init(.files, root: starts.first?.top ?? Self.absolute("."), starts: starts)
        case .package(let folder, _):
            let starts = Self.starts(of: [folder])
            self.init(.files, root: starts.first?.top ?? Self.absolute(folder), starts: starts)
        case .standardInput, .text, .patch, .image:
            let starts = Self.starts(of: ["."])
            self.init(.files, root: starts.first?.top ?? Self.absolute("."), starts: starts)
        case .staged: self.init(.index, of: path)
        case .uncommitted, .history: self.init(.files, of: path)
        case .push(let branches, let publication):
            self.init(.files, of: path)
            changes = branches.compactMap { Change($0, to: publication, repository: path) }
        case .range(let range):
            self.init(change: try RangeSource(repositoryPath: path, range: range).ends(), of: path)
        case .job:
            let job = try CIJob.detect()
            self.init(change: try RangeSource(repositoryPath: path, job: job).ends(), of: path)
            notes = job.notes
        }
    }

    private init(change ends: RangeSource.Ends, of path: String) {
        self.init(ends.bases.first.map { .commit($0) } ?? .nothing, of: path)
        tip = ends.tip
        changes = [Change(bases: Array(ends.bases.prefix(1)), tip: ends.tip)]
    }

    private init(_ version: Version, root: String, starts: [(folder: String, top: String)]) {
        self.version = version
        self.root = root
        self.starts = starts
    }

    private init(_ version: Version, of path: String) {
        guard let repository = Self.repository(of: path) else {
            self.init(.nothing, root: Self.absolute(path), starts: [])
            return
        }
        if let folder = repository.workingDirectory.map(Self.absolute) {
            self.init(version, root: folder, starts: [(folder, folder)])
        } else {
            // A bare repository has no files but those of its commits.
            let own = version == .files ? Self.headVersion(of: repository) : version
            self.init(own, root: Self.absolute(repository.gitDirectory), starts: [])
        }
        self.repository = repository
    }

    /// The same with the files as a commit has them; `nil`: there is none.
    package func asOf(_ commit: ObjectID?) -> ScanSetup {
        var copy = self
        copy.version = commit.map { .commit($0) } ?? .nothing
        return copy
    }

    private static func repository(of path: String) -> Repository? {
        do throws(GitError) {
            return try Repository.open(at: path)
        } catch {
            // The scan says what is wrong with it.
            return nil
        }
    }

    private static func headVersion(of repository: Repository) -> Version {
        do throws(GitError) {
            return try repository.head.commit.map { .commit($0) } ?? .nothing
        } catch {
            return .nothing
        }
    }

    // MARK: Finding files

    /// The nearest file of one of these names, looked for from what is scanned upwards; of each start one.
    ///
    /// - Parameter names: Of several in one folder the first counts.
    package func nearest(_ names: [String]) throws(SetupFile.Failure) -> [SetupFile] {
        guard case .files = version else { return try atRoot(names).map { [$0] } ?? [] }
        var found: [SetupFile] = []
        for start in starts {
            var folder = start.folder
            search: while true {
                for name in names {
                    guard let file = try SetupFile.read(name, in: folder, below: start.top) else { continue }
                    if !found.contains(file) { found.append(file) }
                    break search
                }
                if folder == start.top || folder == "/" { break }
                folder = Self.parent(of: folder)
            }
        }
        return found
    }

    /// The file of one of these names at the top of what is scanned; of each repository one.
    package func atTop(_ names: [String]) throws(SetupFile.Failure) -> [SetupFile] {
        guard case .files = version else { return try atRoot(names).map { [$0] } ?? [] }
        var found: [SetupFile] = []
        for start in starts {
            for name in names {
                guard let file = try SetupFile.read(name, in: start.top, below: start.top) else { continue }
                if !found.contains(file) { found.append(file) }
                break
            }
        }
        return found
    }

    private func atRoot(_ names: [String]) throws(SetupFile.Failure) -> SetupFile? {
        for name in names {
            if let file = try file(name, version) { return file }
        }
        return nil
    }

    /// The name of a file that somebody has written and that does not count, for no commit of the change or of its base has it.
    package func unused(_ names: [String]) -> String? {
        guard let tip, !starts.isEmpty else { return nil }
        if case .commit(let base) = version, names.contains(where: { committed($0, base) != nil }) { return nil }
        if names.contains(where: { committed($0, tip) != nil }) { return nil }
        return names.first { access(root == "/" ? "/" + $0 : "\(root)/\($0)", F_OK) == 0 }
    }

    /// A file that another names, in the version that counts; `nil` if there is none.
    ///
    /// - Parameter path: From the other's folder. It stays in what is scanned.
    package func related(_ path: String, to file: SetupFile) throws(SetupFile.Failure) -> SetupFile? {
        let top = starts.first { file.folder == $0.top || file.folder.hasPrefix($0.top + "/") }?.top ?? root
        var names = file.folder.dropFirst(top.count).split(separator: "/")
        for name in path.split(separator: "/") where name != "." {
            if name == "..", names.popLast() != nil { continue }
            guard name != "..", !path.hasPrefix("/"), !path.hasPrefix("~") else {
                throw SetupFile.Failure(name: path, reason: "it leads out of what is scanned")
            }
            names.append(name)
        }
        guard let name = names.last else { return nil }
        let folder = ([top] + names.dropLast().map(String.init)).joined(separator: "/")
        guard case .files = version else {
            var found = try self.file(names.joined(separator: "/"), version)
            // What it names in turn begins where it stands.
            found?.folder = folder
            return found
        }
        return try SetupFile.read(String(name), in: folder, below: top)
    }

    /// A file by its path from the top, in the version that counts; `nil` if there is none.
    package func file(at path: String) throws(SetupFile.Failure) -> SetupFile? { try file(path, version) }

    func file(_ name: String, _ version: Version) throws(SetupFile.Failure) -> SetupFile? {
        switch version {
        case .nothing: return nil
        case .files: return try SetupFile.read(name, in: root, below: root)
        case .index:
            // What nobody has told git of yet is meant all the same.
            if let blob = indexed(name) { return try file(name, blob) }
            return try SetupFile.read(name, in: root, below: root)
        case .commit(let commit):
            guard let blob = committed(name, commit) else { return nil }
            return try file(name, blob)
        }
    }

    func indexed(_ name: String) -> ObjectID? {
        do throws(GitError) {
            return try repository?.stagedBlob(at: name)
        } catch {
            // The scan of the index says what is wrong with it.
            return nil
        }
    }

    func committed(_ name: String, _ commit: ObjectID) -> ObjectID? {
        do throws(GitError) {
            guard let repository else { return nil }
            return repository.blob(at: name.utf8, inTree: try repository.commitLinks(commit).tree)
        } catch {
            return nil
        }
    }

    func file(_ name: String, _ blob: ObjectID) throws(SetupFile.Failure) -> SetupFile {
        guard let repository else { throw SetupFile.Failure(name: name, reason: "there is no repository") }
        let bytes: [UInt8]
        do throws(GitError) {
            bytes = try repository.objects.withBlob(blob) { Array($0) }
        } catch {
            throw SetupFile.Failure(name: name, reason: error.message)
        }
        return try SetupFile(name: name, folder: root, bytes: bytes)
    }
}

// MARK: Folders

extension ScanSetup {
    /// Where is looked from for files that are named, and where the way up ends: at the top of a repository.
    private static func starts(of paths: [String]) -> [(folder: String, top: String)] {
        var known: Set<String> = []
        var starts: [(folder: String, top: String)] = []
        for path in paths {
            let resolved = absolute(path)
            var status = stat()
            let isFolder = stat(resolved, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            let folder = isFolder ? resolved : parent(of: resolved)
            guard known.insert(folder).inserted else { continue }
            let current = absolute(".")
            // Without a repository the way up ends where the program runs.
            let top = top(of: folder) ?? (folder.hasPrefix(current + "/") ? current : folder)
            starts.append((folder, top))
        }
        return starts
    }

    /// The nearest folder that has a `.git`; `nil` if none has.
    private static func top(of folder: String) -> String? {
        var folder = folder
        while true {
            if access(folder + "/.git", F_OK) == 0 { return folder }
            if folder == "/" { return nil }
            folder = parent(of: folder)
        }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// Links resolved, without a slash at the end.
    static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else {
            if path.hasPrefix("/") || path == "." { return path }
            return absolute(".") + "/" + path
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
