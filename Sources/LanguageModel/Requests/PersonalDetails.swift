internal import Bytes

/// What in a line of code names a person, a machine's user or where a repository is kept.
enum PersonalDetails {
    /// Where it stands; some overlap.
    static func ranges(in line: ArraySlice<UInt8>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        if let range = author(in: line) { result.append(range) }
        for index in line.indices {
            switch line[index] {
            case .atSign:
                if let range = address(around: index, in: line) { result.append(range) }
            case .percent where line[index...].starts(with: "%40".utf8):
                if let range = address(around: index, in: line, length: 3) { result.append(range) }
            case .colon:
                if let range = scpPath(behind: index, in: line) { result.append(range) }
            case .tilde:
                let end = line[(index + 1)...].firstIndex { !isNameByte($0) } ?? line.endIndex
                let isBegun = index == line.startIndex || !line[index - 1].isAlphanumeric
                if isBegun, end > index + 1, line[index + 1].isLetter { result.append(index + 1..<end) }
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
    private static func address(around mark: Int, in line: ArraySlice<UInt8>, length: Int = 1) -> Range<Int>? {
        var start = mark
        while start > line.startIndex, isMailByte(line[start - 1]) { start -= 1 }
        var end = mark + length
        while end < line.endIndex,
            line[end].isAlphanumeric || line[end] == .period || line[end] == .hyphen || line[end] >= 0x80
        {
            end += 1
        }
        guard start < mark, line[mark + length..<end].contains(.period) else { return nil }
        if end < line.endIndex, line[end] == .colon, line[start..<mark].elementsEqual("git".utf8) {
            while end < line.endIndex, line[end] > .space, line[end] != .quotationMark, line[end] != .apostrophe {
                end += 1
            }
        }
        return start..<end
    }

    private static func isMailByte(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte >= 0x80 || "._%+-".utf8.contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "_.-".utf8.contains(byte) }

    /// Who has written it: what stands behind `Author:`, `Signed-off-by:`, `Copyright` and the like, to the end of the line.
    private static func author(in line: ArraySlice<UInt8>) -> Range<Int>? {
        let lower = line.map { $0.isLetter ? $0 | 0x20 : $0 }
        for mark in ["author", "-by:", "copyright", "maintainer", "written by", "created by", "todo(", "@since by"] {
            guard let found = lower.firstRange(of: Array(mark.utf8)) else { continue }
            var start = line.startIndex + found.upperBound
            while start < line.endIndex, !line[start].isLetter && line[start] < 0x80 || line[start] == UInt8(ascii: "_")
            {
                start += 1
            }
            // `authorization`, `authority`: other words.
            if start == line.startIndex + found.upperBound, mark == "author" {
                guard line[start...].starts(with: "s:".utf8) || line[start...].starts(with: "s =".utf8) else {
                    continue
                }
                start += 2
            }
            return start < line.endIndex ? start..<line.endIndex : nil
        }
        return nil
    }

    private static let forges = [
        "github.", "gitlab.", "bitbucket.", "codeberg.", "gitea.", "dev.azure.", "git@", "sr.ht",
    ]

    /// The path of `host.example:group/project.git`.
    private static func scpPath(behind colon: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        guard colon > line.startIndex, line[colon - 1].isAlphanumeric else { return nil }
        let rest = line[(colon + 1)...]
        if rest.first == .slash { return nil }
        let end = rest.firstIndex { !isNameByte($0) && $0 != .slash } ?? rest.endIndex
        let path = rest[..<end]
        return path.contains(.slash) && path.suffix(4).elementsEqual(".git".utf8) ? colon + 1..<end : nil
    }

    /// Owner and name behind the host of a forge: `github.com/group/project`, also where it names a module.
    private static func project(behind slash: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        var start = slash
        while start > line.startIndex,
            isNameByte(line[start - 1]) || line[start - 1] == .atSign || line[start - 1] == .colon
        {
            start -= 1
        }
        let host = String(decoding: line[start..<slash], as: UTF8.self).lowercased()
        let isSecureShell = line[..<start].suffix(6).elementsEqual("ssh://".utf8)
        guard isSecureShell || host.contains(".") && forges.contains(where: host.contains) else { return nil }
        let rest = line[(slash + 1)...]
        let end = rest.firstIndex { !isNameByte($0) && $0 != .slash } ?? rest.endIndex
        return end > slash + 1 ? slash + 1..<end : nil
    }

    /// The user's name in `/home/grace/`, `/Users/grace`, `C:\Users\grace`; a repository's address that ends in `.git`.
    private static func user(behind slash: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        let rest = line[(slash + 1)...]
        if line[slash] == .slash, slash > line.startIndex, line[slash - 1] == .slash, let remote = remote(rest) {
            return remote
        }
        if line[slash] == .slash, let project = project(behind: slash, in: line) { return project }
        // `src/home/page.js` is nobody's home.
        if slash > line.startIndex, isMailByte(line[slash - 1]),
            !["/export", "/var", "/usr", "/mnt", "/data", "/Volumes"].contains(where: {
                line[..<slash].suffix($0.utf8.count).elementsEqual($0.utf8)
            })
        {
            return nil
        }
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
