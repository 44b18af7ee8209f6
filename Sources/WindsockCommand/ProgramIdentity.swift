#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells builds of this program apart: two of the same version need not find the same.
enum ProgramIdentity {
    static var description: String {
        var status = stat()
        guard stat("/proc/self/exe", &status) == 0 else { return Windsock.version }
        #if canImport(Glibc)
            let time = status.st_mtim
        #else
            let time = status.st_mtimespec
        #endif
        return "\(Windsock.version) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
    }
}
