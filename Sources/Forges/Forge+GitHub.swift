internal import Bytes
internal import Verification

/// GitHub and GitHub Enterprise: <https://docs.github.com/en/rest/repos/repos>
extension Forge {
    func listGitHub(_ take: (ForgeRepository) -> Void) throws(ForgeError) {
        try logIn()
        let account = try client.get("/users/\(owner)").value
        let isOrganisation = account["type"]?.text == "Organization"
        var target = "/users/\(owner)/repos?type=owner&per_page=100"
        if isOrganisation {
            target = "/orgs/\(owner)/repos?type=all&per_page=100"
        } else if try isAsker(account["id"]) {
            // Only its owner sees what is private of a user.
            target = "/user/repos?affiliation=owner&per_page=100"
        }
        try gitHubList(target) { (value) throws(ForgeError) in
            take(Self.gitHubRepository(value, usesSSH: self.extras.usesSSH))
        }
        if !isOrganisation {
            try listGists(of: account["login"]?.text ?? source.owner, take)
        } else if extras.memberGists {
            var members: [String] = []
            try gitHubList("/orgs/\(owner)/members?per_page=100") { (value) throws(ForgeError) in
                if let login = value["login"]?.text { members.append(login) }
            }
            for member in members { try listGists(of: member, take) }
        }
    }

    func gitHubList(
        _ target: String, in member: String? = nil, _ body: (JSONValue) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        try logIn()
        try client.list(
            target, .link, maximumPages: settings.maximumPages, items: Self.elements(member), body)
    }

    /// Whether it is the user whose token it is. Applications are no users.
    private func isAsker(_ id: JSONValue?) throws(ForgeError) -> Bool {
        guard session.isKnown, session.application == nil, let id else { return false }
        do throws(ForgeError) {
            return try client.get("/user").value["id"] == id
        } catch {
            // A token of an installation or of a job is nobody's.
            if error.kind == .forbidden || error.kind == .notFound { return false }
            throw error
        }
    }

    private func listGists(of user: String, _ take: (ForgeRepository) -> Void) throws(ForgeError) {
        try gitHubList("/users/\(user.percentEncoded)/gists?per_page=100") { (value) throws(ForgeError) in
            guard let id = value["id"]?.text else { return }
            var gist = ForgeRepository(
                id: id, name: "\(user)/gist-\(id)", cloneAddress: value["git_pull_url"]?.text ?? "")
            gist.kind = .gist
            gist.visibility = value["public"]?.truth.map { $0 ? .public : .private }
            gist.pushedAt = value["updated_at"]?.text.flatMap(ForgeTime.seconds)
            take(gist)
        }
    }

    private static func gitHubRepository(_ value: JSONValue, usesSSH: Bool) -> ForgeRepository {
        let address = value[usesSSH ? "ssh_url" : "clone_url"]?.text ?? ""
        var repository = ForgeRepository(
            id: value["id"]?.shortText ?? address, name: value["full_name"]?.text ?? "", cloneAddress: address)
        repository.isArchived = value["archived"]?.truth ?? false
        repository.isFork = value["fork"]?.truth ?? false
        repository.visibility =
            value["visibility"]?.text.flatMap { ForgeRepository.Visibility(rawValue: $0) }
            ?? value["private"]?.truth.map { $0 ? .private : .public }
        repository.pushedAt = value["pushed_at"]?.text.flatMap(ForgeTime.seconds)
        repository.size = (value["size"]?.whole ?? 0) * 1024
        if value["has_wiki"]?.truth ?? true { repository.wikiAddress = Self.wiki(address, ".wiki.git") }
        return repository
    }

    /// The address of a repository with another end.
    static func wiki(_ address: String, _ end: String) -> String? {
        guard !address.isEmpty else { return nil }
        return (address.hasSuffix(".git") ? String(address.dropLast(4)) : address) + end
    }

    // MARK: Applications

    /// Gets an application the token of its installation, which is for the repositories that it was given.
    ///
    /// <https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app>
    func logIn() throws(ForgeError) {
        try session.renew { () throws(ForgeError) in
            client.speaksAsApplication = true
            defer { client.speaksAsApplication = false }
            let installation: JSONValue
            do throws(ForgeError) {
                installation = try client.get("/orgs/\(owner)/installation").value
            } catch {
                guard error.kind == .notFound else { throw error }
                installation = try client.get("/users/\(owner)/installation").value
            }
            guard let id = installation["id"]?.whole else {
                throw ForgeError(.badAnswer, "what the forge says of the app's installation has no id")
            }
            let answer = try client.post("/app/installations/\(id)/access_tokens").value
            guard let token = answer["token"]?.text, let end = answer["expires_at"]?.text.flatMap(ForgeTime.seconds)
            else { throw ForgeError(.badAnswer, "the forge gave the app no token") }
            return (SecretBuffer(token.utf8), Double(end))
        }
    }
}
