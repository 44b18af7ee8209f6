import Bytes
import Findings
import Git
import ScanSources
import Scanner

// The words of Scanner's models, which know no git, for what ScanSources says.

extension Occurrence.Origin {
    init(_ origin: ItemOrigin) {
        switch origin {
        case .file: self = .file
        case .index(let id): self = .index(blob: id.description)
        case .blob(let id): self = .history(blob: id.description)
        case .commitMessage(let id): self = .commitMessage(commit: id.description)
        case .tagMessage(let id): self = .tagMessage(tag: id.description)
        case .referenceNames: self = .referenceName
        case .standardInput: self = .standardInput
        }
    }
}

extension Occurrence.Commit {
    init(_ info: CommitInfo) {
        self.init(
            id: info.id.description, authorName: info.authorName, authorEmail: info.authorEmail,
            authorTime: Int(info.authorTime), summary: info.summary)
    }
}

extension Occurrence.History {
    init(_ history: BlobHistory) {
        let reachability: Reachability =
            switch history.reachability {
            case .reachable(let refs): .references(refs)
            case .stash: .stash
            case .reflog: .reflog
            case .unreachable: .unreachable
            }
        self.init(
            introduced: history.introduced.map { Occurrence.Commit($0) },
            removed: history.removed.map { Occurrence.Commit($0) }, isInHead: history.inHead,
            reachability: reachability, otherPaths: history.paths.dropFirst().map(\.description),
            branches: history.branches, tags: history.tags,
            counts: Counts(
                references: history.referenceCount, branches: history.branchCount, tags: history.tagCount))
    }

    /// For a range: all that is known is the commit of the range that brought the blob.
    init(inRange commit: CommitInfo) {
        self.init(
            introduced: Occurrence.Commit(commit), removed: nil, isInHead: false, reachability: .references([]),
            otherPaths: [])
    }
}

extension ScanItem {
    /// The blob that the item is, if it is one of the history or the index.
    var blob: ObjectID? {
        switch origin {
        case .blob(let id), .index(let id): id
        default: nil
        }
    }

    /// The commit or tag whose message the item is.
    var message: ObjectID? {
        switch origin {
        case .commitMessage(let id), .tagMessage(let id): id
        default: nil
        }
    }

    /// What a report shows as the place.
    var displayPath: String {
        if let path { return path.description }
        return switch origin {
        case .commitMessage: "commit message"
        case .tagMessage: "tag message"
        case .referenceNames: "reference names"
        case .standardInput: "standard input"
        case .file: "file"
        case .index(let id), .blob(let id): "blob \(id)"
        }
    }
}

extension Omission.Reason {
    /// For the summary line.
    var words: String {
        switch self {
        case .tooLarge: "too large"
        case .binary: "binary"
        case .symbolicLink: "symbolic link"
        case .specialFile: "special file"
        case .submodule: "submodule"
        case .largeFilePointer: "large-file pointer"
        }
    }
}
