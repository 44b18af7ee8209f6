internal import CCurl

/// What keeps keys in this process.
package enum ProcessProtection {
    /// No core dump, no file of TLS keys, and on Linux no look into this process's memory by others of the same user. To
    /// be called before there is another thread.
    ///
    /// - Returns: Whether the system agreed.
    package static func apply() -> Bool { windsock_protect_process() == 0 }
}
