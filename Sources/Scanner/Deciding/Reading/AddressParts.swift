import Bytes

/// Knows hexadecimal digits and UUIDs that are part of an address and name something: a project in a page's address, the
/// commit behind `package.git@`, the digest behind `package.tgz#`.
enum AddressFilter {
    /// How far to the left the address may begin.
    private static let reach = 300

    static func holds(
        _ value: Range<Int>, _ statistics: CharacterStatistics, in text: UnsafeRawBufferPointer
    ) -> Bool {
        guard value.lowerBound > 0, isHexOrUUID(text.slice(value), statistics) else { return false }
        if isFileName(endingAt: value.upperBound, in: text) { return true }
        switch text[value.lowerBound - 1] {
        case 0x2f: return isNamed(value.lowerBound - 1, in: text) && isPrecededByScheme(value.lowerBound, in: text)
        case 0x40, 0x23:
            return value.count == 40 && value.lowerBound > 4
                && hasArchiveOrRepository(before: value.lowerBound - 1, in: text)
        default: return false
        }
    }

    private static let extensions = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "js", "mjs", "css", "map", "woff", "woff2", "ttf", "html",
        "mp4",
    ].map { Array($0.utf8) }

    /// `logo.DIGEST.png`: what bundlers make of a file's content and put in its name.
    private static func isFileName(endingAt end: Int, in text: UnsafeRawBufferPointer) -> Bool {
        guard end < text.count, text[end] == 0x2e else { return false }
        let ending = text.slice(end + 1..<min(text.count, end + 6)).prefix {
            (0x30...0x39).contains($0) || (0x61...0x7a).contains($0)
        }
        return extensions.contains { ending.elementsEqual($0) }
    }

    private static func isHexOrUUID(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> Bool {
        statistics.isHex && value.count >= 16
            || value.count == 36 && statistics.hexDigits == 32 && value.count(where: { $0 == 0x2d }) == 4
    }

    /// What stands before a name in an address. Elsewhere in a path there may be a key: `https://rpc.example.org/v3/KEY`.
    private static let kinds: Set<String> = [
        "project", "projects", "badge", "badges", "grade", "coverage", "dashboard", "dashboards", "app", "apps", "org",
        "orgs", "organization", "organizations", "commit", "commits", "blob", "tree", "raw", "issue", "issues", "run",
        "runs", "build", "builds", "job", "jobs", "video", "videos", "image", "images", "avatar", "avatars", "gist",
    ]

    /// Whether the segment that ends at a slash is one of these.
    private static func isNamed(_ slash: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var start = slash
        while start > 0, slash - start < 16, (0x61...0x7a).contains(text[start - 1] | 0x20) { start -= 1 }
        return kinds.contains(String(decoding: text.slice(start..<slash), as: UTF8.self).lowercased())
    }

    private static func isPrecededByScheme(_ end: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var index = end
        let lowest = max(2, end - reach)
        while index > lowest, text[index - 1] > 0x20, text[index - 1] != 0x22, text[index - 1] != 0x27 {
            if text[index - 1] == 0x2f, text[index - 2] == 0x2f, index > 2, text[index - 3] == 0x3a { return true }
            index -= 1
        }
        return false
    }

    private static func hasArchiveOrRepository(before end: Int, in text: UnsafeRawBufferPointer) -> Bool {
        [".git", ".tgz"].contains { text.slice(end - 4..<end).elementsEqual($0.utf8) }
    }
}
