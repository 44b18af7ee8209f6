internal import Verification

/// Bitbucket Cloud, <https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/>, and Data Center,
/// <https://developer.atlassian.com/server/bitbucket/rest/>.
extension Forge {
    func listBitbucket(_ take: (ForgeRepository) -> Void) throws(ForgeError) {
        try client.list(
            "/repositories/\(owner)?pagelen=100", .member("next"), maximumPages: settings.maximumPages,
            items: Self.elements("values"), identity: "uuid"
        ) { (value) throws(ForgeError) in
            let address = Self.link(self.extras.usesSSH ? "ssh" : "https", in: value)
            var repository = ForgeRepository(
                id: value["uuid"]?.text ?? address, name: value["full_name"]?.text ?? "", cloneAddress: address)
            repository.isFork = value["parent"].map { $0 != .null } ?? false
            repository.visibility = value["is_private"]?.truth.map { $0 ? .private : .public }
            repository.pushedAt = value["updated_on"]?.text.flatMap(ForgeTime.seconds)
            repository.size = value["size"]?.whole ?? 0
            if value["has_wiki"]?.truth ?? false { repository.wikiAddress = Self.wiki(address, ".git/wiki") }
            take(repository)
        }
    }

    func listBitbucketServer(_ take: (ForgeRepository) -> Void) throws(ForgeError) {
        try client.list(
            "/projects/\(owner)/repos?limit=100", .start, maximumPages: settings.maximumPages,
            items: Self.elements("values")
        ) { (value) throws(ForgeError) in
            let address = Self.link(self.extras.usesSSH ? "ssh" : "http", in: value)
            let name = "\(value["project.key"]?.text ?? self.source.owner)/\(value["slug"]?.text ?? "")"
            var repository = ForgeRepository(
                id: value["id"]?.shortText ?? address, name: name, cloneAddress: address)
            repository.isArchived = value["archived"]?.truth ?? false
            repository.isFork = value["origin"].map { $0 != .null } ?? false
            repository.visibility = value["public"]?.truth.map { $0 ? .public : .private }
            take(repository)
        }
    }

    private static func link(_ name: String, in value: JSONValue) -> String {
        let links = value["links.clone"]?.elements ?? []
        return links.first { $0["name"]?.text == name }?["href"]?.text ?? ""
    }
}
