import Bytes
import Findings
import Git
import ScanSources

/// Tells secrets that a commit has had before from those that what is scanned brings.
///
/// A file is compared with what it was: in HEAD, or in the parents of the commit that brought it. A secret that came from
/// another file, or was spelt otherwise, counts as new: rather one too many than one too few.
struct CommittedBefore {
    private let repository: Repository
    private let head: ObjectID?
    /// What to compare all places with, whatever brought them; `nil`: each has its own.
    private let bases: [ObjectID]?
    private var trees: [ObjectID: [ObjectID]] = [:]

    init(repositoryPath: String) throws(GitError) {
        repository = try Repository.open(at: repositoryPath)
        head = try repository.headTree()
        bases = nil
    }

    /// - Parameter commits: What to compare all places with.
    init(_ repository: Repository, commits: [ObjectID]) throws(GitError) {
        self.repository = repository
        head = nil
        bases = try commits.map { commit throws(GitError) in try repository.commitLinks(commit).tree }
    }

    /// Compares with the commit that last changed a file, in HEAD's line of first parents.
    ///
    /// - Returns: `nil` where HEAD has no such file.
    init?(repositoryPath: String, lastChangeOf path: String) throws(GitError) {
        let repository = try Repository.open(at: repositoryPath)
        guard var commit = try repository.head.commit else { return nil }
        var tree = try repository.commitLinks(commit).tree
        guard let file = repository.blob(at: path.utf8, inTree: tree) else { return nil }
        for _ in 0..<Self.maximumWalk {
            guard let parent = try repository.commitLinks(commit).parents.first, repository.objects.contains(parent)
            else {
                break
            }
            let older = try repository.commitLinks(parent).tree
            guard repository.blob(at: path.utf8, inTree: older) == file else { break }
            (commit, tree) = (parent, older)
        }
        self.repository = repository
        head = tree
        bases = nil
    }

    /// How many commits are looked at for the last change of a file.
    private static let maximumWalk = 10_000

    /// Whether a file had the secret before.
    mutating func holds(_ secret: Secret, at place: Occurrence) -> Bool {
        // What a container had before would have to be opened: there, too, rather one too many is new.
        if secret.bytes.isEmpty || place.origin.message != nil || !place.members.isEmpty { return false }
        let paths = [place.path] + (place.history?.otherPaths ?? [])
        return trees(before: place).contains { tree in
            paths.contains { path in
                repository.blob(at: path.utf8, inTree: tree).map { holds(secret, in: $0) } ?? false
            }
        }
    }

    private mutating func trees(before place: Occurrence) -> [ObjectID] {
        if let bases { return bases }
        guard let commit = place.history?.introduced?.id else { return [head].compactMap { $0 } }
        if let known = trees[commit] { return known }
        var result: [ObjectID] = []
        do throws(GitError) {
            for parent in try repository.commitLinks(commit).parents {
                result.append(try repository.commitLinks(parent).tree)
            }
        } catch {
            // What a shallow clone lacks had nothing.
            result = []
        }
        trees[commit] = result
        return result
    }

    /// The blob that a tree has at a path.
    func blob(_ path: PathBytes, in tree: ObjectID) -> ObjectID? { repository.blob(at: path.bytes, inTree: tree) }

    private func holds(_ secret: Secret, in blob: ObjectID) -> Bool {
        do throws(GitError) {
            return try repository.objects.withBlob(blob) { bytes in Self.find(secret.bytes, in: bytes) }
        } catch {
            return false
        }
    }

    private static func find(_ secret: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while let start = bytes.first(secret[0], from: index), start + secret.count <= bytes.count {
            if bytes.slice(start..<(start + secret.count)).elementsEqual(secret) { return true }
            index = start + 1
        }
        return false
    }
}
