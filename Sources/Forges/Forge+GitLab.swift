internal import Verification

/// GitLab: <https://docs.gitlab.com/api/groups/#list-projects>
extension Forge {
    func listGitLab(_ take: (ForgeRepository) -> Void) throws(ForgeError) {
        let order = "per_page=100&order_by=id&sort=asc"
        let group = "/groups/\(owner)/projects?include_subgroups=true&with_shared=false&\(order)"
        do throws(ForgeError) {
            try gitLabList(group, take)
        } catch {
            // What is no group may be a user, who has no slash in the name.
            guard error.kind == .notFound, !source.owner.contains("/") else { throw error }
            try gitLabList("/users/\(owner)/projects?\(order)", take)
        }
    }

    private func gitLabList(_ target: String, _ take: (ForgeRepository) -> Void) throws(ForgeError) {
        try client.list(target, .link, maximumPages: settings.maximumPages, items: Self.elements()) {
            (value) throws(ForgeError) in take(self.gitLabProject(value))
        }
    }

    private func gitLabProject(_ value: JSONValue) -> ForgeRepository {
        let address = value[extras.usesSSH ? "ssh_url_to_repo" : "http_url_to_repo"]?.text ?? ""
        var repository = ForgeRepository(
            id: value["id"]?.shortText ?? address, name: value["path_with_namespace"]?.text ?? "",
            cloneAddress: address)
        repository.isArchived = value["archived"]?.truth ?? false
        repository.isFork = value["forked_from_project"].map { $0 != .null } ?? false
        repository.isEmpty = value["empty_repo"]?.truth ?? false
        repository.visibility = value["visibility"]?.text.flatMap { ForgeRepository.Visibility(rawValue: $0) }
        repository.pushedAt = value["last_activity_at"]?.text.flatMap(ForgeTime.seconds)
        repository.size = value["statistics.repository_size"]?.whole ?? 0
        let hasWiki = value["wiki_enabled"]?.truth ?? (value["wiki_access_level"]?.text != "disabled")
        if hasWiki { repository.wikiAddress = Self.wiki(address, ".wiki.git") }
        return repository
    }
}
