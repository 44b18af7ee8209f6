internal import Bytes
internal import FoundationEssentials
internal import Git
internal import Platform
internal import ScanSources

/// The folder of a project, and what there is in it.
final class ProjectFolder {
    /// Absolute, links resolved.
    let root: String
    /// Regular files, relative to the folder, in the order of their paths; those of git's own folder aside.
    let files: [String]
    /// Those of git's own folder.
    let gitFiles: [String]
    /// Folders that could not be listed.
    let unlisted: [(path: String, reason: String)]
    private let known: Set<String>

    private static let maximumText = 16 << 20
    private static let maximumFiles = 1_000_000

    /// - Throws: `SystemError` where there is no such folder.
    init(_ path: String) throws(SystemError) {
        guard let resolved = realpath(path, nil) else { throw SystemError(errno, attempt: "open", subject: path) }
        defer { free(resolved) }
        root = String(cString: resolved)
        var (files, gitFiles): ([String], [String]) = ([], [])
        var unlisted: [(path: String, reason: String)] = []
        var folders = [""]
        while let folder = folders.popLast(), files.count < Self.maximumFiles {
            let listing: FolderListing
            do throws(SystemError) {
                listing = try FolderListing(Array((folder.isEmpty ? root : "\(root)/\(folder)").utf8))
            } catch {
                if folder.isEmpty { throw error }
                unlisted.append((folder, error.reason))
                continue
            }
            for entry in listing.entries {
                let name = String(decoding: entry.name, as: UTF8.self)
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                switch entry.kind {
                case .directory: folders.append(path)
                case .regular where path == ".git" || path.hasPrefix(".git/"): gitFiles.append(path)
                case .regular: files.append(path)
                // No tool that packs follows a link, but for what it leads to.
                case .symbolicLink, .special: break
                }
            }
        }
        self.files = files.sorted()
        self.gitFiles = gitFiles.sorted()
        self.unlisted = unlisted
        known = Set(files)
    }

    func has(_ path: String) -> Bool { known.contains(path) }

    /// The text of a file; `nil`: it is not there, or is no text.
    func text(_ path: String) -> String? {
        guard has(path), let data = FileManager.default.contents(atPath: "\(root)/\(path)"),
            data.count <= Self.maximumText
        else { return nil }
        return String(validating: data, as: UTF8.self).map { $0.hasPrefix("\u{feff}") ? String($0.dropFirst()) : $0 }
    }

    /// Files directly in the folder whose names begin so, whatever their case.
    func atTop(beginning names: [String]) -> [String] {
        files.filter { path in
            !path.contains("/") && names.contains { path.lowercased().hasPrefix($0.lowercased()) }
        }
    }

    // MARK: git

    private lazy var repository: (Repository, prefix: String)? = {
        do throws(GitError) {
            let repository = try Repository.open(at: root)
            guard let top = repository.workingDirectory.flatMap({ realpath($0, nil) }) else { return nil }
            defer { free(top) }
            let folder = String(cString: top)
            if folder == root { return (repository, "") }
            guard root.hasPrefix(folder + "/") else { return nil }
            return (repository, String(root.dropFirst(folder.count + 1)) + "/")
        } catch {
            return nil
        }
    }()

    /// Files that git has in its index; `nil`: it is in no repository.
    lazy var tracked: [String]? = {
        guard let (repository, prefix) = repository else { return nil }
        do throws(GitError) {
            let paths = try repository.index().entries.map { String(decoding: $0.path, as: UTF8.self) }
            return paths.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.filter(has)
        } catch {
            return nil
        }
    }()

    /// Files that git has, or would take: those that it ignores are left out. In no repository all.
    lazy var unignored: [String] = {
        guard let (repository, prefix) = repository else { return files }
        let tracked = Set(self.tracked ?? [])
        return files.filter { path in
            if tracked.contains(path) { return true }
            do throws(GitError) {
                return try !repository.isIgnored(Array((prefix + path).utf8))
            } catch {
                // What nobody knows of is looked at.
                return true
            }
        }
    }()
}

extension StringProtocol {
    /// The part behind the last slash.
    var lastName: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? String(self) }
    /// The part in front of it; empty: there is none.
    var folder: String { lastIndex(of: "/").map { String(self[..<$0]) } ?? "" }
}
