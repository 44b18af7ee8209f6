internal import Platform

/// What the system says of the process's memory.
enum ProcessMemory {
    // Kept open: it is read hundreds of times. -1 where there is no such file.
    private static let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// How much of mapped files is in it, in bytes, the program's own among them; `nil` if that cannot be told.
    static func fileByteCount() -> Int? {
        guard descriptor >= 0 else { return nil }
        // Numbers of pages: all, in memory, and of those in memory the ones of files (`man 5 proc_pid_statm`).
        return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer -> Int? in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            guard count > 0 else { return nil }
            let fields = buffer[..<count].split(separator: UInt8(ascii: " "), maxSplits: 3)
            guard fields.count > 2 else { return nil }
            var pages = 0
            for digit in fields[2] {
                guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9"), pages < 1 << 40 else { return nil }
                pages = pages * 10 + Int(digit - UInt8(ascii: "0"))
            }
            return pages * pageSize
        }
    }
}
