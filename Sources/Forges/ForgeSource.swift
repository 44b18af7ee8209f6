internal import Bytes
internal import Rules

/// Whose repositories an audit is to read, as a user names them: `github:acme`, `gitlab:git.example.com/acme/web`.
package struct ForgeSource: Sendable, Hashable, CustomStringConvertible {
    /// Whose API it is.
    package enum Kind: String, Sendable, CaseIterable {
        case github, gitlab, gitea, bitbucket, azure

        /// Where it is when no host is named; Gitea is nowhere in particular.
        var usualHost: String? {
            switch self {
            case .github: "github.com"
            case .gitlab: "gitlab.com"
            case .gitea: nil
            case .bitbucket: "bitbucket.org"
            case .azure: "dev.azure.com"
            }
        }

        /// As people write it.
        package var title: String {
            switch self {
            case .github: "GitHub"
            case .gitlab: "GitLab"
            case .gitea: "Gitea"
            case .bitbucket: "Bitbucket"
            case .azure: "Azure DevOps"
            }
        }

        /// Variables that may hold a token, the first that does counts.
        package var tokenVariables: [String] {
            switch self {
            case .github: ["GITHUB_TOKEN", "GH_TOKEN"]
            case .gitlab: ["GITLAB_TOKEN"]
            case .gitea: ["GITEA_TOKEN", "FORGEJO_TOKEN"]
            case .bitbucket: ["BITBUCKET_TOKEN"]
            case .azure: ["AZURE_DEVOPS_TOKEN", "AZURE_DEVOPS_EXT_PAT"]
            }
        }
    }

    package let kind: Kind
    /// Of the pages and of git: `github.com`, `git.example.com:8443`.
    package let host: String
    /// The organisation, user, group or project; `acme`, `acme/web`.
    package let owner: String

    /// As it is written when the host is the usual one, and with it otherwise.
    package var description: String {
        // A first part that looks like a host would be taken for one.
        let parts = owner.split(separator: "/")
        let isPlain = parts.count < 2 || !parts[0].contains(where: { $0 == "." || $0 == ":" })
        return host == kind.usualHost && isPlain
            ? "\(kind.rawValue):\(owner)" : "\(kind.rawValue):\(host)/\(owner)"
    }

    /// Whether the host is the provider's own.
    var isPublicService: Bool { host == kind.usualHost }

    /// Whether a text begins as a source does.
    package static func looksLikeOne(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), !text[colon...].hasPrefix("://") else { return false }
        return Kind(rawValue: text[..<colon].lowercased()) != nil
    }

    /// Reads a source.
    ///
    /// A first part with a dot or a colon in it is a host where another part follows: whoever has a group with a dot in its name
    /// writes the host in front of it.
    package init(_ text: String) throws(ForgeError) {
        let colon = text.firstIndex(of: ":") ?? text.startIndex
        guard let kind = Kind(rawValue: text[..<colon].lowercased()) else {
            throw ForgeError(.usage, "a forge is one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var parts = text[text.index(after: colon)...].split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        var host = kind.usualHost
        if parts.count > 1, parts[0].contains(".") || parts[0].contains(":") { host = parts.removeFirst().lowercased() }
        if parts.count > 1, parts.last == "" { parts.removeLast() }
        guard let host else {
            throw ForgeError(
                .usage, "\(kind.rawValue): takes the host, too: \(kind.rawValue):codeberg.org/ORGANISATION")
        }
        do throws(HTTPSAddressError) {
            self.host = try HTTPSAddress("https://\(host)/").hostAndPort
        } catch {
            throw ForgeError(.usage, "the host \(error)")
        }
        if let part = parts.first(where: { !Self.isName($0, of: kind) }) {
            let what = part.isEmpty ? "an empty name" : "a name that none there has"
            throw ForgeError(.usage, "there is \(what) in it; write \(Self.form(of: kind))")
        }
        guard Self.counts(of: kind).contains(parts.count) else {
            throw ForgeError(.usage, "it names too much or too little; write \(Self.form(of: kind))")
        }
        self.kind = kind
        owner = parts.joined(separator: "/")
    }

    private static func form(of kind: Kind) -> String {
        switch kind {
        case .github: "github:ORGANISATION, github:USER or github:HOST/ORGANISATION"
        case .gitlab: "gitlab:GROUP, gitlab:GROUP/SUBGROUP, gitlab:USER or gitlab:HOST/GROUP"
        case .gitea: "gitea:HOST/ORGANISATION or gitea:HOST/USER"
        case .bitbucket: "bitbucket:WORKSPACE or bitbucket:HOST/PROJECT"
        case .azure: "azure:ORGANISATION, azure:ORGANISATION/PROJECT or azure:HOST/COLLECTION/PROJECT"
        }
    }

    /// How many parts there may be.
    private static func counts(of kind: Kind) -> ClosedRange<Int> {
        switch kind {
        case .github, .gitea, .bitbucket: 1...1
        case .gitlab: 1...20
        case .azure: 1...2
        }
    }

    private static func isName(_ text: String, of kind: Kind) -> Bool {
        guard !text.isEmpty, text != ".", text != "..", text.utf8.count <= 255 else { return false }
        let signs = kind == .azure ? "-._ ()&" : "-._~"
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                ? scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || signs.unicodeScalars.contains(scalar)
                : kind == .azure && scalar.properties.isAlphabetic
        }
    }
}

/// Why a forge could not be asked, or what it answered is none of its answers. No token is in it.
package struct ForgeError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The source is written wrongly: nothing was asked.
        case usage
        /// 401: the token is not valid.
        case unauthorized
        /// 403: it may not.
        case forbidden
        /// 404: it is not there, or not for this token.
        case notFound
        /// The forge asks to wait longer than there is time.
        case rateLimited
        /// The answer is not what a forge says.
        case badAnswer
        /// No answer came.
        case noAnswer
        /// The requests or the time that there are have been used up, or it was interrupted.
        case ended
    }

    package var kind: Kind
    /// One sentence without a full stop, with what to do.
    package var description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
