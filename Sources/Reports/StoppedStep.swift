/// What a scan in a hook keeps from happening: the secrets that it finds have not got further yet.
package enum StoppedStep: Sendable, CaseIterable {
    /// A commit of what is in the index.
    case commit
    /// A commit whose message holds a secret.
    case message
    /// A push, seen from where it comes from.
    case push
    /// A push, seen from the server.
    case receive

    /// What has happened and what has not.
    var state: String {
        switch self {
        case .commit: "Nothing is committed. What is only staged has not leaked: no key has to be changed."
        case .message: "Nothing is committed. The message has not leaked: no key has to be changed."
        case .push: "Nothing is pushed. What is only in commits of yours has not leaked: no key has to be changed."
        case .receive:
            "Nothing is accepted. Only this server has seen it; change a key that you do not trust the server with."
        }
    }

    /// How to do it all the same, once; `nil` where that is not the writer's decision.
    func bypass(_ command: StoppedCommand) -> String? {
        switch self {
        case .commit: command.again("--no-verify", withMessage: false)
        case .message: command.again("--no-verify", withMessage: true)
        case .push:
            command.again("--no-verify", withMessage: false)
                + (command.isKnown ? "" : "    # with the remote, the names and the options as before")
        case .receive: nil
        }
    }
}
