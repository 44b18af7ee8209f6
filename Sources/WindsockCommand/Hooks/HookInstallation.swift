import FoundationEssentials
import Platform

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
        // Where the system does not say, the name that we were called by, which PATH resolves.
        CurrentProcess.programPath ?? CommandLine.arguments.first ?? "windsock"
    }

    // MARK: Install

    /// - Returns: What was done, a line each.
    func install() throws(CommandFailure) -> [String] {
        let managers = HookManager.concerned(location).compactMap { ManagerFile($0, location, lines) }.filter {
            // Up to version 8 git runs what lies in husky's folder itself, whatever program that is.
            $0.manager != .husky || $0.path != path || !TextFile.exists(path)
                || HookText.read(path).map { HookLines.isShell($0) && !HookText.isLink(path) } ?? false
        }
        // Before the first is written: where one cannot be, nothing is.
        var plans: [(file: ManagerFile, text: String?)] = []
        for file in managers { plans.append((file, try file.planned())) }
        var notes: [String] = []
        for (file, text) in plans {
            let shown = location.shown(file.path)
            guard let text else {
                notes.append("\(shown), where \(file.manager.name) has its hooks, runs windsock already")
                continue
            }
            try file.write(text)
            notes.append(
                "added windsock to \(shown), where \(file.manager.name) has its hooks; commit that file, so that everybody has it"
            )
        }
        if let file = managers.first, !isInPath {
            notes.append(
                "but there is no windsock in PATH, and where there is none \(file.manager.name) does not run it; `make install` puts it there"
            )
        }
        if let file = managers.first(where: { $0.manager == .husky }), HookManager.isHuskyActive(location) {
            // Where git looks when husky is taken away.
            try writeAside("\(location.defaultFolder)/\(kind.rawValue)")
            return notes + [checked(file)].compactMap { $0 }
        }
        return notes + (try installScript(managers))
    }

    /// Husky's own folder is made by husky, and it knows no hook but those it has there.
    private func checked(_ file: ManagerFile) -> String? {
        guard location.folder.hasSuffix("/_"), !TextFile.exists(path) else { return nil }
        return "but husky has no \(location.shown(path)), which runs it; \(file.manager.activation(kind)) makes it"
    }

    private func installScript(_ managers: [ManagerFile]) throws(CommandFailure) -> [String] {
        try mendOldChain()
        let text = HookText.read(path)
        let manager = text.flatMap { $0.contains(HookLines.marker) ? nil : HookManager(dispatcher: $0) }
        if let manager, managers.contains(where: { $0.manager == manager && $0.manager != .simpleGitHooks }) {
            return try installBeside(manager)
        }
        if location.isShared { return [try installShared(text)] }
        guard Self.isThere(path) else {
            try writeScript(path, previous: nil)
            return ["installed \(path)"]
        }
        guard let text else { return [try chain("")] }
        if text.contains(HookLines.marker) {
            let previous =
                HookText.read(previousPath).map(HookText.firstLine) ?? (TextFile.exists(previousPath) ? "" : nil)
            try writeScript(path, previous: previous)
            return ["installed \(path)\(previous == nil ? "" : keptNote)"]
        }
        let isShell = HookLines.shell(HookText.firstLine(text)) != nil
        let isStatic = manager != nil || managers.contains { $0.manager == .simpleGitHooks }
        guard isShell, isStatic else { return [try chain(HookText.firstLine(text))] }
        try addToScript(
            text,
            [
                "windsock=\(HookLines.quoted(executable))", "[ -x \"$windsock\" ] || windsock=windsock",
            ] + lines.guarded("\"$windsock\""))
        return ["added windsock to \(path)"]
    }

    /// Puts lines into a shell's script that somebody else has written, or everybody shares.
    func addToScript(_ text: String, _ block: [String]) throws(CommandFailure) {
        let rest = withoutLines(text) ?? text
        try HookText.write(HookText.inserting(lines.marked(block), into: rest), path, executable: true)
    }

    /// Git runs a manager's script, which runs what its file says. What managers have found where they put it they keep, and put
    /// back when they are taken away: that is ours, too, then. pre-commit runs it besides.
    private func installBeside(_ manager: HookManager) throws(CommandFailure) -> [String] {
        switch manager {
        case .preCommit: try writeAside(path + ".legacy")
        case .lefthook: try writeAside(path + ".old")
        case .overcommit: try writeAside("\(location.folder)/old-hooks/\(kind.rawValue)")
        case .husky, .oldHusky, .simpleGitHooks: break
        }
        return ["\(location.shown(path)) is \(manager.name)'s, and runs it"]
    }

    private func writeAside(_ path: String) throws(CommandFailure) {
        guard !TextFile.exists(path) || HookText.read(path)?.contains(HookLines.marker) == true else { return }
        try writeScript(path, previous: nil)
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
        var managers: [HookManager: String] = [:]
        for manager in [HookManager.preCommit, .oldHusky] {
            managers[manager] = manager.configuration(location).map(location.shown)
        }
        let script = lines.script(
            executable: executable, previous: previous, ending: String(previousPath.dropFirst(self.path.count)),
            managers: managers)
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
        let files = HookManager.allCases.compactMap { ManagerFile($0, location, lines) }.filter {
            // What is kept beside it goes back with it.
            !($0.manager == .husky && $0.path == path && Self.isThere(previousPath))
        }
        for file in files where try file.remove() {
            notes.append("took windsock out of \(location.shown(file.path)); commit that file, too")
        }
        for folder in Set([location.folder, location.defaultFolder]).sorted() {
            // Where git looks, and where managers move what they find there.
            let name = kind.rawValue
            for place in [name, name + ".legacy", name + ".old", "old-hooks/\(name)"] {
                let hook = "\(folder)/\(place)"
                let previous = Self.previousPath(of: "\(folder)/\(name)")
                let isKept = Self.isThere(previous)
                let written = HookText.target(hook)
                guard try removeScript(hook, previous: isKept ? previous : nil) else { continue }
                let isBack = isKept && !Self.isThere(previous)
                let files = [location.shown(written)] + (isBack ? [location.shown(previous)] : [])
                let advice =
                    location.isCommitted(hook) ? "; commit \(files.joined(separator: " and ")), too" : ""
                notes.append(
                    "took windsock out of \(location.shown(hook))\(isBack ? ", and put back what was there" : "")\(advice)"
                )
            }
        }
        return notes
    }

    /// - Parameter previous: The hook that was there before and is kept; `nil`: none.
    private func removeScript(_ hook: String, previous: String?) throws(CommandFailure) -> Bool {
        guard let text = HookText.read(hook) else { return false }
        if text.contains(HookLines.marker) {
            try HookText.remove(hook)
            if let previous {
                try HookText.move(previous, to: hook)
            } else if hook == path, TextFile.exists(location.folder + "/husky.sh") {
                // Up to version 4 husky has left this place to ours.
                try HookText.write(HookLines.oldHuskyScript, hook, executable: true)
            }
            return true
        }
        guard let rest = withoutLines(text) else { return false }
        if HookText.saysNothing(rest) {
            try HookText.remove(hook)
            if let previous { try HookText.move(previous, to: hook) }
        } else {
            try HookText.write(rest, hook, executable: false)
        }
        return true
    }

    /// A script without windsock's lines, those included that a manager has copied there from its file; `nil` if there are none.
    func withoutLines(_ script: String) -> String? {
        let rest = lines.removed(from: script)
        return lines.withoutInlined(rest ?? script) ?? rest
    }

    // MARK: What is there

    /// Where a hook that was there before is kept.
    var previousPath: String { Self.previousPath(of: path) }

    private static func previousPath(of hook: String) -> String {
        let former = hook + HookLines.formerPreviousEnding
        return isThere(former) ? former : hook + HookLines.previousEnding
    }

    /// Whether there is something, a link that leads nowhere included.
    static func isThere(_ path: String) -> Bool { TextFile.exists(path) || HookText.isLink(path) }

    private var isInPath: Bool {
        (Environment.value("PATH") ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/windsock")
        }
    }
}
