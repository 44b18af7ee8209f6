/// What the system says of this process.
package enum CurrentProcess {
    /// The path of the program; `nil` where the system does not say.
    package static var programPath: String? {
        #if canImport(Darwin)
            var size: UInt32 = 0
            // Fails for lack of room, and says how much is needed.
            _ = _NSGetExecutablePath(nil, &size)
            var path = [CChar](repeating: 0, count: Int(size) + 1)
            guard _NSGetExecutablePath(&path, &size) == 0 else { return nil }
            return resolved(path)
        #else
            return resolved("/proc/self/exe".utf8CString.map { $0 })
        #endif
    }

    private static func resolved(_ path: [CChar]) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Where the system lists the open descriptors of a process, each as a file named by its number.
    package static let descriptorFolders = ["/dev/fd/", "/proc/self/fd/"]

    /// How much time of processors and how much memory it took.
    package static var usage: (user: timeval, system: timeval, peakBytes: Int) {
        var usage = rusage()
        #if canImport(Darwin) || canImport(Musl)
            getrusage(RUSAGE_SELF, &usage)
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #endif
        // Linux counts in KiB, macOS in bytes.
        #if canImport(Darwin)
            let bytes = Int(usage.ru_maxrss)
        #else
            let bytes = Int(usage.ru_maxrss) << 10
        #endif
        return (usage.ru_utime, usage.ru_stime, bytes)
    }

    /// Whether it was started with a signal ignored, as nohup(1) does it.
    package static func ignores(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        // Handlers are pointers to functions, which Swift cannot compare; SIG_IGN is the address 1.
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #elseif canImport(Musl)
            let handler = action.__sa_handler.sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: UInt.self) == 1
    }
}
