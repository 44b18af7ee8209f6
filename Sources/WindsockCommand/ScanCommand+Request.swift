import Pipeline
import ScanSources

extension ScanCommand {
    /// What is read of each item and what is reported; the baseline is read.
    func settings() throws(CommandFailure) -> ScanSettings {
        var settings = thresholds.settings
        settings.fingerprintKey = try Environment.fingerprintKey()
        for path in thresholds.baseline {
            let baseline = try BaselineFile.read(path, mustExist: true, key: settings.fingerprintKey)
            settings.selection.baseline = settings.selection.baseline?.merging(baseline) ?? baseline
        }
        settings.computesLineHashes = output.formats.contains(where: \.holdsLineHashes)
        settings.tellsSuppressed = output.formats.contains(where: \.holdsSuppressed)
        settings.explains = output.explain
        settings.listsObjects = history.listScanned != nil
        return settings
    }

    /// What the options ask for.
    ///
    /// - Throws: `SourceError` where what is said of a push cannot be understood.
    func request(_ settings: ScanSettings) throws(SourceError) -> ScanRequest {
        var request = ScanRequest(try subject(), repository: paths.first ?? ".", settings: settings)
        request.usesGitignore = !selection.noGitignore
        request.recursesIntoSubmodules = history.recurseSubmodules
        request.verifiesObjects = history.verifyObjects
        request.rememberedProgram = history.noCache ? nil : ProgramIdentity.description
        request.habits = selection.habits
        return request
    }

    private func subject() throws(SourceError) -> ScanRequest.Subject {
        if hook == .preReceive { return .push(try PrePush.received(), to: .here) }
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
