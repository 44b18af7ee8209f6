internal import Platform

/// The absolute path without symbolic links, `.` and `..`; `nil` if there is nothing, and `errno` says why.
func resolvedPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

extension [CChar] {
    /// Lends the characters as a C string.
    func withTerminator<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (self + [0]).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a terminated string is not empty") }
            return body(base)
        }
    }
}
