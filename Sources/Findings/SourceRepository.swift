/// Where findings come from, as far as it is known.
package struct SourceRepository: Sendable, Hashable {
    /// The repository's page: `https://github.com/acme/shop`; `nil` where it has no remote that could have one.
    package var address: String?
    /// The commit that HEAD names, in hex; `nil` before the first one, and where there is no repository.
    package var commit: String?
    /// The branch that is checked out: `main`.
    package var branch: String?

    package init(address: String? = nil, commit: String? = nil, branch: String? = nil) {
        self.address = address
        self.commit = commit
        self.branch = branch
    }

    /// The page of what a remote's address names.
    ///
    /// - Parameter remote: As git has it: `git@github.com:acme/shop.git`, `ssh://git@host:2222/acme/shop`,
    ///   `https://user:token@host/acme/shop.git`. Who logs in with what is left out.
    /// - Returns: `nil` for paths, and for what is no address.
    package static func address(ofRemote remote: String) -> String? {
        let text = remote.prefix { $0 != "?" && $0 != "#" }
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), !text.contains(where: { "<>\"'`\\".contains($0) })
        else { return nil }
        if let mark = text.firstRange(of: "://") {
            return address(scheme: text[..<mark.lowerBound].lowercased(), rest: text[mark.upperBound...])
        }
        // As scp takes it; a path has no colon before its first slash.
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return nil }
        return address(host: text[..<colon], path: text[text.index(after: colon)...], scheme: "https", isNamed: false)
    }

    private static func address(scheme: String, rest: Substring) -> String? {
        guard ["https", "http", "ssh", "git", "git+ssh"].contains(scheme), let slash = rest.firstIndex(of: "/") else {
            return nil
        }
        var host = rest[..<slash]
        // The port of ssh is none of the page's.
        let isWeb = scheme.hasPrefix("http")
        if !isWeb, let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        if !isWeb, let colon = host.lastIndex(of: ":") { host = host[..<colon] }
        return address(host: host, path: rest[slash...], scheme: scheme == "http" ? "http" : "https", isNamed: isWeb)
    }

    /// - Parameter isNamed: Whether it is a name of the net; what ssh calls a host may be a word of its configuration.
    private static func address(host: Substring, path: Substring, scheme: String, isNamed: Bool) -> String? {
        let host = host.lastIndex(of: "@").map { host[host.index(after: $0)...] } ?? host
        var names = path.split(separator: "/")
        guard host.contains(where: \.isLetter), isNamed || host.contains("."), !names.isEmpty,
            host.allSatisfy({ $0.isLetter || $0.isNumber || ".-:".contains($0) })
        else { return nil }
        // Azure's own form for ssh: v3/ORGANISATION/PROJECT/REPOSITORY.
        if host == "ssh.dev.azure.com", names.count == 4, names[0] == "v3" {
            return "https://dev.azure.com/\(names[1])/\(names[2])/_git/\(names[3])"
        }
        if let last = names.last, last.hasSuffix(".git"), last.count > 4 { names[names.count - 1] = last.dropLast(4) }
        return "\(scheme)://\(host)/" + names.joined(separator: "/")
    }
}
