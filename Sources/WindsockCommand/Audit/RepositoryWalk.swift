import Bytes
import Git
import Platform
import ScanSources

/// Finds repositories.
struct RepositoryWalk {
    /// In order of their paths.
    private(set) var repositories: [String] = []
    /// Folders that could not be listed.
    private(set) var failures: [SystemError] = []

    /// All below a folder. Links are not followed, and what is in a repository is a part of it.
    init(below folder: String) { walk(folder) }

    private mutating func walk(_ folder: String) {
        if Self.isRepository(folder) { return repositories.append(folder) }
        do throws(SystemError) {
            let listing = try FolderListing(Array(folder.utf8))
            let names = listing.entries.filter { $0.kind == .directory }.map {
                String(decoding: $0.name, as: UTF8.self)
            }
            for name in names.sorted() { walk(folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)") }
        } catch {
            failures.append(error)
        }
    }

    /// Whether a folder is a repository: checked out, or bare.
    static func isRepository(_ folder: String) -> Bool {
        if exists(folder + "/.git") { return true }
        return exists(folder + "/HEAD") && exists(folder + "/objects") && exists(folder + "/refs")
    }

    /// How many bytes the packs of a repository have, by which is judged how long it takes.
    static func size(ofRepository folder: String) -> Int {
        let objects = [folder + "/.git/objects/pack", folder + "/objects/pack"]
        return objects.reduce(0) { sum, path in
            guard let listing = try? FolderListing(Array(path.utf8)) else { return sum }
            return sum + listing.entries.reduce(0) { $0 + Int($1.status.st_size) }
        }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
