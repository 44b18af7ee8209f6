import FoundationEssentials

/// One hook of a repository: put where git and the managers of hooks that the repository has will run it, and taken away again.
struct HookInstallation {
    let location: HooksLocation
    let lines: HookLines
    /// The absolute path of this program.
    let executable = Self.ownPath()

    private var kind: HookKind { lines.kind }
    /// Where git looks for the hook.
    var path: String { location.hook(kind) }

    private static func ownPath() -> String {
        do {
            return try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        } catch {
            // No /proc: the name that we were called by, which PATH resolves.
            return CommandLine.arguments.first ?? "windsock"
        }
    }

    // MARK: Install

    /// - Returns: What was done, a line each.
    func install() throws(CommandFailure) -> [String] {
        let managers = HookManager.concerned(location).compactMap { ManagerFile($0, location, lines) }
        var notes: [String] = []
        for file in managers {
            let isNew = try file.add()
            let shown = location.shown(file.path)
            notes.append(
                isNew
                    ? "added windsock to \(shown), where \(file.manager.name) has its hooks; commit that file, so that everybody has it"
                    : "\(shown), where \(file.manager.name) has its hooks, runs windsock already")
        }
        if let file = managers.first, !isInPath {
            notes.append(
                "but there is no windsock in PATH, and where there is none \(file.manager.name) does not run it; `make install` puts it there"
            )
        }
        if let file = managers.first(where: { $0.manager == .husky }), HookManager.isHuskyActive(location) {
            return notes + [try checked(file)].compactMap { $0 }
        }
        return notes + (try installScript(managers))
    }

    /// Husky's own folder is made by husky, and it knows no hook but those it has there.
    private func checked(_ file: ManagerFile) throws(CommandFailure) -> String? {
        guard location.folder.hasSuffix("/_"), !TextFile.exists(path) else { return nil }
        return "but husky has no \(location.shown(path)), which runs it; \(file.manager.activation(kind)) makes it"
    }

    private func installScript(_ managers: [ManagerFile]) throws(CommandFailure) -> [String] {
        try mendOldChain()
        guard TextFile.exists(path) || isLink(path) else {
            try writeScript(path, previous: nil)
            return ["installed \(path)"]
        }
        guard let text = HookText.read(path) else { return [try chain("")] }
        if text.contains(HookLines.marker) {
            let previous = HookText.read(previousPath).map(HookText.firstLine) ?? (TextFile.exists(previousPath) ? "" : nil)
            try writeScript(path, previous: previous)
            return ["installed \(path)\(previous == nil ? "" : keptNote)"]
        }
        let manager = HookManager(dispatcher: text)
        if let manager, managers.contains(where: { $0.manager == manager && $0.manager != .simpleGitHooks }) {
            return try installBeside(manager)
        }
        let isShell = HookLines.shell(HookText.firstLine(text)) != nil
        let isStatic = manager != nil || location.isShared || managers.contains { $0.manager == .simpleGitHooks }
        guard isShell, isStatic else { return [try chain(HookText.firstLine(text))] }
        let rest = lines.removed(from: text) ?? text
        let block = location.isShared ? lines.guarded() : ["windsock=\(HookLines.quoted(executable))", "[ -x \"$windsock\" ] || windsock=windsock"] + lines.guarded("\"$windsock\"")
        try HookText.write(HookText.inserting(lines.marked(block), into: rest), path, executable: true)
        return ["added windsock to \(location.shown(path))\(location.isShared ? "; commit that file, so that everybody has it" : "")"]
    }

    /// Git runs a manager's script, which runs what its file says. pre-commit also runs the hook that it has found there, and
    /// puts it back when it is taken away: so ours is that one.
    private func installBeside(_ manager: HookManager) throws(CommandFailure) -> [String] {
        let legacy = path + ".legacy"
        guard manager == .preCommit else { return ["\(location.shown(path)) is \(manager.name)'s, and runs it"] }
        if !TextFile.exists(legacy) || HookText.read(legacy)?.contains(HookLines.marker) == true {
            try writeScript(legacy, previous: nil)
        }
        return ["\(location.shown(path)) is pre-commit's, and runs it"]
    }

    private func chain(_ firstLine: Substring) throws(CommandFailure) -> String {
        guard !TextFile.exists(previousPath) else {
            throw CommandFailure("\(path) is another program's hook, and \(previousPath) is taken; join them by hand")
        }
        try HookText.move(path, to: previousPath)
        try writeScript(path, previous: firstLine)
        return "installed \(path)\(keptNote)"
    }

    private var keptNote: String { "; the hook that was there is kept as \(previousPath) and runs first" }

    private func writeScript(_ path: String, previous: Substring?) throws(CommandFailure) {
        let configuration = HookManager.preCommit.configuration(location).map(location.shown)
        let script = lines.script(executable: executable, previous: previous, configuration: configuration)
        try HookText.write(script, path, executable: true)
    }

    /// Version 0.1.0 kept the scripts of managers as hooks that were there before, under a name that they do not know, and where
    /// pre-commit found itself behind them.
    private func mendOldChain() throws(CommandFailure) {
        guard let previous = HookText.read(previousPath), HookManager(dispatcher: previous) != nil else { return }
        if HookText.read(path)?.contains(HookLines.marker) == true {
            try HookText.remove(path)
            try HookText.move(previousPath, to: path)
        } else {
            try HookText.remove(previousPath)
        }
    }

    // MARK: Uninstall

    /// - Returns: What was done, a line each; nothing where there was nothing of windsock's.
    func uninstall() throws(CommandFailure) -> [String] {
        var notes: [String] = []
        for file in HookManager.allCases.compactMap({ ManagerFile($0, location, lines) }) where try file.remove() {
            notes.append("took windsock out of \(location.shown(file.path)); commit that file, too")
        }
        for folder in Set([location.folder, location.defaultFolder]).sorted() {
            // Where git looks, and where managers move what they find there.
            let name = kind.rawValue
            for place in [name, name + ".legacy", name + ".old", "old-hooks/\(name)"] {
                let hook = "\(folder)/\(place)"
                guard try removeScript(hook, previous: "\(folder)/\(name)\(HookLines.previousEnding)") else { continue }
                notes.append("took windsock out of \(location.shown(hook))")
            }
        }
        return notes
    }

    private func removeScript(_ hook: String, previous: String) throws(CommandFailure) -> Bool {
        guard let text = HookText.read(hook) else { return false }
        if text.contains(HookLines.marker) {
            try HookText.remove(hook)
            if TextFile.exists(previous) { try HookText.move(previous, to: hook) }
            return true
        }
        guard let rest = lines.removed(from: text) else { return false }
        if HookText.saysNothing(rest) { try HookText.remove(hook) } else { try HookText.write(rest, hook, executable: false) }
        return true
    }

    // MARK: What is there

    /// Where a hook that was there before is kept.
    var previousPath: String { path + HookLines.previousEnding }

    private var isInPath: Bool {
        (Environment.value("PATH") ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/windsock")
        }
    }

    private func isLink(_ path: String) -> Bool {
        do {
            _ = try FileManager.default.destinationOfSymbolicLink(atPath: path)
            return true
        } catch {
            return false
        }
    }
}
