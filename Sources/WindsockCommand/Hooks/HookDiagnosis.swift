import FoundationEssentials

/// Says whether a hook stops a key, and if not, what keeps it from that.
struct HookDiagnosis {
    private let installation: HookInstallation

    init(_ installation: HookInstallation) { self.installation = installation }

    private var location: HooksLocation { installation.location }
    private var kind: HookKind { installation.lines.kind }

    /// Whether something of windsock's is there for the hook, working or not.
    var isMeant: Bool {
        if files.contains(where: \.runsWindsock) { return true }
        return [location.folder, location.defaultFolder].contains { folder in
            ["", ".legacy", ".old"].contains { isOurs("\(folder)/\(kind.rawValue)\($0)") }
        }
    }

    private var files: [ManagerFile] {
        HookManager.allCases.compactMap { ManagerFile($0, location, installation.lines) }
    }

    /// Puts the hook where it belongs.
    private var remedy: String {
        var words = ["windsock hook install"]
        if kind != .preCommit { words.append("--hook \(kind.rawValue)") }
        if location.isTemplate { words.append("--global") }
        return "`\(words.joined(separator: " "))`"
    }

    private func isOurs(_ path: String) -> Bool {
        guard let text = HookText.read(path) else { return false }
        return text.contains(HookLines.marker) || installation.lines.removed(from: text) != nil
    }

    /// - Returns: How it was proved that the hook works.
    /// - Throws: What keeps it from that.
    func run() throws(CommandFailure) -> String {
        try check()
        let outcome = try HookProof(location: location, kind: kind).run()
        switch outcome {
        case .refused: return "works: \(kind.proof) was refused (\(location.shown(installation.path)))"
        case .refusedAlone:
            return
                "works: \(kind.proof) was refused (\(location.shown(installation.path))); the hook that was there before windsock refuses in the trial's worktree, and was left out of it"
        case .passed:
            throw CommandFailure("\(kind.proof) went through. \(reason)")
        case .refusedBySomebodyElse(let said):
            throw CommandFailure(
                "\(kind.proof) was refused, but not by windsock, so that nothing is proved. What git and the hooks said:\n\(said)"
            )
        case .failed(let said):
            throw CommandFailure(
                "\(kind.proof) was refused, but not for the key: windsock cannot do its work here, and refuses everything. What was said:\n\(said)"
            )
        }
    }

    /// What can be seen without trying.
    private func check() throws(CommandFailure) {
        let path = installation.path
        guard TextFile.exists(path) else {
            throw CommandFailure("there is no hook at \(path). \(elsewhere ?? "\(remedy) makes one")")
        }
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw CommandFailure("\(path) is not executable, so that git ignores it; chmod +x it")
        }
        guard let text = HookText.read(path), text.contains(HookLines.marker) else { return }
        let program = Self.program(of: text)
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw CommandFailure("\(path) runs \(program), which is gone; \(remedy) renews it")
        }
    }

    /// A hook of ours that git does not look at.
    private var elsewhere: String? {
        let own = "\(location.defaultFolder)/\(kind.rawValue)"
        if location.folder != location.defaultFolder, isOurs(own) {
            let setting = location.origin.map { " (\($0))" } ?? ""
            return
                "There is one at \(own), where git does not look: core.hooksPath\(setting) names \(location.folder). \(remedy) puts it there"
        }
        if let file = files.first(where: \.runsWindsock) {
            return
                "\(location.shown(file.path)) runs windsock, but \(file.manager.name) is not installed: \(file.manager.activation(kind))"
        }
        return nil
    }

    /// Why a hook that is there lets a key through.
    private var reason: String {
        let path = installation.path
        if isOurs(path + ".old") {
            let file = HookManager.lefthook.configuration(location).map(location.shown) ?? "lefthook.yml"
            return
                "lefthook has moved windsock's hook to \(location.shown(path)).old and does not run it: \(remedy) adds windsock to \(file); then commit \(file)"
        }
        if let file = files.first(where: \.runsWindsock) {
            return
                "\(location.shown(file.path)) runs windsock where it finds it: is windsock in PATH (\(Environment.value("PATH") ?? "")), and does \(path) belong to \(file.manager.name)? \(file.manager.activation(kind)) puts it there"
        }
        if isOurs(path) { return "\(path) runs windsock: does the configuration here silence it?" }
        return "\(path) is another program's hook and does not run windsock; \(remedy) adds it"
    }

    /// The path that a script of ours has for the program.
    private static func program(of script: String) -> String {
        let assignment = "windsock="
        let line = script.split(separator: "\n").first { $0.hasPrefix(assignment) } ?? ""
        return String(line.dropFirst(assignment.count + 1).dropLast()).replacing("'\\''", with: "'")
    }
}

extension HookKind {
    /// What is tried to see whether the hook works.
    fileprivate var proof: String {
        switch self {
        case .preCommit: "a commit of a made-up key"
        case .preMergeCommit: "a merge that brings a made-up key"
        case .commitMessage: "a commit with a made-up key in its message"
        case .prePush: "a push of a made-up key"
        case .preReceive: "a made-up key that is pushed here"
        }
    }
}
