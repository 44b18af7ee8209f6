internal import Git

/// Something that should have been read and could not be: the scan is incomplete.
package struct Problem: Sendable, Hashable {
    /// What could not be read: a path, an object, a reference.
    package var subject: String
    /// What was attempted and what went wrong.
    package var message: String
    /// What a person can do about it, if anything.
    package var advice: String?

    package init(subject: String, message: String, advice: String? = nil) {
        self.subject = subject
        self.message = message
        self.advice = advice
    }

    init(_ error: GitError, subject: String? = nil, advice: String? = nil) {
        let damaged = "`git fsck` tells more; a fresh clone usually has what is damaged here"
        self.init(
            subject: subject ?? error.subject, message: error.description,
            advice: advice ?? (error.kind == .corrupt || error.kind == .notFound ? damaged : nil))
    }

    /// A failed call of the operating system.
    init(subject: String, attempt: String, errno code: Int32, advice: String? = nil) {
        self.init(subject: subject, message: "could not \(attempt): \(systemMessage(code))", advice: advice)
    }
}
