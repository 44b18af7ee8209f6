/// The file in which a manager of hooks keeps them, of which some lines are windsock's.
struct ManagerFile {
    let manager: HookManager
    /// Of husky, the folder.
    let configuration: String
    let lines: HookLines

    /// - Returns: `nil` where the repository does not use the manager, or the manager does not know the hook.
    init?(_ manager: HookManager, _ location: HooksLocation, _ lines: HookLines) {
        guard let configuration = manager.configuration(location), lines.kind.isOfWorkTree else { return nil }
        if manager == .overcommit, OvercommitSection.name(lines.kind) == nil { return nil }
        self.manager = manager
        self.configuration = configuration
        self.lines = lines
    }

    /// The file that is changed.
    var path: String { manager == .husky ? "\(configuration)/\(lines.kind.rawValue)" : configuration }

    /// Whether the file runs windsock, by lines of ours or by somebody's own.
    var runsWindsock: Bool { HookText.read(path).map { $0 != without($0) || isMentioned(in: $0) } ?? false }

    /// The file with the lines added or renewed; `nil` where it runs windsock as it is.
    ///
    /// - Throws: `CommandFailure` for a file that is written in another way, with what to put where.
    func planned() throws(CommandFailure) -> String? {
        let before = HookText.read(path)
        if before == nil, TextFile.exists(path) {
            throw CommandFailure(
                "\(path) is no text that lines can be added to; have \(manager.name) run this in its place, or beside it:\n"
                    + example)
        }
        // Somebody's own line does the same.
        if let before, isMentioned(in: Self.keepingLineEnds(before, without)) { return nil }
        guard let after = Self.keepingLineEnds(before ?? "", { (text: String) -> String? in added(to: without(text)) })
        else {
            throw CommandFailure(
                "\(path) is not written in a way that lines can be added to; add windsock by hand, for example:\n"
                    + example)
        }
        return after == before ? nil : after
    }

    func write(_ text: String) throws(CommandFailure) {
        try HookText.write(text, path, executable: manager == .husky)
    }

    /// Takes the lines away; whoever wrote some of their own keeps them.
    ///
    /// - Returns: Whether the file has changed.
    func remove() throws(CommandFailure) -> Bool {
        guard let before = HookText.read(path) else { return false }
        let after = Self.keepingLineEnds(before, without)
        guard after != before else { return false }
        if manager == .husky, HookText.saysNothing(after) {
            try HookText.remove(path)
        } else {
            try HookText.write(after, path, executable: false)
        }
        return true
    }

    /// Changes a text whose lines end as on Windows, so that they do afterwards, too.
    private static func keepingLineEnds(_ text: String, _ change: (String) -> String?) -> String? {
        let isOfWindows = text.contains("\r\n") && !text.contains("\n" as Character)
        guard isOfWindows else { return change(text) }
        return change(text.replacing("\r\n", with: "\n"))?.replacing("\n", with: "\r\n")
    }

    private static func keepingLineEnds(_ text: String, _ change: (String) -> String) -> String {
        keepingLineEnds(text) { (text: String) -> String? in change(text) } ?? text
    }

    private func without(_ text: String) -> String {
        switch manager {
        case .simpleGitHooks, .oldHusky: packageMember.removed(from: text)
        case .preCommit:
            PreCommitEntry(lines: lines).removed(from: text) ?? lines.removed(from: text) ?? text
        case .husky, .lefthook, .overcommit: lines.removed(from: text) ?? text
        }
    }

    private func added(to text: String) -> String? {
        switch manager {
        case .husky:
            let script = text.isEmpty ? "#!/bin/sh\n" : text
            let firstLine = HookText.firstLine(script)
            // What begins with no interpreter is a shell's.
            if firstLine.hasPrefix("#!"), HookLines.shell(firstLine) == nil { return nil }
            return HookText.inserting(lines.marked(lines.guarded()), into: script)
        case .preCommit: return PreCommitEntry(lines: lines).added(to: text)
        case .lefthook:
            let isYAML = configuration.hasSuffix(".yml") || configuration.hasSuffix(".yaml")
            return isYAML ? LefthookCommand(lines: lines).added(to: text) : nil
        case .overcommit: return OvercommitSection(lines: lines).added(to: text)
        case .simpleGitHooks, .oldHusky: return packageMember.added(to: text)
        }
    }

    private var packageMember: PackageMember {
        let isPackage = configuration.hasSuffix("/package.json")
        let path =
            switch manager {
            case .simpleGitHooks: isPackage ? ["simple-git-hooks"] : []
            default: isPackage ? ["husky", "hooks"] : ["hooks"]
            }
        return PackageMember(lines: lines, path: path)
    }

    /// What people write by themselves: `windsock scan --staged` in a script, the hooks of windsock's own repository in pre-commit's
    /// file.
    private func isMentioned(in text: String) -> Bool {
        let words: [String] =
            switch lines.kind {
            case .preCommit, .preMergeCommit:
                manager == .preCommit
                    ? ["windsock", "windsock-system", "windsock-staged", "windsock-staged-system"].map { "id: \($0)" }
                    : ["windsock scan --staged"]
            case .prePush:
                manager == .preCommit
                    ? ["id: windsock-pre-push", "id: windsock-pre-push-system"] : ["windsock scan --pre-push"]
            case .commitMessage, .preReceive: []
            }
        let own = ["windsock hook run \(lines.kind.rawValue)"]
        return HookText.lines(text).contains { line in
            let code = line.drop { $0 == " " || $0 == "\t" || $0 == "-" }
            guard !code.hasPrefix("#") else { return false }
            return own.contains { code.contains($0) }
                || words.contains { manager == .preCommit ? Self.isEntry(code, $0) : code.contains($0) }
        }
    }

    /// Whether a line of YAML is that entry and nothing more.
    private static func isEntry(_ line: Substring, _ entry: String) -> Bool {
        line.split(separator: "#", maxSplits: 1).first.map { $0.split(separator: " ").joined(separator: " ") == entry }
            ?? false
    }

    private var example: String {
        let command = lines.guardedCommand(arguments: manager == .lefthook ? "{0}" : "\"$@\"")
        return switch manager {
        case .preCommit: PreCommitEntry(lines: lines).lines("").joined(separator: "\n")
        default: "    \(lines.kind.rawValue): \(command)"
        }
    }
}
