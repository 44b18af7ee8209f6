import Bytes

/// Addresses of files: `file:///home/ada/a%20b`.
enum FileAddress {
    /// The path that one stands for; `nil` for an address of something else.
    static func path(of address: String) -> String? {
        guard address.hasPrefix("file://") else { return nil }
        let path = address.dropFirst("file://".count).drop { $0 != "/" }
        return path.isEmpty ? nil : String(validating: Array(path.utf8)[...].percentDecoded, as: UTF8.self)
    }
}
