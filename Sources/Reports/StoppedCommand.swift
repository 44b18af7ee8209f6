/// The command that a hook has stopped, as far as it is known: what is to be pasted has to do the same again.
package struct StoppedCommand: Sendable, Hashable {
    /// `git`, with what stands ahead of its command.
    package var git: String
    /// The command with its options, but for those that say a message: `git commit --amend -a`.
    package var beginning: String
    /// What stands behind its options, with a space before: of a commit the paths, ` -- a.env`; of a push all its words, as
    /// they were. Empty: none.
    package var paths: String
    /// Whether it was seen how it was called, or this is what it is called mostly.
    package var isKnown: Bool
    /// Whether git has taken what is found from files and not from the index: `git commit -a`, `git commit PATH`.
    package var takesFiles: Bool
    /// The file, in git's folder, that has the message of a commit.
    package var messageFile: String

    package init(
        git: String = "git", beginning: String = "git commit", paths: String = "", isKnown: Bool = false,
        takesFiles: Bool = false, messageFile: String = "COMMIT_EDITMSG"
    ) {
        self.git = git
        self.beginning = beginning
        self.paths = paths
        self.isKnown = isKnown
        self.takesFiles = takesFiles
        self.messageFile = messageFile
    }

    /// The same again with one option more, and the message that was written.
    func again(_ option: String, withMessage: Bool) -> String {
        let message = withMessage ? " --file \"$(\(git) rev-parse --git-path \(messageFile))\"" : ""
        return "\(beginning) \(option)\(message)\(paths)"
    }
}
