import Bytes
import Findings
internal import Git
internal import Platform

/// Lists the files below folders: of a repository those that are tracked or could be, of any other folder all.
///
/// Links are not followed, so there are no loops; `.git` is never entered.
struct FolderWalk {
    /// The absolute folder that paths are relative to.
    let root: [UInt8]
    /// Whose tracked files and ignore rules count; `nil` reads everything.
    let rules: IgnoreRules?
    /// Whether a folder with a `.git` of its own is another matter, as it is within a repository.
    let stopsAtRepositories: Bool

    private(set) var items: [ScanItem] = []
    private(set) var omissions: [Omission] = []
    private(set) var problems: [Problem] = []

    init(root: String, rules: IgnoreRules?, stopsAtRepositories: Bool) {
        self.root = Array(root.utf8)
        self.rules = rules
        self.stopsAtRepositories = stopsAtRepositories
    }

    /// A folder that is yet to be listed.
    private struct Pending {
        var path: PathBytes
        /// In an ignored folder only what was tracked before counts.
        var takesOnlyTracked: Bool
    }

    /// Adds what is below a folder.
    mutating func walk(_ folder: PathBytes) {
        var pending = [Pending(path: folder, takesOnlyTracked: false)]
        while let next = pending.popLast() {
            let listing: FolderListing
            do throws(SystemError) {
                listing = try FolderListing(absolute(next.path))
            } catch {
                let name = next.path.bytes.isEmpty ? String(decoding: root, as: UTF8.self) : next.path.description
                report(name, SystemError(error.code, attempt: "list the folder", subject: name))
                continue
            }
            for (name, code) in listing.failures {
                let path = next.path.appending(name).description
                report(path, SystemError(code, attempt: "look at", subject: path))
            }
            var folders: [Pending] = []
            for entry in listing.entries where entry.name != Self.gitName {
                let path = next.path.appending(entry.name)
                if entry.kind == .directory {
                    if let folder = consider(path, in: next) { folders.append(folder) }
                } else if isWanted(path, in: next) {
                    add(path, entry)
                }
            }
            // The last one is listed next: in reverse, files come out in the order of their paths.
            pending.append(contentsOf: folders.reversed())
        }
    }

    private static let gitName = Array(".git".utf8)

    private func absolute(_ path: PathBytes) -> [UInt8] {
        path.bytes.isEmpty ? root : root + [UInt8(ascii: "/")] + path.bytes
    }

    private mutating func report(_ subject: String, _ error: SystemError) {
        let advice = [EACCES, EPERM].contains(error.code) ? "give the scanning user read permission" : nil
        problems.append(Problem(error, subject: subject, advice: advice))
    }

    /// Decides about a folder: enter it, or leave it out.
    private mutating func consider(_ path: PathBytes, in parent: Pending) -> Pending? {
        if let rules {
            if rules.submodules.contains(path) {
                omissions.append(Omission(reason: .submodule, subject: path.description))
                return nil
            }
            let hasTracked = rules.trackedFolders.contains(path)
            if parent.takesOnlyTracked || isIgnored(path, isFolder: true, rules) {
                return hasTracked ? Pending(path: path, takesOnlyTracked: true) : nil
            }
            guard isRepository(path) else { return Pending(path: path, takesOnlyTracked: false) }
            if hasTracked { return Pending(path: path, takesOnlyTracked: true) }
        } else if !stopsAtRepositories || !isRepository(path) {
            return Pending(path: path, takesOnlyTracked: false)
        }
        omissions.append(Omission(reason: .submodule, subject: path.description))
        return nil
    }

    private func isRepository(_ path: PathBytes) -> Bool {
        absolute(path.appending(Self.gitName)).map(CChar.init(bitPattern:)).withTerminator { access($0, F_OK) == 0 }
    }

    private mutating func isWanted(_ path: PathBytes, in folder: Pending) -> Bool {
        guard let rules else { return true }
        if rules.tracked.contains(path) { return true }
        return !folder.takesOnlyTracked && !isIgnored(path, isFolder: false, rules)
    }

    /// If the rules cannot be read, nothing is ignored: too much is read rather than too little.
    private mutating func isIgnored(_ path: PathBytes, isFolder: Bool, _ rules: IgnoreRules) -> Bool {
        do throws(GitError) {
            return try rules.ignores(path, isFolder: isFolder)
        } catch {
            problems.append(Problem(error, subject: path.description))
            return false
        }
    }

    private mutating func add(_ path: PathBytes, _ entry: FolderListing.Entry) {
        switch entry.kind {
        case .regular: items.append(ScanItem(path: path, origin: .file, size: entry.size))
        case .symbolicLink: omissions.append(Omission(reason: .symbolicLink, subject: path.description))
        case .special: omissions.append(Omission(reason: .specialFile, subject: path.description))
        case .directory: preconditionFailure("folders are walked, not added")
        }
    }
}
