internal import Bytes
internal import Rules
internal import Synchronization
package import Verification

/// A forge, as an audit uses it: who has which repositories, and what stands beside them. For one thread.
package final class Forge {
    package let source: ForgeSource
    let client: ForgeClient
    let session: ForgeSession
    let settings: ForgeSettings
    let extras: ForgeExtras
    /// Hosts that git may be sent to.
    private let cloneHosts: Set<String>

    /// - Parameters:
    ///   - extras: What beside repositories is listed, and how git comes to them.
    ///   - budget: Counts the requests of all forges together.
    ///   - log: Gets a line before and after each request.
    package init(
        _ source: ForgeSource, credential: ForgeCredential, _ extras: ForgeExtras = ForgeExtras(),
        settings: ForgeSettings, budget: ForgeBudget, log: AuditLog?, isInterrupted: @escaping @Sendable () -> Bool
    ) throws(ForgeError) {
        self.source = source
        self.extras = extras
        self.settings = settings
        session = budget.session(of: source, credential)
        var settings = settings
        settings.network.maximumBody = settings.maximumBody
        client = ForgeClient(
            source, base: try source.apiAddress, session: session, settings: settings, meter: budget.meter, log: log,
            isInterrupted: isInterrupted)
        cloneHosts = source.cloneHosts
    }

    /// Lists the repositories of an organisation, a user or a group, each once.
    ///
    /// - Parameter body: Takes each, as it comes; a repository that may not be fetched comes with the reason.
    /// - Throws: `ForgeError` where the list is not whole; what came until then was handed over.
    package func list(_ body: (ForgeRepository, _ refusal: String?) -> Void) throws(ForgeError) {
        var ids: Set<String> = []
        let take = { (repository: ForgeRepository) in
            guard ids.insert("\(repository.kind.rawValue) \(repository.id)").inserted else { return }
            let (clean, refusal) = self.checked(repository)
            body(clean, refusal)
        }
        switch source.kind {
        case .github: try listGitHub(take)
        case .gitlab: try listGitLab(take)
        case .gitea: try listGitea(take)
        case .bitbucket: try source.isPublicService ? listBitbucket(take) : listBitbucketServer(take)
        case .azure: try listAzure(take)
        }
    }

    /// A repository with addresses that git may be given, or why it has none.
    private func checked(_ repository: ForgeRepository) -> (ForgeRepository, refusal: String?) {
        var copy = repository
        guard !repository.name.isEmpty, !CloneAddress.hasUp(repository.name),
            !repository.name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f })
        else {
            // Nothing of it is trusted, not its name either.
            copy.name = repository.name.unicodeScalars.reduce(into: "") { $0 += $1.value < 0x20 ? "?" : "\($1)" }
            return (copy, "its name is none that a repository has")
        }
        do throws(ForgeError) {
            copy.cloneAddress = try CloneAddress.checked(repository.cloneAddress, from: cloneHosts)
            if let wiki = repository.wikiAddress {
                copy.wikiAddress = try CloneAddress.checked(wiki, from: cloneHosts)
            }
            return (copy, nil)
        } catch {
            return (copy, error.description)
        }
    }

    /// What stands in a list that is an array, or in a member of an object.
    static func elements(_ member: String? = nil) -> (JSONValue) -> [JSONValue]? {
        { value in member.map { value[$0]?.elements } ?? value.elements }
    }

    /// A part of the owner, or all of it, as it stands in a path.
    var owner: String { source.owner.percentEncoded }
}

/// What all forges of an audit together may do, and who asks them.
package final class ForgeBudget: Sendable {
    let meter: RequestMeter
    /// One a source, so that an application logs in once an hour and not once a repository.
    private let sessions = Mutex<[ForgeSource: ForgeSession]>([:])

    package init(_ settings: ForgeSettings) {
        meter = RequestMeter(requests: settings.maximumRequests, patience: settings.patience)
    }

    func session(of source: ForgeSource, _ credential: ForgeCredential) -> ForgeSession {
        sessions.withLock { sessions in
            if let known = sessions[source] { return known }
            let session = ForgeSession(source.kind, credential)
            sessions[source] = session
            return session
        }
    }
}

/// What is listed beside repositories.
package struct ForgeExtras: Sendable {
    /// Gists of the members of an organisation; those of a user are listed without it.
    package var memberGists = false
    /// Whether git comes by ssh.
    package var usesSSH = false

    package init() {}
}

extension ForgeSource {
    /// Where the API is.
    var apiAddress: HTTPSAddress {
        get throws(ForgeError) {
            let text: String =
                switch kind {
                case .github:
                    isPublicService
                        ? "https://api.github.com"
                        : host.hasSuffix(".ghe.com") ? "https://api.\(host)" : "https://\(host)/api/v3"
                case .gitlab: "https://\(host)/api/v4"
                case .gitea: "https://\(host)/api/v1"
                case .bitbucket:
                    isPublicService ? "https://api.bitbucket.org/2.0" : "https://\(host)/rest/api/1.0"
                case .azure: "https://\(host)"
                }
            do throws(HTTPSAddressError) {
                return try HTTPSAddress(text)
            } catch {
                throw ForgeError(.usage, "the host \(error)")
            }
        }
    }

    /// Hosts that repositories are fetched from: the forge's own, and those that are known to be its.
    var cloneHosts: Set<String> {
        let name = String(host.prefix { $0 != ":" })
        var hosts: Set = [host, name]
        switch kind {
        case .github:
            hosts.formUnion(["gist.\(host)", "gist.\(name)"])
            if isPublicService { hosts.insert("ssh.github.com") }
        case .gitlab: if isPublicService { hosts.insert("altssh.gitlab.com") }
        case .bitbucket: if isPublicService { hosts.insert("altssh.bitbucket.org") }
        case .azure:
            let organisation = owner.prefix { $0 != "/" }.lowercased()
            if isPublicService { hosts.formUnion(["ssh.dev.azure.com", "\(organisation).visualstudio.com"]) }
        case .gitea: break
        }
        return hosts
    }
}
