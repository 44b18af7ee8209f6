internal import Verification

extension Forge {
    func readGitHub(
        _ kind: ForgeText.Kind, _ repository: ForgeRepository, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        let base = "/repos/\(path(repository.name))"
        let page = "https://\(source.host)/\(path(repository.name))"
        switch kind {
        case .issues, .pulls:
            let isPull = { (value: JSONValue) in
                value["pull_request"].map { $0 != .null } ?? (value["html_url"]?.text?.contains("/pull/") ?? false)
            }
            for list in ["issues?state=all", "issues/comments?sort=created"] {
                try gitHubList("\(base)/\(list)&per_page=100") { (value) throws(ForgeError) in
                    guard isPull(value) == (kind == .pulls) else { return }
                    let address = value["html_url"]?.text
                    if let text = self.text(kind, value, ["title", "body"], address: address) { try body(text) }
                }
            }
            guard kind == .pulls else { return }
            try gitHubList("\(base)/pulls/comments?per_page=100") { (value) throws(ForgeError) in
                let address = value["html_url"]?.text
                if let text = self.text(kind, value, ["body", "diff_hunk"], address: address) { try body(text) }
            }
        case .releases:
            try gitHubList("\(base)/releases?per_page=100") { (value) throws(ForgeError) in
                let address = value["html_url"]?.text
                if let text = self.text(kind, value, ["name", "body"], address: address) { try body(text) }
            }
        case .artifacts:
            try gitHubList("\(base)/actions/artifacts?per_page=100", in: "artifacts") { (value) throws(ForgeError) in
                guard let id = value["id"]?.whole else { return }
                if value["expired"]?.truth == true { return try body(nil) }
                let run = value["workflow_run.id"]?.whole.map { "/runs/\($0)" } ?? ""
                try body(
                    try self.file(
                        kind, "\(base)/actions/artifacts/\(id)/zip", address: "\(page)/actions\(run)/artifacts/\(id)"))
            }
        case .logs:
            try gitHubList("\(base)/actions/runs?per_page=100", in: "workflow_runs") { (value) throws(ForgeError) in
                guard let id = value["id"]?.whole else { return }
                try body(
                    try self.file(kind, "\(base)/actions/runs/\(id)/logs", address: "\(page)/actions/runs/\(id)"))
            }
        }
    }
}
