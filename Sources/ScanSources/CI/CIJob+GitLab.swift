extension CIJob {
    /// <https://docs.gitlab.com/ci/variables/predefined_variables/>
    init(gitLab variables: CIVariables) throws(SourceError) {
        let commit = variables.commit("CI_COMMIT_SHA")
        let source = variables["CI_PIPELINE_SOURCE"] ?? "unknown"
        let pushed: Pushed =
            if let branch = variables["CI_COMMIT_BRANCH"] {
                .branch(branch)
            } else if let tag = variables["CI_COMMIT_TAG"] {
                .tag(tag)
            } else {
                .unknown
            }
        let defaultBranch = variables["CI_DEFAULT_BRANCH"]
        if let base = variables.commit("CI_MERGE_REQUEST_DIFF_BASE_SHA") {
            // In a pipeline for merged results CI_COMMIT_SHA is a merge commit that nobody wrote.
            self.init(
                service: .gitLab, head: variables.commit("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? commit,
                base: .target(commit: base, branch: variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]))
        } else if let base = variables.commit("CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA") {
            self.init(
                service: .gitLab, head: variables.commit("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA") ?? commit,
                base: .target(commit: base, branch: variables["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"]))
        } else if let before = variables.commit("CI_COMMIT_BEFORE_SHA") {
            self.init(
                service: .gitLab, head: commit, base: .previous(commit: before), pushed: pushed,
                defaultBranch: defaultBranch)
        } else if ["push", "parent_pipeline", "pipeline"].contains(source) {
            // The first pipeline of a branch.
            self.init(service: .gitLab, head: commit, base: .unknown, pushed: pushed, defaultBranch: defaultBranch)
        } else {
            throw Self.error(
                .gitLab, "a pipeline of the source \"\(source)\" is not about new commits",
                advice: "Run it for pushes and merge requests, or scan everything with `windsock scan --history`")
        }
    }
}
