internal import Findings
internal import Git

extension Problem {
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
