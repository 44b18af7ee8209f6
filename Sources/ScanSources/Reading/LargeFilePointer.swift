internal import Platform

/// The text that Git LFS commits in place of a large file.
///
/// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
package struct LargeFilePointer {
    /// SHA-256 of the content, 64 hex digits.
    let digest: String
    let size: Int

    /// Pointers are shorter than this (the specification's number).
    static let maximumSize = 1024

    /// Reads a pointer; `nil` if the text has anything else in it, for then it is scanned as the text it is.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        let start: StaticString = "version https://git-lfs.github.com/spec/v"
        guard bytes.count < Self.maximumSize,
            bytes.starts(with: UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount))
        else { return nil }
        var digest: String?
        var size: Int?
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 2 else { return nil }
            switch words[0] {
            case "version": break
            case "oid": digest = Self.digest(words[1])
            case "size": size = Int(words[1])
            case let key where key.hasPrefix("ext-") && key.count < 40 && Self.digest(words[1]) != nil: break
            default: return nil
            }
        }
        guard let digest, let size else { return nil }
        self.digest = digest
        self.size = size
    }

    private static func digest(_ text: Substring) -> String? {
        let prefix = "sha256:"
        guard text.hasPrefix(prefix) else { return nil }
        let hex = text.dropFirst(prefix.count)
        return hex.utf8.count == 64 && hex.allSatisfy(\.isHexDigit) ? String(hex) : nil
    }

    /// Where a local store has the content.
    func path(inStore store: String) -> String {
        "\(store)/objects/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest)"
    }
}
