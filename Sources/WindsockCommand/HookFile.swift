import FoundationEssentials
import Git

/// A hook script of ours in a repository's folder of hooks.
struct HookFile {
    enum Kind: String {
        case preCommit = "pre-commit"
        case prePush = "pre-push"

        var arguments: String {
            switch self {
            case .preCommit: "scan --staged --no-progress"
            case .prePush: "scan --pre-push --no-progress"
            }
        }
    }

    let path: String
    let kind: Kind
    /// The absolute path of the program that the hook runs.
    let executable: String

    /// What stands before the program's path in the script.
    private static let assignment = "windsock="
    private static let marker = "# Installed by `windsock hook install`"

    init(repositoryPath: String, kind: Kind) throws(CommandFailure) {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath)
            var folder = repository.commonDirectory + "hooks"
            // core.hooksPath is relative to where hooks run: the top of the working directory.
            if let configured = try repository.configuration("core.hooksPath"), !configured.isEmpty {
                folder =
                    configured.hasPrefix("/")
                    ? configured : (repository.workingDirectory ?? repository.gitDirectory) + "/" + configured
            }
            path = "\(folder)/\(kind.rawValue)"
        } catch {
            throw CommandFailure("\(error)")
        }
        self.kind = kind
        executable = Self.ownPath()
    }

    /// Where a hook that was there before is kept.
    var previousPath: String { path + ".before-windsock" }

    private static func ownPath() -> String {
        do {
            return try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        } catch {
            // No /proc: the name that we were called by, which PATH resolves.
            return CommandLine.arguments.first ?? "windsock"
        }
    }

    private var script: String {
        let quoted = "'" + executable.replacing("'", with: "'\\''") + "'"
        let beginning = """
            #!/bin/sh
            \(Self.marker); `windsock hook uninstall` takes it away.
            previous="${0%/*}/\(kind.rawValue).before-windsock"
            \(Self.assignment)\(quoted)
            [ -x "$windsock" ] || windsock=windsock

            """
        switch kind {
        case .preCommit:
            return beginning + """
                if [ -x "$previous" ]; then
                    "$previous" "$@" || exit $?
                fi
                exec "$windsock" \(kind.arguments)

                """
        case .prePush:
            // Both read the lines that git writes; the dot keeps the last line's end, which $() would take away.
            return beginning + """
                lines=$(cat; echo .)
                lines=${lines%.}
                if [ -x "$previous" ]; then
                    printf %s "$lines" | "$previous" "$@" || exit $?
                fi
                export PRE_COMMIT_REMOTE_NAME="$1"
                unset PRE_COMMIT_FROM_REF PRE_COMMIT_TO_REF PRE_COMMIT
                printf %s "$lines" | "$windsock" \(kind.arguments)

                """
        }
    }

    private var isOurs: Bool {
        get throws { try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8).contains(Self.marker) }
    }

    private var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Writes the hook; returns whether another one was there and is kept.
    func install() throws -> Bool {
        let files = FileManager.default
        var kept = files.fileExists(atPath: previousPath)
        try files.createDirectory(
            atPath: String(path.dropLast(kind.rawValue.count + 1)), withIntermediateDirectories: true)
        if exists, try !isOurs {
            guard !kept else {
                throw CommandFailure(
                    "\(path) is another program's hook, and \(previousPath) is taken; join them by hand")
            }
            try files.moveItem(atPath: path, toPath: previousPath)
            kept = true
        }
        try OutputFile.write(Array(script.utf8), path: path)
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return kept
    }

    /// Removes the hook; false if it is not ours.
    func uninstall() throws -> Bool {
        guard exists, try isOurs else { return false }
        let files = FileManager.default
        try files.removeItem(atPath: path)
        if files.fileExists(atPath: previousPath) { try files.moveItem(atPath: previousPath, toPath: path) }
        return true
    }

    /// Which program the hook runs.
    ///
    /// - Throws: What keeps the hook from running.
    func diagnose() throws(CommandFailure) -> String {
        guard exists else { throw CommandFailure("there is no hook at \(path); `windsock hook install` makes one") }
        let script = try TextFile.read(path, purpose: "the hook")
        guard script.contains(Self.marker) else {
            throw CommandFailure("\(path) is another program's hook; `windsock hook install` chains it")
        }
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw CommandFailure("\(path) is not executable, so that git ignores it; chmod +x it")
        }
        let program = Self.program(of: script)
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw CommandFailure("\(path) runs \(program), which is gone; `windsock hook install` renews it")
        }
        return program
    }

    /// The path that a script of ours has for the program.
    private static func program(of script: String) -> String {
        let line = script.split(separator: "\n").first { $0.hasPrefix(assignment) } ?? ""
        return String(line.dropFirst(assignment.count + 1).dropLast()).replacing("'\\''", with: "'")
    }
}
