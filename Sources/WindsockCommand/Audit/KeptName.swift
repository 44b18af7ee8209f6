import Bytes
import Findings
import Reports
import Scanner
import Store

/// Names, addresses and words as they are kept in a store and told: people put keys into all of them.
enum KeptName {
    /// What somebody has written down to be read by others, with what may be a secret in it masked.
    static func words(_ text: String) -> String { MaskedText.masked(text) }

    /// A path or an address without what can only be a secret.
    static func shown(_ name: String) -> String { RandomRuns.masked(path: name) }

    /// A path or an address that something is known by. Where something in it is masked, a digest of all of it stands behind: two that
    /// differ in what is masked are two.
    ///
    /// - Parameter mask: Takes secrets out.
    static func identity(_ name: String, _ mask: (String) -> String = shown) -> String {
        let masked = mask(name)
        return masked == name ? name : "\(masked)#\(SHA256.hexadecimal(of: name.utf8).prefix(16))"
    }
}

extension Recording {
    /// Without any secret that was found, or what can only be one, in its texts and in what its repository is called.
    func redacted() -> Recording {
        // What is masked without knowing any secret comes first: so a repository is looked up before it is scanned.
        let known = result.redactionOfNames()
        let redact = { (name: String) in known(KeptName.shown(name)) }
        var copy = self
        copy.repository.key = KeptName.identity(repository.key, redact)
        copy.repository.name = RepositoryName.short(redact(repository.key))
        copy.location = KeptName.identity(location, redact)
        copy.result = result.redacted()
        copy.result.summary.setting.notes = result.summary.setting.notes.map(redact)
        for index in copy.result.summary.problems.indices {
            let message = copy.result.summary.problems[index].message
            copy.result.summary.problems[index].message = redact(message)
        }
        return copy
    }
}
