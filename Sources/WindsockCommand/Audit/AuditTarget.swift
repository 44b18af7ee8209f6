import Bytes
import Forges
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
        /// Texts beside a repository of a forge.
        case texts(ForgeTexts)
        /// Nothing that could be read: why.
        case nothing(String)
    }

    /// Which source has listed it.
    struct Origin {
        /// As the user named it; `nil`: it was named itself.
        var source: String?
        /// What the coverage calls it.
        var kind = "repository"
        /// Whether it is not taken, for what its forge says of it.
        var isRefused = false
    }

    /// As messages call it: without what can only be a secret.
    let name: String
    let place: Place
    /// How many bytes there are to read, as far as is known.
    let size: Int
    /// Whether it was not named, and need not be there: a wiki.
    let isOptional: Bool
    let origin: Origin

    /// - Parameter name: A path or an address.
    init(name: String, place: Place, size: Int = 0, isOptional: Bool = false, origin: Origin = Origin()) {
        self.origin = origin
        self.name = KeptName.identity(name)
        self.place = place
        self.size = size
        self.isOptional = isOptional
    }
}

/// The repositories that an audit is about, each once.
struct AuditTargets {
    private(set) var targets: [AuditTarget] = []
    private var seen: Set<String> = []
    let looksForWikis: Bool
    private let forges: ForgeReader?
    private let coverage: CoverageLog?

    /// - Parameter sources: Paths of repositories, of folders with repositories, of lists of these; addresses; `-` is a list on
    ///   standard input; organisations of forges.
    init(
        _ sources: [String], looksForWikis: Bool, forges: ForgeReader? = nil, coverage: CoverageLog? = nil
    ) throws(CommandFailure) {
        self.looksForWikis = looksForWikis
        (self.forges, self.coverage) = (forges, coverage)
        for source in sources { try add(source, isListed: false) }
    }

    private mutating func add(_ source: String, isListed: Bool) throws(CommandFailure) {
        if let forges, ForgeSource.looksLikeOne(source) { return try add(forge: source, forges, coverage) }
        if RepositoryAddress.looksLikeOne(source) { return add(address: source) }
        if source == "-", !isListed { return try add(list: Self.standardInput(), named: source, below: "") }
        var status = stat()
        guard stat(source, &status) == 0 else {
            let reason = SystemError.reason(of: errno)
            return add(AuditTarget(name: source, place: .nothing("could not look at it: \(reason)")), once: source)
        }
        if status.st_mode & S_IFMT == S_IFDIR { return add(folder: source) }
        guard !isListed else {
            return add(AuditTarget(name: source, place: .nothing("it is a file, and no repository")), once: source)
        }
        let folder = source.lastIndex(of: "/").map { String(source[...$0]) } ?? ""
        try add(list: try TextFile.read(source, purpose: "the list of repositories"), named: source, below: folder)
    }

    private static func standardInput() throws(CommandFailure) -> String {
        do throws(SystemError) {
            return String(decoding: try StandardInput.read(upTo: 16 << 20), as: UTF8.self)
        } catch {
            throw CommandFailure(error.description)
        }
    }

    /// A line each; `#` at the beginning, or behind a blank, begins a comment.
    ///
    /// - Parameters:
    ///   - name: What the list is called.
    ///   - folder: Where its relative paths begin; ends with a slash, or is empty.
    private mutating func add(list text: String, named name: String, below folder: String) throws(CommandFailure) {
        let sources = text.split(whereSeparator: \.isNewline).map(Self.source).filter { !$0.isEmpty }
        if sources.isEmpty {
            add(AuditTarget(name: name, place: .nothing("the list is empty: no repository is named in it")), once: name)
        }
        for source in sources {
            let isRelative =
                !source.hasPrefix("/") && !RepositoryAddress.looksLikeOne(source) && !ForgeSource.looksLikeOne(source)
            try add(isRelative ? folder + source : source, isListed: true)
        }
    }

    private static func source(of line: Substring) -> String {
        var words = line.drop(while: \.isWhitespace)
        var before: Character = " "
        for index in words.indices {
            if words[index] == "#", before.isWhitespace {
                words = words[..<index]
                break
            }
            before = words[index]
        }
        while let last = words.last, last.isWhitespace { words.removeLast() }
        return String(words)
    }

    private mutating func add(address text: String) {
        do throws(CommandFailure) {
            let address = try RepositoryAddress(text)
            add(AuditTarget(name: address.key, place: .address(address)), once: address.key)
            guard looksForWikis, let wiki = address.wiki else { return }
            add(AuditTarget(name: wiki.key, place: .address(wiki), isOptional: true), once: wiki.key)
        } catch {
            add(AuditTarget(name: RepositoryAddress.shown(text), place: .nothing(error.description)), once: text)
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

    mutating func add(_ target: AuditTarget, once identity: String) {
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
