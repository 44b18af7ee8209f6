package import Bytes
package import Git

/// A commit, as far as a report names it.
package struct CommitInfo: Sendable, Hashable {
    package var id: ObjectID
    package var authorName: String
    package var authorEmail: String
    /// Seconds since 1970-01-01 00:00 UTC.
    package var authorTime: Int
    /// The first line of the message.
    package var summary: String

    package init(id: ObjectID, authorName: String, authorEmail: String, authorTime: Int, summary: String) {
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
