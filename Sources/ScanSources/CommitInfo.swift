public import Git

/// A commit, as far as a report names it.
public struct CommitInfo: Sendable, Hashable {
    public var id: ObjectID
    public var authorName: String
    public var authorEmail: String
    /// Seconds since 1970-01-01 00:00 UTC.
    public var authorTime: Int
    /// The first line of the message.
    public var summary: String

    public init(id: ObjectID, authorName: String, authorEmail: String, authorTime: Int, summary: String) {
        self.id = id
        self.authorName = authorName
        self.authorEmail = authorEmail
        self.authorTime = authorTime
        self.summary = summary
    }

    init(_ commit: Commit) {
        self.init(
            id: commit.id, authorName: commit.author.name, authorEmail: commit.author.email,
            authorTime: commit.author.time, summary: commit.summary)
    }
}
