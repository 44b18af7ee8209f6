import Findings
import Scanner

extension Occurrence.History {
    /// The history with what may be a secret in the texts of its commits redacted, whether or not it is one that was found.
    var masked: Self {
        var copy = self
        copy.introduced = introduced?.masked
        copy.removed = removed?.masked
        return copy
    }
}

extension Occurrence.Commit {
    fileprivate var masked: Self {
        var copy = self
        copy.authorName = MaskedText.masked(authorName)
        copy.authorEmail = MaskedText.masked(authorEmail)
        copy.summary = MaskedText.masked(summary)
        return copy
    }
}
