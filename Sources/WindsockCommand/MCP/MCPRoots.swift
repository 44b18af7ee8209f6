import Bytes
import Git
import Platform

/// The folders that may be read.
struct MCPRoots: Sendable {
    /// Absolute, links resolved.
    private(set) var folders: [String]
    /// Whether whoever has started the server has named them: then no client adds to them.
    private let areNamed: Bool

    /// - Parameter paths: Those of options; none: the current folder, until a client names others.
    init(named paths: [String]) throws(CommandFailure) {
        areNamed = !paths.isEmpty
        folders = []
        for path in areNamed ? paths : ["."] {
            guard let folder = Self.resolved(path) else { throw CommandFailure("there is no folder \(path)") }
            folders.append(folder)
        }
    }

    /// A client has said that it names roots: until it has, there are none.
    mutating func awaitClient() {
        if !areNamed { folders = [] }
    }

    /// Takes the roots that a client names: addresses of files.
    mutating func take(_ addresses: [String]) {
        guard !areNamed else { return }
        folders = addresses.compactMap { FileAddress.path(of: $0) }.compactMap { Self.resolved($0) }
    }

    /// The path that something in the roots has, links resolved; relative ones begin in the first.
    ///
    /// - Throws: `RPCFailure` for what lies outside, or is not there: which of both is not told.
    func resolved(_ path: String) throws(RPCFailure) -> String {
        let refusal = RPCFailure(
            code: RPCFailure.invalidParameters,
            message: "the path is not in a root, or there is no such file; roots: \(folders.joined(separator: ", "))")
        guard let first = folders.first else {
            throw RPCFailure(
                code: RPCFailure.invalidParameters,
                message: "no roots are known: the client has not named any yet, and none was given with --root")
        }
        guard !path.utf8.contains(0) else { throw refusal }
        guard let real = Self.resolved(path.hasPrefix("/") ? path : "\(first)/\(path)") else { throw refusal }
        guard isInRoot(real) else { throw refusal }
        return real
    }

    private func isInRoot(_ real: String) -> Bool {
        folders.contains { real == $0 || real.hasPrefix($0 == "/" ? "/" : $0 + "/") }
    }

    /// The path of a repository, or of a folder in one, all of which lies in the roots: its files, and wherever it has its
    /// index and its objects.
    func repository(_ path: String) throws(RPCFailure) -> String {
        let real = try resolved(path)
        let repository: Repository
        do throws(GitError) {
            repository = try Repository.open(at: real)
        } catch {
            // The scan says what is wrong with it.
            return real
        }
        let places =
            [repository.workingDirectory, repository.gitDirectory, repository.commonDirectory].compactMap { $0 }
            + repository.objectDirectories
        for place in places {
            guard let place = Self.resolved(place), isInRoot(place) else {
                throw RPCFailure(
                    code: RPCFailure.invalidParameters,
                    message: "a part of the repository is not in a root: its files, its git directory or its objects")
            }
        }
        return real
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
