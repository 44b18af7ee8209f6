internal import Verification

/// Gitea and Forgejo: <https://docs.gitea.com/api/>, the same of `/api/swagger` of each server.
extension Forge {
    func listGitea(_ take: (ForgeRepository) -> Void) throws(ForgeError) {
        // Servers give fifty at most, usually.
        do throws(ForgeError) {
            try giteaList("/orgs/\(owner)/repos?limit=50&page=1", take)
        } catch {
            guard error.kind == .notFound else { throw error }
            try giteaList("/users/\(owner)/repos?limit=50&page=1", take)
        }
    }

    private func giteaList(_ target: String, _ take: (ForgeRepository) -> Void) throws(ForgeError) {
        try client.list(target, .link, maximumPages: settings.maximumPages, items: Self.elements()) {
            (value) throws(ForgeError) in take(self.giteaRepository(value))
        }
    }

    private func giteaRepository(_ value: JSONValue) -> ForgeRepository {
        let address = value[extras.usesSSH ? "ssh_url" : "clone_url"]?.text ?? ""
        var repository = ForgeRepository(
            id: value["id"]?.shortText ?? address, name: value["full_name"]?.text ?? "", cloneAddress: address)
        repository.isArchived = value["archived"]?.truth ?? false
        repository.isFork = value["fork"]?.truth ?? false
        repository.isEmpty = value["empty"]?.truth ?? false
        repository.visibility =
            value["internal"]?.truth == true ? .internal : value["private"]?.truth.map { $0 ? .private : .public }
        repository.pushedAt = value["updated_at"]?.text.flatMap(ForgeTime.seconds)
        repository.size = (value["size"]?.whole ?? 0) * 1024
        if value["has_wiki"]?.truth ?? true { repository.wikiAddress = Self.wiki(address, ".wiki.git") }
        return repository
    }
}
