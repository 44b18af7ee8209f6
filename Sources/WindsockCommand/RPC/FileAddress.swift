import Bytes

/// Addresses of files: `file:///home/ada/a%20b`.
enum FileAddress {
    /// The path that one stands for; `nil` for an address of something else.
    static func path(of address: String) -> String? {
        guard address.hasPrefix("file://") else { return nil }
        let path = address.dropFirst("file://".count).drop { $0 != "/" }
        return path.isEmpty ? nil : String(validating: decoded(Array(path.utf8)), as: UTF8.self)
    }

    /// `%20` is a space; what is no escape stays.
    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == .percent, position + 2 < bytes.count, let high = bytes[position + 1].hexValue,
                let low = bytes[position + 2].hexValue
            {
                result.append(high << 4 | low)
                position += 3
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return result
    }
}
