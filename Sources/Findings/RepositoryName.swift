/// Short names of repositories.
package enum RepositoryName {
    /// `acme/shop` of `https://github.com/acme/shop` and of `git@host:acme/shop.git`; of a path its last part.
    package static func short(_ text: String) -> String {
        var parts = text.split(whereSeparator: { $0 == "/" || $0 == ":" }).map(String.init)
        if parts.count > 1, parts.last == ".git" { parts.removeLast() }
        guard var last = parts.popLast() else { return text }
        if last.hasSuffix(".git"), last.count > 4 { last.removeLast(4) }
        guard !text.hasPrefix("/"), parts.count > 1, let owner = parts.last else { return last }
        return "\(owner)/\(last)"
    }
}
