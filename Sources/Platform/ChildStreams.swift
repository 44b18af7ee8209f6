/// What the standard streams of a program that is started are to be.
package struct ChildStreams: ~Copyable {
    #if canImport(Darwin)
        // A pointer there, and a structure elsewhere.
        private var actions: posix_spawn_file_actions_t?
    #else
        private var actions = posix_spawn_file_actions_t()
    #endif

    package init() { posix_spawn_file_actions_init(&actions) }

    deinit {
        var actions = actions
        posix_spawn_file_actions_destroy(&actions)
    }

    /// Gives the program a file of this process as a stream.
    package mutating func use(_ descriptor: Int32, as stream: Int32) {
        posix_spawn_file_actions_adddup2(&actions, descriptor, stream)
    }

    /// Opens a file as a stream of the program.
    package mutating func open(_ path: String, _ flags: Int32, as stream: Int32) {
        posix_spawn_file_actions_addopen(&actions, stream, path, flags, 0)
    }

    /// Starts a program, which is looked up in `PATH`.
    ///
    /// - Parameter isApart: Whether it gets a session of its own: it has no terminal that it could ask for a password, and a
    ///   signal to `-process` reaches all that it starts.
    /// - Returns: 0, or the error number.
    package mutating func start(
        _ name: String, _ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        _ environment: UnsafePointer<UnsafeMutablePointer<CChar>?>, process: inout pid_t, isApart: Bool = false
    ) -> Int32 {
        guard isApart else { return posix_spawnp(&process, name, &actions, nil, arguments, environment) }
        #if canImport(Darwin)
            var attributes: posix_spawnattr_t?
            // POSIX_SPAWN_SETSID, which newer headers alone declare.
            let ownSession: Int16 = 0x400
        #else
            var attributes = posix_spawnattr_t()
            let ownSession: Int16 = 0x80
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, ownSession)
        return posix_spawnp(&process, name, &actions, &attributes, arguments, environment)
    }
}

/// Two ends of one connection, neither of which goes on to programs that are started.
///
/// - Returns: 0, or the error number.
package func makeConnection(_ ends: inout [Int32]) -> Int32 {
    #if canImport(Darwin)
        guard socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0 else { return errno }
        // Another thread that starts a program in between hands them on: there is no call for both at once.
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            var isOn: Int32 = 1
            // Instead of MSG_NOSIGNAL.
            setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
        }
    #elseif canImport(Musl)
        guard socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, &ends) == 0 else { return errno }
    #else
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            return errno
        }
    #endif
    return 0
}

/// `send(2)`, that fails where the other end is gone, and raises no signal.
package func sendQuietly(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
        send(socket, bytes.baseAddress, bytes.count, 0)
    #else
        send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
}
