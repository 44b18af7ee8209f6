internal import Platform

/// A path that stands for something that the process has open already, and that has no name to open it by.
struct OpenDescriptor {
    let number: Int32

    /// - Returns: `nil` for every other path, and where the descriptor is that of a file with a name, a folder or a device.
    init?(path: String) {
        guard let number = Self.number(path) else { return nil }
        var status = stat()
        guard fstat(number, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFIFO, S_IFSOCK: break
        // A shell's here-document may be a file that was removed already.
        case S_IFREG where resolvedPath(path) == nil: break
        default: return nil
        }
        self.number = number
    }

    private static func number(_ path: String) -> Int32? {
        if path == "/dev/stdin" { return STDIN_FILENO }
        for folder in CurrentProcess.descriptorFolders where path.hasPrefix(folder) {
            return Int32(path.dropFirst(folder.count))
        }
        return nil
    }
}
