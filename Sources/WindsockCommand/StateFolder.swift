import FoundationEssentials

/// Where what is needed later, and by this user alone, is kept.
enum StateFolder {
    /// - Parameter name: What for.
    static func path(_ name: String) throws(CommandFailure) -> String {
        if let own = Environment.value("XDG_STATE_HOME"), own.hasPrefix("/") { return "\(own)/windsock/\(name)" }
        if let home = Environment.value("HOME"), home.hasPrefix("/") { return "\(home)/.local/state/windsock/\(name)" }
        throw CommandFailure("HOME is not set: there is no place to keep what is needed to undo it")
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
