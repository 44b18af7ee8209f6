internal import Verification

/// Azure DevOps: <https://learn.microsoft.com/en-us/rest/api/azure/devops/git/repositories/list>
extension Forge {
    private static let version = "api-version=7.1"

    func listAzure(_ take: (ForgeRepository) -> Void) throws(ForgeError) {
        let parts = source.owner.split(separator: "/").map { String($0).percentEncoded }
        if parts.count > 1 { return try listAzure(project: parts[1], of: parts[0], take) }
        var projects: [String] = []
        try client.list(
            "/\(parts[0])/_apis/projects?\(Self.version)&$top=100",
            .continuation(header: "x-ms-continuationtoken", parameter: "continuationToken"),
            maximumPages: settings.maximumPages, items: Self.elements("value")
        ) { (value) throws(ForgeError) in
            // The id, for a name may be anything.
            if let id = value["id"]?.text { projects.append(id.percentEncoded) }
        }
        for project in projects { try listAzure(project: project, of: parts[0], take) }
    }

    private func listAzure(
        project: String, of organisation: String, _ take: (ForgeRepository) -> Void
    ) throws(ForgeError) {
        let base = "/\(organisation)/\(project)/_apis"
        try client.list(
            "\(base)/git/repositories?\(Self.version)", .none, maximumPages: 1, items: Self.elements("value")
        ) { (value) throws(ForgeError) in
            let address = value[self.extras.usesSSH ? "sshUrl" : "remoteUrl"]?.text ?? ""
            let name = [organisation, value["project.name"]?.text ?? project, value["name"]?.text ?? ""]
            var repository = ForgeRepository(
                id: value["id"]?.text ?? address, name: name.joined(separator: "/"), cloneAddress: address)
            // One that is disabled can be neither read nor fetched.
            repository.isArchived = value["isDisabled"]?.truth ?? false
            repository.isFork = value["isFork"]?.truth ?? false
            repository.size = value["size"]?.whole ?? 0
            repository.isEmpty = value["size"]?.whole == 0 && value["defaultBranch"] == nil
            repository.visibility = value["project.visibility"]?.text.flatMap {
                ForgeRepository.Visibility(rawValue: $0.lowercased())
            }
            take(repository)
        }
        try listAzureWikis(base, organisation, take)
    }

    /// The wiki of a project is a repository of its own; one that shows a folder of a repository is that one's.
    private func listAzureWikis(
        _ base: String, _ organisation: String, _ take: (ForgeRepository) -> Void
    ) throws(ForgeError) {
        do throws(ForgeError) {
            try client.list(
                "\(base)/wiki/wikis?\(Self.version)", .none, maximumPages: 1, items: Self.elements("value")
            ) { (value) throws(ForgeError) in
                guard value["type"]?.text == "projectWiki", let page = value["remoteUrl"]?.text,
                    let name = value["name"]?.text, let end = page.firstRange(of: "/_wiki/")
                else { return }
                var wiki = ForgeRepository(
                    id: value["repositoryId"]?.text ?? page, name: "\(organisation)/\(name)",
                    cloneAddress: "\(page[..<end.lowerBound])/_git/\(name.percentEncoded)")
                wiki.kind = .wiki
                take(wiki)
            }
        } catch {
            // A token for code alone may not list them.
            guard error.kind == .forbidden || error.kind == .notFound || error.kind == .unauthorized else {
                throw error
            }
        }
    }
}
