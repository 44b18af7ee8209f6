package import Bytes
package import Findings
package import Git

extension Problem {
    /// What could not be read of a repository.
    ///
    /// - Parameters:
    ///   - subject: What the reader knows it as; `nil`: what the error names.
    ///   - advice: What to do; `nil`: what helps against damage, if that is what it is.
    package init(_ error: GitError, subject: String? = nil, advice: String? = nil) {
        let damaged = "`git fsck` tells more; a fresh clone usually has what is damaged here"
        let known: String? =
            switch error.kind {
            case .corrupt, .notFound: damaged
            case .damagedIndex: SourceError.damagedIndexAdvice
            default: nil
            }
        self.init(subject: subject ?? error.subject, message: error.description, advice: advice ?? known)
        // Damage stays until somebody brings the object again.
        isLasting = error.kind == .corrupt || error.kind == .notFound
    }

    /// What the operating system refused.
    package init(_ error: SystemError, subject: String, advice: String? = nil) {
        self.init(subject: subject, message: error.description, advice: advice)
    }
}
