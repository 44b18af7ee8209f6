// Services that say of a pull request what it is for, and of a push not what was there before.

extension CIJob {
    /// <https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/>
    init(bitbucket variables: CIVariables) {
        let isRequest = variables["BITBUCKET_PR_ID"] != nil
        let pushed: Pushed =
            if let branch = variables["BITBUCKET_BRANCH"] {
                .branch(branch)
            } else if let tag = variables["BITBUCKET_TAG"] {
                .tag(tag)
            } else {
                .unknown
            }
        // Of the commit that the target branch stood at there are twelve digits only.
        let target = Base.target(
            commit: variables.commit("BITBUCKET_PR_DESTINATION_COMMIT"),
            branch: variables["BITBUCKET_PR_DESTINATION_BRANCH"])
        self.init(
            service: .bitbucket, head: variables.commit("BITBUCKET_COMMIT"), base: isRequest ? target : .unknown,
            pushed: pushed)
    }

    /// <https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables>
    init(azure variables: CIVariables) {
        let source = variables["BUILD_SOURCEBRANCH"]
        if let target = variables["SYSTEM_PULLREQUEST_TARGETBRANCH"] {
            // Azure's own repositories say `refs/heads/main`, GitHub's `main`.
            let branch = if case .branch(let name) = Pushed(fullName: target) { name } else { target }
            self.init(
                service: .azure, head: variables.commit("SYSTEM_PULLREQUEST_SOURCECOMMITID"),
                base: .target(commit: nil, branch: branch))
        } else {
            self.init(
                service: .azure, head: variables.commit("BUILD_SOURCEVERSION"), base: .unknown,
                pushed: Pushed(fullName: source))
        }
    }

    /// <https://plugins.jenkins.io/git/#plugin-content-environment-variables>, and those of multibranch projects.
    init(jenkins variables: CIVariables) {
        let head = variables.commit("GIT_COMMIT")
        if let target = variables["CHANGE_TARGET"] {
            self.init(service: .jenkins, head: head, base: .target(commit: nil, branch: target))
            return
        }
        // Not the commit built last: if that build failed before the scan, its commits were never looked at.
        let previous = variables.commit("GIT_PREVIOUS_SUCCESSFUL_COMMIT")
        let pushed: Pushed =
            if let tag = variables["TAG_NAME"] {
                .tag(tag)
            } else if let branch = variables["BRANCH_NAME"] ?? variables["GIT_LOCAL_BRANCH"] {
                .branch(branch)
            } else {
                .unknown
            }
        self.init(
            service: .jenkins, head: head, base: previous.map { .previous(commit: $0) } ?? .unknown, pushed: pushed)
    }
}
