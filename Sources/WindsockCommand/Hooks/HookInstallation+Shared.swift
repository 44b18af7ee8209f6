import FoundationEssentials
import Reports

/// Hooks in a folder of the repository: everybody has them, whoever has no windsock, too.
extension HookInstallation {
    /// Puts windsock into the hook, without a path of this machine, and so that a clone has all that runs here.
    ///
    /// - Parameter text: The hook that is there; `nil`: none, or a program.
    /// - Returns: What was done, and what is to be committed.
    func installShared(_ text: String?) throws(CommandFailure) -> String {
        var text = text
        if text?.contains(HookLines.marker) == true {
            // Earlier versions wrote a path of one machine into a file that everybody has.
            try HookText.remove(path)
            if Self.isThere(previousPath) { try HookText.move(previousPath, to: path) }
            text = HookText.read(path)
        }
        guard Self.isThere(path) else {
            try addToScript("#!/bin/sh\n", lines.guarded())
            return note(of: [path])
        }
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw CommandFailure(
                "\(location.shown(path)) is not executable, so that git does not run it; lines of windsock's in it would switch it on: make it executable, or move it away, and install again"
            )
        }
        guard let text, HookLines.isShell(text), !HookText.isLink(path) || isInRepository(HookText.target(path)) else {
            return try keepBeside(text)
        }
        let rest = withoutLines(text) ?? text
        if HookText.saysNothing(rest), Self.isThere(previousPath) { return try writeKeeper() }
        let target = HookText.target(path)
        // A script that several hooks lead to runs windsock as the hook that it is for.
        try addToScript(text, target == path ? lines.guarded() : lines.underOwnName(lines.guarded()))
        return note(of: [target])
    }

    /// Moves a hook aside that lines of a shell cannot be added to, and runs it from a script.
    private func keepBeside(_ text: String?) throws(CommandFailure) -> String {
        guard !Self.isThere(previousPath) else {
            throw CommandFailure(
                "\(path) is another program's hook, and \(previousPath) is taken; join them by hand")
        }
        try HookText.move(path, to: previousPath)
        return try writeKeeper()
    }

    private func writeKeeper() throws(CommandFailure) -> String {
        let firstLine = HookText.read(previousPath).map(HookText.firstLine) ?? ""
        let ending = String(previousPath.dropFirst(path.count))
        try addToScript("#!/bin/sh\n", lines.guarded() + lines.keeping(firstLine, ending: ending))
        return note(of: [path, previousPath])
            + "; the hook that was there is \(location.shown(previousPath)) now, and runs behind windsock"
    }

    private func note(of files: [String]) -> String {
        let names = files.map(location.shown)
        guard location.isCommitted(path) else {
            return "added windsock to \(names[0]); git ignores it, so that it is for this clone alone"
        }
        if files.count == 1 {
            return "added windsock to \(names[0]); commit that file, so that everybody has it"
        }
        // From the top, wherever below it somebody stands.
        let paths = names.map { Pathspec.quoted($0) }.joined(separator: " ")
        return "added windsock to \(names[0]); commit both files (git add -- \(paths)), so that everybody has them"
    }

    private func isInRepository(_ path: String) -> Bool { path.hasPrefix(location.top + "/") }
}
