import Platform

/// Tells builds of this program apart: two of the same version need not find the same.
enum ProgramIdentity {
    static var description: String {
        var status = stat()
        guard let path = CurrentProcess.programPath, stat(path, &status) == 0 else { return Windsock.version }
        let time = status.modificationTime
        return "\(Windsock.version) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
    }
}
