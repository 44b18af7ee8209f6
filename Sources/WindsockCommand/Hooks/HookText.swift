import FoundationEssentials
import Platform

/// Hooks and configurations as texts that are changed by some lines.
enum HookText {
    /// `nil` for what does not exist, or is no text: a compiled program.
    static func read(_ path: String) -> String? {
        do {
            return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        } catch {
            // The caller treats a hook that cannot be read as one that it must not change.
            return nil
        }
    }

    /// Writes through links, and keeps the permissions of what is there.
    static func write(_ text: String, _ path: String, executable: Bool) throws(CommandFailure) {
        let files = FileManager.default
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("could not make the folder \(folder): \(Self.reason(error))")
        }
        let target = target(path)
        let mode = executable ? 0o755 : permissions(target)
        // What others may not read they may not read for a moment either.
        try OutputFile.write(Array(text.utf8), path: target, isPrivate: mode.map { $0 & 0o077 == 0 } ?? false)
        guard let mode else { return }
        do {
            try files.setAttributes([.posixPermissions: mode], ofItemAtPath: target)
        } catch {
            throw CommandFailure("could not set the permissions of \(path): \(Self.reason(error))")
        }
    }

    /// The file that a link leads to; of what is no link the path itself.
    static func target(_ path: String) -> String {
        isLink(path) ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
    }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private static func permissions(_ path: String) -> Int? {
        var status = stat()
        // What is not there yet gets the usual ones.
        return stat(path, &status) == 0 ? Int(status.st_mode & 0o7777) : nil
    }

    static func move(_ path: String, to other: String) throws(CommandFailure) {
        do {
            try FileManager.default.moveItem(atPath: path, toPath: other)
        } catch {
            throw CommandFailure("could not move \(path) to \(other): \(reason(error))")
        }
    }

    static func remove(_ path: String) throws(CommandFailure) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw CommandFailure("could not remove \(path): \(reason(error))")
        }
    }

    /// What the system says, without the framework's words around it.
    static func reason(_ error: any Error) -> String {
        if let error = error as? CocoaError, let cause = error.underlying as? POSIXError {
            return errorText(cause.code.rawValue)
        }
        return "\(error)"
    }

    static func firstLine(_ text: String) -> Substring { text.prefix { $0 != "\n" && $0 != "\r\n" } }

    /// Lines, as line feeds end them: a carriage return stays with its line, so that joined lines are the text again. To a
    /// string's characters the two are one, which is no line feed.
    static func lines(_ text: String) -> [Substring] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// Puts lines behind the first line of a script, and behind comments and husky's own line that follow it: ahead of all that may exit.
    static func inserting(_ block: [String], into script: String) -> String {
        var lines = lines(script)
        var place = script.hasPrefix("#!") ? 1 : 0
        // Up to version 8 husky's line runs the script again from its beginning: lines ahead of it would run twice.
        let head = lines.prefix { $0.isEmpty || $0 == "\r" || $0.hasPrefix("#") || $0.contains("/husky.sh") }
        if let husky = head.lastIndex(where: { $0.contains("/husky.sh") && !$0.hasPrefix("#") }) { place = husky + 1 }
        lines.insert(contentsOf: block.map { $0[...] }, at: min(place, lines.count))
        return lines.joined(separator: "\n")
    }

    /// Whether nothing is left of a script but its first line: what was made to hold lines of ours.
    static func saysNothing(_ script: String) -> Bool {
        lines(script).allSatisfy { $0.hasPrefix("#!") || $0.allSatisfy(\.isWhitespace) }
    }
}
