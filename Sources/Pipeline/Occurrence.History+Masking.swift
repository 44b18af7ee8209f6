import Findings
import Scanner

extension Occurrence.History {
    /// The history with what may be a secret in the texts of its commits redacted, whether or not it is one that was found.
    func masked(_ names: NamesOfSecrets) -> Self {
        var copy = self
        copy.introduced = introduced?.masked(names)
        copy.removed = removed?.masked(names)
        return copy
    }
}

extension Occurrence.Commit {
    fileprivate func masked(_ names: NamesOfSecrets) -> Self {
        var copy = self
        copy.authorName = MaskedText.masked(authorName, names: names)
        copy.authorEmail = MaskedText.masked(authorEmail, names: names)
        copy.summary = MaskedText.masked(summary, names: names)
        return copy
    }
}
