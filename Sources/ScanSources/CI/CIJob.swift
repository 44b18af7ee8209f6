/// The commits that a job of a CI service is about, as the service tells in its variables.
package struct CIJob: Sendable, Hashable {
    /// Where the job runs.
    package enum Service: String, Sendable, CaseIterable {
        case gitHub = "GitHub Actions"
        case gitLab = "GitLab CI"
        case bitbucket = "Bitbucket Pipelines"
        case azure = "Azure Pipelines"
        case jenkins = "Jenkins"
    }

    /// What was there before the commits of the job.
    package enum Base: Sendable, Hashable {
        /// The branch that a pull request or merge request is for, or the commit that it stood at.
        case target(commit: String?, branch: String?)
        /// A push: what the branch was before.
        case previous(commit: String)
        /// A push of something new, or a service that does not say what was there before.
        case unknown
        /// A push that deleted a branch: it brings nothing.
        case nothing
    }

    /// What was pushed.
    package enum Pushed: Sendable, Hashable {
        case branch(String)
        case tag(String)
        case unknown
    }

    package var service: Service
    /// The newest commit; `nil` means HEAD.
    package var head: String?
    package var base: Base
    package var pushed: Pushed
    /// The repository's main branch, if the service says.
    package var defaultBranch: String?
    /// What there is to say of how the commits were found, in sentences without a full stop.
    package var notes: [String] = []

    package init(
        service: Service, head: String?, base: Base, pushed: Pushed = .unknown, defaultBranch: String? = nil
    ) {
        self.service = service
        self.head = head
        self.base = base
        self.pushed = pushed
        self.defaultBranch = defaultBranch
    }

    /// Asks each service's variables.
    ///
    /// - Throws: Where no service is recognised, or the job is not about any commits.
    package static func detect(_ variables: CIVariables = .ofProcess()) throws(SourceError) -> CIJob {
        let job: CIJob
        if variables.isTrue("GITHUB_ACTIONS") {
            job = try CIJob(gitHub: variables)
        } else if variables.isTrue("GITLAB_CI") {
            job = try CIJob(gitLab: variables)
        } else if variables["BITBUCKET_BUILD_NUMBER"] != nil {
            job = CIJob(bitbucket: variables)
        } else if variables.isTrue("TF_BUILD") {
            job = CIJob(azure: variables)
        } else if variables["JENKINS_URL"] != nil {
            job = CIJob(jenkins: variables)
        } else {
            throw SourceError(
                attempt: "find the commits of", subject: "this CI job",
                message: "none of GITHUB_ACTIONS, GITLAB_CI, BITBUCKET_BUILD_NUMBER, TF_BUILD and JENKINS_URL is set",
                advice: "Name the commits: `windsock scan --range BASE..HEAD`")
        }
        return job
    }

    static func error(_ service: Service, _ message: String, advice: String) -> SourceError {
        SourceError(
            attempt: "find the commits of", subject: "this job of \(service.rawValue)", message: message,
            advice: advice)
    }

    /// What a report calls the scan's target: `a pull request on GitHub Actions`.
    package var description: String {
        let what =
            switch (base, pushed) {
            case (.target, _): "a pull request"
            case (_, .branch(let name)): "a push to \(name)"
            case (_, .tag(let name)): "a push of the tag \(name)"
            case (_, .unknown): "a push"
            }
        return "\(what) on \(service.rawValue)"
    }
}

extension CIJob.Service {
    /// How to have the commits in the job's clone.
    var advice: String {
        switch self {
        case .gitHub:
            "Check out with all history: `fetch-depth: 0` of `actions/checkout`"
                + " (on pull_request_target also `ref: ${{ github.event.pull_request.head.sha }}`)"
        case .gitLab: "Set the job's variable `GIT_DEPTH: 0`"
        case .bitbucket:
            "Set `clone: { depth: full }` in bitbucket-pipelines.yml, and `git fetch` the branch if it lacks"
        case .azure: "Set `fetchDepth: 0` at the step `- checkout: self`"
        case .jenkins:
            "Turn off shallow clones in the job's checkout, and fetch the target branch:"
                + " `git fetch origin +refs/heads/NAME:refs/remotes/origin/NAME`"
        }
    }
}
