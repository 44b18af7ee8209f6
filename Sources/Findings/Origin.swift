public import Bytes

/// Where the bytes are that were, or are to be, read.
public enum Origin: Sendable, Hashable {
    /// A file of the file system.
    case file
    /// A blob that the index would commit.
    case index(ObjectID)
    /// A blob of the history.
    case blob(ObjectID)
    /// A commit's author, committer and message, one after the other.
    case commitMessage(ObjectID)
    /// An annotated tag's name, tagger and message.
    case tagMessage(ObjectID)
    /// The full names of all references, one a line.
    case referenceNames
    /// What was piped into the program.
    case standardInput
    /// A text that was fetched from the address that is its path: an issue, a release, a job's log.
    case address

    /// The git object that is read; `nil` for what is none.
    public var object: ObjectID? { blob ?? message }

    /// The blob, of the history or the index.
    package var blob: ObjectID? {
        switch self {
        case .blob(let id), .index(let id): id
        case .file, .commitMessage, .tagMessage, .referenceNames, .standardInput, .address: nil
        }
    }

    /// The commit or tag whose message is read.
    package var message: ObjectID? {
        switch self {
        case .commitMessage(let id), .tagMessage(let id): id
        case .file, .index, .blob, .referenceNames, .standardInput, .address: nil
        }
    }
}
