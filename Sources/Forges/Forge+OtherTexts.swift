internal import Verification

/// GitLab: <https://docs.gitlab.com/api/issues/>
extension Forge {
    func readGitLab(
        _ kind: ForgeText.Kind, _ repository: ForgeRepository, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        let base = "/projects/\(repository.id.percentEncoded)"
        switch kind {
        case .issues: try readGitLabThreads(kind, "\(base)/issues", "scope=all", body)
        case .pulls: try readGitLabThreads(kind, "\(base)/merge_requests", "scope=all&state=all", body)
        case .releases:
            try each("\(base)/releases?per_page=100", .link, identity: "tag_name") {
                (value) throws(ForgeError) in
                let address = value["_links.self"]?.text
                if let text = self.text(kind, value, ["name", "description"], address: address) { try body(text) }
            }
        case .artifacts, .logs:
            try each("\(base)/jobs?per_page=100", .link) { (value) throws(ForgeError) in
                guard let id = value["id"]?.whole, let address = value["web_url"]?.text else { return }
                if kind == .logs { return try body(try self.file(kind, "\(base)/jobs/\(id)/trace", address: address)) }
                guard let file = value["artifacts_file"], file != .null else { return }
                let place = "\(address)/artifacts/download"
                try body(try self.file(kind, "\(base)/jobs/\(id)/artifacts", address: place))
            }
        }
    }

    /// Issues or merge requests, and the notes below those that have some.
    private func readGitLabThreads(
        _ kind: ForgeText.Kind, _ base: String, _ query: String, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        try each("\(base)?\(query)&per_page=100", .link) { (value) throws(ForgeError) in
            let address = value["web_url"]?.text
            if let text = self.text(kind, value, ["title", "description"], address: address) { try body(text) }
            guard let number = value["iid"]?.whole, value["user_notes_count"]?.whole != 0 else { return }
            try self.each("\(base)/\(number)/notes?per_page=100", .link) { (note) throws(ForgeError) in
                guard note["system"]?.truth != true, let id = note["id"]?.whole else { return }
                let place = address.map { "\($0)#note_\(id)" }
                if let text = self.text(kind, note, ["body"], address: place) { try body(text) }
            }
        }
    }

    private func each(
        _ target: String, _ next: NextPage, in member: String? = nil,
        identity: String? = "id", _ body: (JSONValue) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        try client.list(
            target, next, maximumPages: settings.maximumPages, items: Self.elements(member), identity: identity, body)
    }
}

/// Gitea and Forgejo
extension Forge {
    func readGitea(
        _ kind: ForgeText.Kind, _ repository: ForgeRepository, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        let base = "/repos/\(path(repository.name))"
        switch kind {
        case .issues, .pulls:
            let isWanted = { (address: String) in address.contains("/pulls/") == (kind == .pulls) }
            let lists = ["issues?state=all&type=\(kind.rawValue)", "issues/comments?"]
            for list in lists {
                try each("\(base)/\(list)&limit=50&page=1", .link) { (value) throws(ForgeError) in
                    guard let address = value["html_url"]?.text, isWanted(address) else { return }
                    if let text = self.text(kind, value, ["title", "body"], address: address) { try body(text) }
                }
            }
        case .releases:
            try each("\(base)/releases?limit=50&page=1", .link) { (value) throws(ForgeError) in
                let address = value["html_url"]?.text
                if let text = self.text(kind, value, ["name", "body"], address: address) { try body(text) }
            }
        case .artifacts, .logs: throw unread(kind)
        }
    }
}

/// Bitbucket Cloud
extension Forge {
    func readBitbucket(
        _ kind: ForgeText.Kind, _ repository: ForgeRepository, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        let base = "/repositories/\(path(repository.name))"
        let list: String
        switch kind {
        case .issues: list = "issues"
        case .pulls: list = "pullrequests"
        case .releases, .artifacts, .logs: throw unread(kind)
        }
        let states = kind == .pulls ? "&state=OPEN&state=MERGED&state=DECLINED&state=SUPERSEDED" : ""
        try each("\(base)/\(list)?pagelen=50\(states)", .member("next"), in: "values") { (value) throws(ForgeError) in
            let address = value["links.html.href"]?.text
            let members = ["title", "content.raw", "summary.raw"]
            if let text = self.text(kind, value, members, address: address) { try body(text) }
            guard let id = value["id"]?.whole, value["comment_count"]?.whole != 0 else { return }
            try self.each("\(base)/\(list)/\(id)/comments?pagelen=100", .member("next"), in: "values") {
                (comment) throws(ForgeError) in
                let place = comment["links.html.href"]?.text ?? address
                if let text = self.text(kind, comment, ["content.raw"], address: place) { try body(text) }
            }
        }
    }
}

/// Azure DevOps
extension Forge {
    func readAzure(
        _ kind: ForgeText.Kind, _ repository: ForgeRepository, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        let parts = repository.name.split(separator: "/").map { String($0).percentEncoded }
        guard kind == .pulls, parts.count == 3 else { throw unread(kind) }
        let base = "/\(parts[0])/\(parts[1])/_apis/git/repositories/\(repository.id.percentEncoded)/pullrequests"
        // This list has no word for its next page: it is over when one is not full.
        let size = 100
        var start = 0
        while true {
            var count = 0
            let query = "api-version=7.1&searchCriteria.status=all&$top=\(size)&$skip=\(start)"
            try each("\(base)?\(query)", .none, in: "value", identity: nil) { (value) throws(ForgeError) in
                count += 1
                guard let id = value["pullRequestId"]?.whole else { return }
                let page = "https://\(self.source.host)/\(parts[0])/\(parts[1])/_git/\(parts[2])/pullrequest/\(id)"
                if let text = self.text(kind, value, ["title", "description"], address: page) { try body(text) }
                try self.each("\(base)/\(id)/threads?api-version=7.1", .none, in: "value") {
                    (thread) throws(ForgeError) in
                    for comment in thread["comments"]?.elements ?? [] {
                        let place = "\(page)?discussionId=\(thread["id"]?.whole ?? 0)"
                        if let text = self.text(kind, comment, ["content"], address: place) { try body(text) }
                    }
                }
            }
            guard count == size, start < 100_000 else { return }
            start += size
        }
    }
}
