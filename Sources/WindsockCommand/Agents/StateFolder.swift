import Platform

/// Where the program keeps what it needs to undo what it has done.
enum StateFolder {
    /// A folder of its own for one purpose; absolute. `nil`: there is no home.
    static func path(_ name: String) -> String? {
        if let own = Environment.value("XDG_STATE_HOME"), own.hasPrefix("/") { return "\(own)/windsock/\(name)" }
        var status = stat()
        guard let home = Environment.value("HOME"), home.hasPrefix("/"), stat(home, &status) == 0 else { return nil }
        return "\(home)/.local/state/windsock/\(name)"
    }
}
