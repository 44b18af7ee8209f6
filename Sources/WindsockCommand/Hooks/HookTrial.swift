import Pipeline

/// A trial of a hook, which `windsock hook doctor` makes in a worktree of its own: what is set up for scans is read where the hook
/// is at home, and paths that it names are meant from there.
///
/// The worktree has next to none of the repository's files, and a configuration may name others: those that it extends,
/// baselines, what git ignores, what lies beside the repository.
struct HookTrial {
    /// Names the top of the repository whose hook is tried, as an absolute path.
    static let variable = "WINDSOCK_HOOK_TRIAL"

    /// Is set where a script of windsock's leaves out the hook that it runs ahead of windsock.
    static let aloneVariable = "WINDSOCK_HOOK_TRIAL_ALONE"

    /// Absolute.
    let repository: String

    /// The one that this process is part of; `nil`: none.
    static var current: HookTrial? {
        Environment.value(variable).flatMap { $0.hasPrefix("/") ? HookTrial(repository: $0) : nil }
    }

    /// A path as the hook would find it.
    static func path(_ path: String) -> String { current?.path(path) ?? path }

    private func path(_ path: String) -> String {
        path.isEmpty || path.hasPrefix("/") ? path : "\(repository)/\(path)"
    }

    /// Has options and variables mean the files that they mean in the repository.
    func apply(to command: inout ScanCommand) {
        command.ruleOptions.config = command.ruleOptions.config.map(path)
        command.ruleOptions.rules = command.ruleOptions.rules.map(path)
        command.thresholds.baseline = command.thresholds.baseline.map(path)
        for name in [ConfigurationFinder.variable, KnownSecrets.variable] {
            if let value = Environment.value(name) { Environment.set(name, path(value)) }
        }
    }

    /// What tells where a configuration is found, for a scan of a subject.
    func setup(for subject: ScanRequest.Subject) -> ScanRequest.Subject {
        switch subject {
        case .files, .standardInput, .patch: .files([repository])
        default: subject
        }
    }
}
