internal import FoundationEssentials

extension CIJob {
    /// Reads the event that started a workflow.
    ///
    /// <https://docs.github.com/en/webhooks/webhook-events-and-payloads>
    init(gitHub variables: CIVariables) throws(SourceError) {
        let name = variables["GITHUB_EVENT_NAME"] ?? "unknown"
        let event = try GitHubEvent(contentsOf: variables["GITHUB_EVENT_PATH"])
        if event.pullRequest != nil || name.hasPrefix("pull_request") {
            self.init(request: event.pullRequest, variables)
        } else if event.mergeGroup != nil || name == "merge_group" {
            let base = event.mergeGroup?.baseSha
            self.init(
                service: .gitHub, head: event.mergeGroup?.headSha ?? variables.commit("GITHUB_SHA"),
                base: base.map { .target(commit: $0, branch: nil) } ?? .unknown)
            note("merge_group.head_sha", event.mergeGroup?.headSha, "GITHUB_SHA is taken for it")
            note("merge_group.base_sha", base, "what the main branch has is taken for what was there before")
        } else if event.after != nil || event.before != nil || name == "push" {
            self.init(push: event, variables)
        } else {
            throw Self.error(
                .gitHub, "the event \"\(name)\" is not about new commits",
                advice: "Run it on push, pull_request or merge_group, or scan everything with `windsock scan --history`"
            )
        }
    }

    private init(request: GitHubEvent.PullRequest?, _ variables: CIVariables) {
        let base = request?.base
        self.init(
            service: .gitHub, head: request?.head?.sha,
            base: .target(commit: base?.sha, branch: base?.ref ?? variables["GITHUB_BASE_REF"]))
        note("pull_request.head.sha", request?.head?.sha, "HEAD is taken for it")
        note("pull_request.base.sha", base?.sha, "the branch that the pull request is for is taken for it")
    }

    private init(push event: GitHubEvent, _ variables: CIVariables) {
        let after = event.after ?? variables.commit("GITHUB_SHA")
        let base: Base =
            if event.deleted == true || after?.isZero == true {
                .nothing
            } else if let before = event.before, !before.isZero {
                .previous(commit: before)
            } else {
                .unknown
            }
        self.init(
            // A branch that is deleted leads nowhere.
            service: .gitHub, head: after?.isZero == true ? nil : after, base: base,
            pushed: Pushed(fullName: event.ref ?? variables["GITHUB_REF"]),
            defaultBranch: event.repository?.defaultBranch)
        note("after", event.after, "GITHUB_SHA is taken for it")
        note("before", event.before, "what the main branch has is taken for what was there before")
    }

    /// Says that a field is missing, or is no text, and what is done.
    private mutating func note(_ field: String, _ value: String?, _ instead: String) {
        if value == nil { notes.append("the event's file has no \(field): \(instead)") }
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
///
/// What is of another kind than it should be counts as missing: something else then says what is scanned.
private struct GitHubEvent: Decodable {
    struct Side: Decodable {
        var sha: String?
        var ref: String?

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Field.self)
            sha = fields.text(.sha)
            ref = fields.text(.ref)
        }
    }
    struct PullRequest: Decodable {
        var base: Side?
        var head: Side?

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Field.self)
            base = fields.value(.base)
            head = fields.value(.head)
        }
    }
    struct MergeGroup: Decodable {
        var baseSha: String?
        var headSha: String?

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Field.self)
            baseSha = fields.text(.baseSha)
            headSha = fields.text(.headSha)
        }
    }
    struct Repository: Decodable {
        var defaultBranch: String?

        init(from decoder: any Decoder) throws {
            defaultBranch = try decoder.container(keyedBy: Field.self).text(.defaultBranch)
        }
    }
    enum Field: String, CodingKey {
        case sha, ref, base, head, baseSha, headSha, defaultBranch
        case pullRequest, mergeGroup, before, after, deleted, repository
    }

    var pullRequest: PullRequest?
    var mergeGroup: MergeGroup?
    var ref: String?
    var before: String?
    var after: String?
    var deleted: Bool?
    var repository: Repository?

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        pullRequest = fields.value(.pullRequest)
        mergeGroup = fields.value(.mergeGroup)
        ref = fields.text(.ref)
        before = fields.text(.before)
        after = fields.text(.after)
        deleted = fields.value(.deleted)
        repository = fields.value(.repository)
    }

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

extension KeyedDecodingContainer where Key == GitHubEvent.Field {
    /// `nil` for what is missing or of another kind.
    fileprivate func value<Value: Decodable>(_ field: Key) -> Value? {
        do {
            return try decodeIfPresent(Value.self, forKey: field)
        } catch {
            return nil
        }
    }

    /// `nil` for an empty one, too.
    fileprivate func text(_ field: Key) -> String? {
        let text: String? = value(field)
        return text?.isEmpty == false ? text : nil
    }
}
