internal import Bytes

/// What in a line of code names a person, a machine's user or where a repository is kept.
enum PersonalDetails {
    /// Where it stands; some overlap.
    static func ranges(in line: ArraySlice<UInt8>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for index in line.indices {
            switch line[index] {
            case .atSign:
                if let range = address(around: index, in: line) { result.append(range) }
            case .slash, .backslash:
                if let range = user(behind: index, in: line) { result.append(range) }
            default: break
            }
        }
        return result
    }

    /// A relative path without what names a person.
    static func masked(path: String) -> String {
        var bytes = [.slash] + Array(path.utf8)
        for range in ranges(in: bytes[...]).sorted(by: { $0.lowerBound > $1.lowerBound })
        where range.upperBound <= bytes.count {
            bytes.replaceSubrange(range, with: Array(Excerpt.other.utf8))
        }
        return String(decoding: bytes.dropFirst(), as: UTF8.self)
    }

    /// `grace@ferry.example`; `git@host:group/project` with its path.
    private static func address(around mark: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        var start = mark
        while start > line.startIndex, isMailByte(line[start - 1]) { start -= 1 }
        var end = mark + 1
        while end < line.endIndex, line[end].isAlphanumeric || line[end] == .period || line[end] == .hyphen { end += 1 }
        guard start < mark, line[mark + 1..<end].contains(.period) else { return nil }
        if end < line.endIndex, line[end] == .colon, line[start..<mark].elementsEqual("git".utf8) {
            while end < line.endIndex, line[end] > .space, line[end] != .quotationMark, line[end] != .apostrophe {
                end += 1
            }
        }
        return start..<end
    }

    private static func isMailByte(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "._%+-".utf8.contains(byte) }

    /// The user's name in `/home/grace/`, `/Users/grace`, `C:\Users\grace`; a repository's address that ends in `.git`.
    private static func user(behind slash: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        let rest = line[(slash + 1)...]
        if line[slash] == .slash, slash > line.startIndex, line[slash - 1] == .slash, let remote = remote(rest) {
            return remote
        }
        // `src/home/page.js` is nobody's home.
        if slash > line.startIndex, isMailByte(line[slash - 1]) { return nil }
        let separators: [UInt8] = [.slash, .backslash]
        guard let end = rest.firstIndex(where: { separators.contains($0) }),
            ["home", "Users", "users", "Benutzer"].contains(String(decoding: rest[..<end], as: UTF8.self))
        else { return nil }
        var start = end + 1
        // Escaped once more: `C:\\Users\\grace`.
        if start < line.endIndex, separators.contains(line[start]) { start += 1 }
        var last = start
        while last < line.endIndex, line[last].isAlphanumeric || "_.-".utf8.contains(line[last]) { last += 1 }
        return last > start ? start..<last : nil
    }

    private static func remote(_ rest: ArraySlice<UInt8>) -> Range<Int>? {
        let end = rest.firstIndex { $0 <= .space || $0 == .quotationMark || $0 == .apostrophe } ?? rest.endIndex
        return rest[..<end].suffix(4).elementsEqual(".git".utf8) ? rest.startIndex..<end : nil
    }
}
