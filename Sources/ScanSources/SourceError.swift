package import Git

/// What was asked for cannot be scanned at all.
package struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was attempted: `scan the history`.
    package let attempt: String
    /// On what: a path, a revision range.
    package let subject: String
    /// What is wrong.
    package let message: String
    /// What to do.
    package let advice: String
    /// Whether it was asked for wrongly; otherwise something could not be read, and is perhaps a matter of this clone.
    package let isUsage: Bool

    package init(attempt: String, subject: String, message: String, advice: String, isUsage: Bool = true) {
        self.attempt = attempt
        self.subject = subject
        self.message = message
        self.advice = advice
        self.isUsage = isUsage
    }

    package var description: String { "could not \(attempt) \(subject): \(message). \(advice)." }

    static let damagedIndexAdvice =
        "Move that file away and `git reset` makes it anew from HEAD; what was staged has to be added again"

    package init(_ error: GitError, attempt: String, subject: String) {
        let advice =
            switch error.kind {
            case .notARepository: "Name a folder of a git repository, or scan the files alone with `windsock scan PATH`"
            case .noSuchPath: "Check the spelling; relative paths start in the current directory"
            case .program: "Its files alone are scanned with `windsock scan PATH`"
            case .invalidSpecification, .notFound: "Check the name with `git rev-parse`; a shallow clone may lack it"
            case .damagedIndex: Self.damagedIndexAdvice
            case .corrupt: "`git fsck` tells more; a fresh clone usually has what is damaged here"
            case .unbornBranch: "Commit something first"
            case .ownership, .other: "Check that git itself can read it: `git status`, `git log`"
            }
        let isUsage =
            switch error.kind {
            case .notARepository, .noSuchPath, .invalidSpecification: true
            // What the library did not say is a limit of ours: a bare repository has no index.
            case .other: error.category == "windsock"
            case .notFound, .corrupt, .damagedIndex, .unbornBranch, .ownership, .program: false
            }
        self.init(attempt: attempt, subject: subject, message: error.message, advice: advice, isUsage: isUsage)
    }
}
