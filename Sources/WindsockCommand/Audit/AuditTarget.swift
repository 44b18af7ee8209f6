import Bytes
import Git
import Platform
import ScanSources

/// One repository of an audit.
struct AuditTarget {
    enum Place {
        /// On this machine.
        case path(String)
        /// Fetched by git.
        case address(RepositoryAddress)
        /// Nothing that could be read: why.
        case nothing(String)
    }

    /// As messages call it.
    var name: String
    var place: Place
    /// How many bytes there are to read, as far as is known.
    var size = 0
    /// Whether it was not named, and need not be there: a wiki.
    var isOptional = false
}

/// The repositories that an audit is about, each once.
struct AuditTargets {
    private(set) var targets: [AuditTarget] = []
    private var seen: Set<String> = []
    private let looksForWikis: Bool

    /// - Parameter sources: Paths of repositories, of folders with repositories, of lists of these; addresses; `-` is a list on
    ///   standard input.
    init(_ sources: [String], looksForWikis: Bool) throws(CommandFailure) {
        self.looksForWikis = looksForWikis
        for source in sources { try add(source, isListed: false) }
    }

    private mutating func add(_ source: String, isListed: Bool) throws(CommandFailure) {
        if RepositoryAddress.looksLikeOne(source) { return add(address: source) }
        if source == "-", !isListed { return try add(list: Self.standardInput()) }
        var status = stat()
        guard stat(source, &status) == 0 else {
            let reason = SystemError.reason(of: errno)
            return add(AuditTarget(name: source, place: .nothing("could not look at it: \(reason)")), once: source)
        }
        if status.st_mode & S_IFMT == S_IFDIR { return add(folder: source) }
        guard !isListed else {
            return add(AuditTarget(name: source, place: .nothing("it is a file, and no repository")), once: source)
        }
        try add(list: try TextFile.read(source, purpose: "the list of repositories"))
    }

    private static func standardInput() throws(CommandFailure) -> String {
        do throws(SystemError) {
            return String(decoding: try StandardInput.read(upTo: 16 << 20), as: UTF8.self)
        } catch {
            throw CommandFailure(error.description)
        }
    }

    /// A line each; what begins with # is a comment.
    private mutating func add(list text: String) throws(CommandFailure) {
        for line in text.split(whereSeparator: \.isNewline) {
            var words = line[...]
            while let last = words.last, last.isWhitespace { words.removeLast() }
            let word = words.drop(while: \.isWhitespace)
            if word.isEmpty || word.hasPrefix("#") { continue }
            try add(String(word), isListed: true)
        }
    }

    private mutating func add(address text: String) {
        do throws(CommandFailure) {
            let address = try RepositoryAddress(text)
            add(AuditTarget(name: address.key, place: .address(address)), once: address.key)
            guard looksForWikis, let wiki = address.wiki else { return }
            add(AuditTarget(name: wiki.key, place: .address(wiki), isOptional: true), once: wiki.key)
        } catch {
            let name = EchoedArguments.masked(text)
            add(AuditTarget(name: name, place: .nothing(error.description)), once: name)
        }
    }

    private mutating func add(folder: String) {
        let walk = RepositoryWalk(below: folder)
        for path in walk.repositories {
            let size = RepositoryWalk.size(ofRepository: path)
            add(AuditTarget(name: path, place: .path(path), size: size), once: Self.identity(path))
        }
        for failure in walk.failures {
            add(AuditTarget(name: failure.subject, place: .nothing(failure.description)), once: failure.subject)
        }
        if walk.repositories.isEmpty, walk.failures.isEmpty {
            add(AuditTarget(name: folder, place: .nothing("there is no repository in it")), once: folder)
        }
    }

    private mutating func add(_ target: AuditTarget, once identity: String) {
        if seen.insert(identity).inserted { targets.append(target) }
    }

    /// Worktrees of one repository have one history.
    private static func identity(_ path: String) -> String {
        do throws(GitError) {
            let folder = try Repository.open(at: path).commonDirectory
            guard let resolved = realpath(folder, nil) else { return folder }
            defer { free(resolved) }
            return String(cString: resolved)
        } catch {
            // Its scan says what is wrong with it.
            return path
        }
    }
}
