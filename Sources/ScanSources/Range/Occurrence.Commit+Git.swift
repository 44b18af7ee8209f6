package import Findings
package import Git

extension Occurrence.Commit {
    /// What a report names of a commit that was read.
    package init(_ commit: Commit) {
        self.init(
            id: commit.id, authorName: commit.author.name, authorEmail: commit.author.email,
            authorTime: commit.author.time, summary: commit.summary)
    }
}
