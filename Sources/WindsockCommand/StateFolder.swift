import FoundationEssentials
import Platform

/// Where what is needed later, and by this user alone, is kept.
enum StateFolder {
    /// A folder of its own for one purpose; absolute. `nil`: there is no home, or the one that is named does not exist.
    ///
    /// - Parameter name: What for.
    static func known(_ name: String) -> String? {
        if let own = Environment.value("XDG_STATE_HOME"), own.hasPrefix("/") { return "\(own)/windsock/\(name)" }
        var status = stat()
        guard let home = Environment.value("HOME"), home.hasPrefix("/"), stat(home, &status) == 0 else { return nil }
        return "\(home)/.local/state/windsock/\(name)"
    }

    /// The same for those who cannot do without.
    ///
    /// - Parameter purpose: What is kept, for the message.
    static func path(
        _ name: String, for purpose: String = "what is needed to undo it"
    ) throws(CommandFailure) -> String {
        if let known = known(name) { return known }
        throw CommandFailure(
            "there is no place to keep \(purpose): HOME names no folder; set HOME or XDG_STATE_HOME")
    }

    /// The folder that a path is in.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder that its owner alone can read.
    static func make(_ folder: String) throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("could not make the folder \(folder): \(HookText.reason(error))")
        }
    }
}
