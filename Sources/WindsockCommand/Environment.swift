#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Variables of the process.
enum Environment {
    /// `nil`, too, for a variable that is set to nothing.
    static func value(_ name: String) -> String? {
        guard let text = getenv(name), text[0] != 0 else { return nil }
        return String(cString: text)
    }
}
