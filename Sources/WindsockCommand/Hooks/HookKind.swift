import ArgumentParser
import Reports

/// The hooks of git that windsock can be run from: what is about to happen, and can still be stopped.
enum HookKind: String, CaseIterable, ExpressibleByArgument {
    case preCommit = "pre-commit"
    /// Git runs it in place of pre-commit where a merge makes a commit by itself.
    case preMergeCommit = "pre-merge-commit"
    case commitMessage = "commit-msg"
    case prePush = "pre-push"
    /// On a server, before a push becomes part of the repository.
    case preReceive = "pre-receive"

    /// Whether git tells on standard input what it is about.
    var readsLines: Bool { self == .prePush || self == .preReceive }

    /// What a finding in it stops.
    var step: StoppedStep {
        switch self {
        case .preCommit, .preMergeCommit: .commit
        case .commitMessage: .message
        case .prePush: .push
        case .preReceive: .receive
        }
    }

    /// Whether git runs it where people work, rather than where they push to.
    var isOfWorkTree: Bool { self != .preReceive }

    /// What it looks at, for messages.
    var subject: String {
        switch self {
        case .preCommit: "what is committed"
        case .preMergeCommit: "what a merge commits"
        case .commitMessage: "messages of commits"
        case .prePush: "what is pushed"
        case .preReceive: "what is received"
        }
    }
}
