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

    /// The words that the processes around this one were called with, its parent first; none where the system does not say.
    package static var callers: [[String]] {
        var callers: [[String]] = []
        #if !canImport(Darwin)
            var process = getppid()
            // A shell's script in a program in a hook: more than some dozens are not above each other.
            while process > 1, callers.count < 64 {
                guard let words = content("/proc/\(process)/cmdline"), let status = content("/proc/\(process)/stat")
                else { break }
                callers.append(words.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
                // The name stands in brackets and may hold anything; its state and its parent follow.
                let fields = status.split(separator: UInt8(ascii: ")")).last?.split(separator: UInt8(ascii: " ")) ?? []
                guard fields.count > 1, let parent = Int32(String(decoding: fields[1], as: UTF8.self)) else { break }
                process = parent
            }
        #endif
        return callers
    }

    #if !canImport(Darwin)
        private static func content(_ path: String) -> [UInt8]? {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            var content: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while content.count < 1 << 20 {
                let count = read(descriptor, &buffer, buffer.count)
                if count <= 0 { break }
                content += buffer[..<count]
            }
            return content
        }
    #endif

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
