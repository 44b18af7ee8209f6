import Foundation
import Git
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

/// What jobs of CI services scan, in clones as the services make them.
@Suite struct CIJobTests {
    /// main has `base` and `main`, topic has `base`, `topic 1` and `topic 2`; `trial` merges topic into main.
    struct Remote {
        let story: RepositoryBuilder
        let clone: RepositoryBuilder
        let ids: [String: String]

        init(cloning options: [String] = []) {
            story = RepositoryBuilder("origin").commit("base", ["a": "1"])
                .branch("topic").commit("topic 1", ["t": "1"]).commit("topic 2", ["t": "2"]).tag("v1", "release notes")
                .checkout("main").commit("main", ["m": "1"])
                .branch("trial").merge("topic").checkout("main")
            var ids: [String: String] = ["zero": String(repeating: "0", count: 40)]
            for (name, revision) in [
                "base": "topic~2", "topic 1": "topic~1", "topic 2": "topic", "main": "main", "trial": "trial",
                "tag": "v1",
            ] {
                ids[name] = story.id(revision)
            }
            self.ids = ids
            story.run(["clone", "--quiet"] + options + ["file://\(story.path)", "../clone"])
            clone = story.sibling("clone")
            if options.isEmpty { clone.checkout("--detach").git("checkout", "--quiet", ids["trial"]!) }
        }

        /// Replaces names in angle brackets by commit ids.
        func filled(_ text: String) -> String {
            ids.reduce(text) { $0.replacingOccurrences(of: "<\($1.key)>", with: $1.value) }
        }

        func variables(_ given: [String: String], event: String?) -> CIVariables {
            var variables = given.mapValues(filled)
            if let event {
                story.directory.write("event.json", filled(event))
                variables["GITHUB_EVENT_PATH"] = story.directory("event.json")
                variables["GITHUB_ACTIONS"] = "true"
            }
            return CIVariables(variables)
        }

        func source(_ job: CIJob) -> RangeSource {
            RangeSource(repositoryPath: clone.path, job: job, environment: nothing)
        }
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var variables: [String: String] = [:]
        var event: String?
        /// The messages of the commits that are scanned.
        var commits: Set<String>
    }

    static let cases = [
        Case(
            testDescription: "GitHub pull request", variables: ["GITHUB_EVENT_NAME": "pull_request"],
            event: """
                {"pull_request": {"base": {"sha": "<base>", "ref": "main"}, "head": {"sha": "<topic 2>", "ref": "topic"}}}
                """, commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitHub pull request whose base was never fetched: the merge commit's other parent",
            event: """
                {"pull_request": {"base": {"sha": "1234567890123456789012345678901234567890", "ref": "gone"},
                "head": {"sha": "<topic 2>", "ref": "topic"}}}
                """, commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitHub push",
            event: """
                {"ref": "refs/heads/topic", "before": "<topic 1>", "after": "<topic 2>", "deleted": false,
                "repository": {"default_branch": "main"}}
                """, commits: ["topic 2"]),
        Case(
            testDescription: "GitHub push of a new branch",
            event: """
                {"ref": "refs/heads/topic", "before": "<zero>", "after": "<topic 2>", "created": true,
                "repository": {"default_branch": "main"}}
                """, commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitHub push of the first branch",
            event: """
                {"ref": "refs/heads/main", "before": "<zero>", "after": "<main>",
                "repository": {"default_branch": "main"}}
                """, commits: ["base", "main"]),
        Case(
            testDescription: "GitHub forced push of what the clone no longer has",
            event: """
                {"ref": "refs/heads/topic", "before": "1234567890123456789012345678901234567890", "forced": true,
                "after": "<topic 2>", "repository": {"default_branch": "main"}}
                """, commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitHub push that deletes a branch",
            event: #"{"ref": "refs/heads/old", "before": "<topic 2>", "after": "<zero>", "deleted": true}"#, commits: []
        ),
        Case(
            testDescription: "GitHub push of an annotated tag",
            event: """
                {"ref": "refs/tags/v1", "before": "<zero>", "after": "<tag>", "repository": {"default_branch": "main"}}
                """, commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitHub merge queue",
            event: #"{"merge_group": {"base_sha": "<main>", "head_sha": "<trial>"}}"#,
            commits: ["topic 1", "topic 2", "merge topic"]),
        Case(
            testDescription: "GitLab merge request",
            variables: [
                "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_SHA": "<topic 2>",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": "<base>", "CI_COMMIT_BEFORE_SHA": "<zero>",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitLab merged results",
            variables: [
                "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_SHA": "<trial>",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": "<base>", "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "<topic 2>",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "GitLab push",
            variables: [
                "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_SHA": "<topic 2>",
                "CI_COMMIT_BEFORE_SHA": "<topic 1>", "CI_COMMIT_BRANCH": "topic", "CI_DEFAULT_BRANCH": "main",
            ], commits: ["topic 2"]),
        Case(
            testDescription: "GitLab push of a new branch",
            variables: [
                "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_SHA": "<topic 2>",
                "CI_COMMIT_BEFORE_SHA": "<zero>", "CI_COMMIT_BRANCH": "topic", "CI_DEFAULT_BRANCH": "main",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Bitbucket pull request, whose target has a short id",
            variables: [
                "BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_PR_ID": "1", "BITBUCKET_COMMIT": "<topic 2>",
                "BITBUCKET_BRANCH": "topic", "BITBUCKET_PR_DESTINATION_BRANCH": "main",
                "BITBUCKET_PR_DESTINATION_COMMIT": "<main-short>",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Bitbucket push",
            variables: [
                "BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_COMMIT": "<topic 2>", "BITBUCKET_BRANCH": "topic",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Bitbucket push to the main branch: all of it, for nobody says what it had",
            variables: ["BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_COMMIT": "<main>", "BITBUCKET_BRANCH": "main"],
            commits: ["base", "main"]),
        Case(
            testDescription: "Azure pull request",
            variables: [
                "TF_BUILD": "True", "BUILD_SOURCEVERSION": "<trial>", "BUILD_SOURCEBRANCH": "refs/pull/1/merge",
                "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main", "SYSTEM_PULLREQUEST_SOURCECOMMITID": "<topic 2>",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Azure push",
            variables: [
                "TF_BUILD": "True", "BUILD_SOURCEVERSION": "<topic 2>", "BUILD_SOURCEBRANCH": "refs/heads/topic",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Jenkins pull request",
            variables: [
                "JENKINS_URL": "http://localhost/", "GIT_COMMIT": "<topic 2>", "CHANGE_ID": "1",
                "CHANGE_TARGET": "main", "BRANCH_NAME": "PR-1",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Jenkins build after one that failed",
            variables: [
                "JENKINS_URL": "http://localhost/", "GIT_COMMIT": "<topic 2>", "BRANCH_NAME": "topic",
                "GIT_PREVIOUS_COMMIT": "<topic 1>", "GIT_PREVIOUS_SUCCESSFUL_COMMIT": "<base>",
            ], commits: ["topic 1", "topic 2"]),
        Case(
            testDescription: "Jenkins first build of a branch",
            variables: [
                "JENKINS_URL": "http://localhost/", "GIT_COMMIT": "<topic 2>", "BRANCH_NAME": "topic",
                "GIT_PREVIOUS_COMMIT": "<topic 2>", "GIT_PREVIOUS_SUCCESSFUL_COMMIT": "",
            ], commits: ["topic 1", "topic 2"]),
    ]

    @Test(arguments: cases) func theJobsCommitsAreScanned(_ given: Case) throws {
        let remote = Remote()
        let shortened = given.variables.mapValues {
            $0.replacingOccurrences(of: "<main-short>", with: String(remote.ids["main"]!.prefix(12)))
        }
        let job = try CIJob.detect(remote.variables(shortened, event: given.event))
        let reading = try remote.source(job).readAll()
        let names = Dictionary(remote.ids.map { ($1, $0 == "trial" ? "merge topic" : $0) }, uniquingKeysWith: { $1 })
        #expect(Set((reading.plan.range?.commits ?? []).compactMap { names[$0.description] }) == given.commits)
        #expect(reading.plan.commitCount == given.commits.count)
        #expect(reading.problems.isEmpty)
    }

    @Test func theMessageOfAPushedTagIsScanned() throws {
        let remote = Remote()
        let event = #"{"ref": "refs/tags/v1", "before": "<zero>", "after": "<tag>"}"#
        let reading = try remote.source(CIJob.detect(remote.variables([:], event: event))).readAll()
        #expect(reading.contents.contains { $0.text.contains("release notes") })
    }

    /// What services clone unless they are told otherwise.
    @Test(arguments: [
        ("--branch=topic", "<base>", "fetch-depth: 0"),
        ("--branch=main", "<topic 1>", "pull_request_target"),
    ]) func whatAShallowCloneLacksIsSaid(_ branch: String, _ before: String, _ advice: String) throws {
        let remote = Remote(cloning: ["--depth=1", branch])
        let event = #"{"ref": "refs/heads/topic", "before": "\#(before)", "after": "<topic 2>"}"#
        let job = try CIJob.detect(remote.variables([:], event: event))
        let error = try #require(throws: SourceError.self) { try remote.source(job).plan() }
        #expect(!error.isUsage, "the clone is to blame, not the command line")
        #expect(error.advice.contains(advice))
        #expect(error.message.contains("is not in this clone"))
    }

    @Test func aCloneThatHasTheBaseAndNotWhatIsBetweenIsIncomplete() throws {
        let remote = Remote(cloning: ["--depth=1", "--no-single-branch"])
        let event =
            #"{"pull_request": {"base": {"sha": "<main>", "ref": "main"}, "head": {"sha": "<topic 2>", "ref": "topic"}}}"#
        let job = try CIJob.detect(remote.variables([:], event: event))
        let problems = try remote.source(job).plan().problems
        #expect(problems.map(\.message).contains { $0.contains("goes on beyond what this clone has") })
        #expect(problems.compactMap(\.advice).contains { $0.contains("fetch-depth: 0") })
    }

    /// "Clean" would be said of nothing.
    @Test func aPullRequestWhoseCommitsTheTargetHasIsIncomplete() throws {
        let remote = Remote()
        let job = CIJob(service: .jenkins, head: remote.ids["base"], base: .target(commit: nil, branch: "main"))
        #expect(try remote.source(job).plan().problems.count == 1)
    }

    @Test(arguments: [
        (["CI": "true"], "none of GITHUB_ACTIONS"),
        (["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"], "GITHUB_EVENT_PATH is not set"),
        (["GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": "/nonexistent"], "does not exist"),
        (["GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "schedule"], "source \"schedule\" is not about new commits"),
    ]) func aJobThatIsNotAboutCommitsIsWrongUsage(_ variables: [String: String], _ words: String) throws {
        let error = try #require(throws: SourceError.self) { try CIJob.detect(CIVariables(variables)) }
        #expect(error.isUsage)
        #expect(error.description.contains(words))
    }

    /// A field that is missing, or of another kind, is named, and the next best thing says what is scanned.
    @Test(
        arguments: [
            (
                ["GITHUB_EVENT_NAME": "pull_request"],
                #"{"pull_request": {"base": {"sha": "<base>"}, "head": {"ref": "x"}}}"#, "pull_request.head.sha",
                ["main", "topic 1", "topic 2", "merge topic"]
            ),
            (
                ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main"],
                #"{"pull_request": {"head": {"sha": "<topic 2>"}}}"#, "pull_request.base.sha", ["topic 1", "topic 2"]
            ),
            (
                ["GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_BASE_REF": "main"],
                #"{"pull_request": {"base": {"sha": 7, "ref": "main"}, "head": {"sha": "<topic 2>"}}}"#,
                "pull_request.base.sha", ["topic 1", "topic 2"]
            ),
            (
                ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main"], #"{"number": 7}"#,
                "pull_request.head.sha", ["topic 1", "topic 2", "merge topic"]
            ),
            (
                ["GITHUB_EVENT_NAME": "push", "GITHUB_SHA": "<topic 2>", "GITHUB_REF": "refs/heads/topic"],
                #"{"before": "<topic 1>"}"#, "after", ["topic 2"]
            ),
            (
                ["GITHUB_EVENT_NAME": "push"], #"{"ref": "refs/heads/topic", "after": "<topic 2>", "before": null}"#,
                "before", ["topic 1", "topic 2"]
            ),
            (
                ["GITHUB_EVENT_NAME": "push", "GITHUB_SHA": "<topic 2>", "GITHUB_REF": "refs/heads/topic"], "{}",
                "before", ["topic 1", "topic 2"]
            ),
            (
                ["GITHUB_EVENT_NAME": "merge_group", "GITHUB_SHA": "<trial>"],
                #"{"merge_group": {"base_sha": "<main>"}}"#, "merge_group.head_sha",
                ["topic 1", "topic 2", "merge topic"]
            ),
        ] as [([String: String], String, String, Set<String>)])
    func aFieldThatIsMissingIsNamed(
        _ variables: [String: String], _ event: String, _ field: String, _ commits: Set<String>
    ) throws {
        let remote = Remote()
        let job = try CIJob.detect(remote.variables(variables, event: event))
        #expect(job.notes.contains { $0.hasPrefix("the event's file has no \(field): ") }, "\(job.notes)")
        let names = Dictionary(remote.ids.map { ($1, $0 == "trial" ? "merge topic" : $0) }, uniquingKeysWith: { $1 })
        let found = try remote.source(job).plan().range?.commits ?? []
        #expect(Set(found.compactMap { names[$0.description] }) == commits)
    }

    @Test func anEventThatIsNoneIsTold() throws {
        let remote = Remote()
        let variables = remote.variables([:], event: "<html>")
        let error = try #require(throws: SourceError.self) { try CIJob.detect(variables) }
        #expect(error.description.contains("is not an event in JSON"))
        withExtendedLifetime(remote) {}
    }

    @Test func aScheduledWorkflowIsTold() throws {
        let remote = Remote()
        let variables = remote.variables(["GITHUB_EVENT_NAME": "schedule"], event: #"{"schedule": "0 0 * * *"}"#)
        let error = try #require(throws: SourceError.self) { try CIJob.detect(variables) }
        #expect(error.description.contains("the event \"schedule\" is not about new commits"))
        #expect(error.advice.contains("--history"))
        withExtendedLifetime(remote) {}
    }

    /// Variables are other people's words, too: a branch's name must not be taken for a revision.
    @Test func whatIsNoIdIsNotLookedUp() throws {
        let remote = Remote()
        let job = CIJob(service: .gitHub, head: "HEAD^{/secret}", base: .unknown)
        let error = try #require(throws: SourceError.self) { try remote.source(job).plan() }
        #expect(error.message.contains("is not a commit's id"))
    }
}
