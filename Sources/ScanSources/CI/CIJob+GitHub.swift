internal import FoundationEssentials

extension CIJob {
    /// Reads the event that started a workflow.
    ///
    /// <https://docs.github.com/en/webhooks/webhook-events-and-payloads>
    init(gitHub variables: CIVariables) throws(SourceError) {
        let name = variables["GITHUB_EVENT_NAME"] ?? "unknown"
        let event = try GitHubEvent(contentsOf: variables["GITHUB_EVENT_PATH"])
        if let request = event.pullRequest {
            self.init(
                service: .gitHub, head: request.head.sha,
                base: .target(commit: request.base.sha, branch: request.base.ref))
        } else if let group = event.mergeGroup {
            self.init(
                service: .gitHub, head: group.headSha, base: .target(commit: group.baseSha, branch: nil))
        } else if let after = event.after, let before = event.before {
            let base: Base =
                if event.deleted == true || after.isZero {
                    .nothing
                } else if before.isZero {
                    .unknown
                } else {
                    .previous(commit: before)
                }
            self.init(
                service: .gitHub, head: after, base: base, pushed: Pushed(fullName: event.ref),
                defaultBranch: event.repository?.defaultBranch)
        } else {
            throw Self.error(
                .gitHub, "the event \"\(name)\" is not about new commits",
                advice: "Run it on push, pull_request or merge_group, or scan everything with `windsock scan --history`"
            )
        }
    }
}

extension CIJob.Pushed {
    init(fullName: String?) {
        let branches = "refs/heads/"
        let tags = "refs/tags/"
        if let fullName, fullName.hasPrefix(branches) {
            self = .branch(String(fullName.dropFirst(branches.count)))
        } else if let fullName, fullName.hasPrefix(tags) {
            self = .tag(String(fullName.dropFirst(tags.count)))
        } else {
            self = .unknown
        }
    }
}

extension String {
    /// Whether this is the id that stands for "no commit".
    var isZero: Bool { allSatisfy { $0 == "0" } }
}

/// The parts of an event that name commits. The fields are called as GitHub calls them, but for the case.
private struct GitHubEvent: Decodable {
    struct Side: Decodable {
        var sha: String
        var ref: String
    }
    struct PullRequest: Decodable {
        var base: Side
        var head: Side
    }
    struct MergeGroup: Decodable {
        var baseSha: String
        var headSha: String
    }
    struct Repository: Decodable {
        var defaultBranch: String?
    }

    var pullRequest: PullRequest?
    var mergeGroup: MergeGroup?
    var ref: String?
    var before: String?
    var after: String?
    var deleted: Bool?
    var repository: Repository?

    init(contentsOf path: String?) throws(SourceError) {
        guard let path else {
            throw CIJob.error(
                .gitHub, "GITHUB_EVENT_PATH is not set",
                advice: "Hand the variable on to the container that windsock runs in, and mount its file")
        }
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            self = try decoder.decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch let error as CocoaError {
            let isMissing = error.code == .fileReadNoSuchFile
            throw CIJob.error(
                .gitHub, "the event's file \(path) \(isMissing ? "does not exist" : "cannot be read")",
                advice: "Mount GITHUB_EVENT_PATH in the container that windsock runs in")
        } catch {
            throw CIJob.error(
                .gitHub, "the event's file \(path) is not an event in JSON",
                advice: "Name the commits: `windsock scan --range BASE..HEAD`")
        }
    }
}
