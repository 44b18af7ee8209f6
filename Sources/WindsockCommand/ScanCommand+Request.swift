import Pipeline
import ScanSources

extension ScanCommand {
    /// What options, variables and files say of a scan.
    func configuration(_ subject: ScanRequest.Subject) throws(CommandFailure) -> ScanConfiguration {
        let trial = HookTrial.current
        var configuration = try ScanConfiguration(
            ruleOptions, trial?.setup(for: subject) ?? subject, repository: trial?.repository ?? repository, hook: hook)
        configuration.exclude(thresholds.exclude, option: "--exclude")
        return configuration
    }

    /// What is read of each item and what is reported; the baselines are read.
    ///
    /// - Parameter namedThresholds: Those that options have set.
    /// - Returns: Also what there is to say of baselines.
    func settings(
        _ configuration: ScanConfiguration, namedThresholds: ThresholdOptions
    ) throws(CommandFailure) -> (ScanSettings, notes: [String]) {
        var (settings, baselines) = try configuration.settings(thresholds, ruleOptions)
        settings.selection.proposed = baselines.proposed
        settings.selection.thresholdFile = configuration.thresholdFile(namedThresholds)
        settings.computesLineHashes = output.formats.contains(where: \.holdsLineHashes) || storing.store != nil
        settings.tellsSuppressed = output.formats.contains(where: \.holdsSuppressed) || storing.store != nil
        settings.explains = output.explain
        settings.listsObjects = history.listScanned != nil
        // pre-commit tells the programs that it runs so.
        let isHook = hook != nil || Environment.value("PRE_COMMIT") != nil
        if isHook, thresholds.containers.archives == nil { settings.archives = .none }
        return (settings, baselines.notes)
    }

    /// The repository, or a folder in it.
    var repository: String { paths.first ?? "." }

    /// What the options ask for.
    func request(_ subject: ScanRequest.Subject, _ settings: ScanSettings) -> ScanRequest {
        var request = ScanRequest(subject, repository: repository, settings: settings)
        request.usesGitignore = !selection.noGitignore
        request.recursesIntoSubmodules = history.recurseSubmodules
        request.verifiesObjects = history.verifyObjects
        request.rememberedProgram = history.noCache ? nil : ProgramIdentity.description
        request.habits = selection.habits
        return request
    }

    /// What is scanned. Reads what git says of a push, which is to be had once.
    ///
    /// - Throws: `SourceError` where that cannot be understood.
    func subject() throws(SourceError) -> ScanRequest.Subject {
        if hook == .preReceive { return .push(try PrePush.received(), to: .here) }
        if let subject = try published.subject(
            paths, allowsPrivateAddresses: verification.options.allowPrivateAddresses)
        {
            return subject
        }
        if selection.staged { return .staged }
        if selection.uncommitted { return .uncommitted }
        if selection.history { return .history(history.selection) }
        if selection.prePush {
            return .push(try PrePush.branches(), to: PrePush.remote.map { .remote($0) } ?? .anyRemote)
        }
        if selection.ci { return .job }
        if selection.patch { return .patch(name: selection.stdinName) }
        if let range = selection.range { return .range(range) }
        if paths == ["-"] { return .standardInput(name: selection.stdinName) }
        return .files(paths.isEmpty ? ["."] : paths)
    }
}
