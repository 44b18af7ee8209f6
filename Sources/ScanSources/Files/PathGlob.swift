/// A pattern for paths as people write it for git's ignore files: `*`, `?` and `[a-z]` within a name, `**` over folders.
///
/// One without a slash is for a name wherever it stands, another for a path from the top. What matches a folder matches all
/// below it.
package struct PathGlob: Sendable, Hashable, CustomStringConvertible {
    private let parts: [[UInt8]]
    /// As it was written.
    package let description: String

    /// - Returns: `nil` for a pattern that says nothing: empty, or of slashes alone.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        if bytes.starts(with: Array("./".utf8)) { bytes = bytes.dropFirst(2) }
        while bytes.last == Self.slash { bytes = bytes.dropLast() }
        let isAnchored = bytes.contains(Self.slash)
        var parts = bytes.split(separator: Self.slash).map(Array.init)
        guard !parts.isEmpty else { return nil }
        if !isAnchored { parts.insert(Self.anyFolders, at: 0) }
        self.parts = parts
        description = text
    }

    /// What is wrong with a pattern that somebody has written to leave paths out, in words that follow it; `nil`: nothing is.
    package static func objection(to text: String) -> String? {
        if text.allSatisfy(\.isWhitespace) || PathGlob(text) == nil {
            return "says nothing: write for example vendor/, '*.min.js' or docs/**/samples"
        }
        if text.hasPrefix("!") {
            return
                "takes nothing back: what one pattern leaves out no other brings in; for a file whose name begins with ! put a backslash before it"
        }
        if text.split(separator: "/").contains("..") {
            return "leads out of the folder that it is for, and leaves nothing out"
        }
        return nil
    }

    /// The same as a PCRE2 pattern for paths.
    package var pattern: String {
        var text = "^"
        for (number, part) in parts.enumerated() {
            let isLast = number == parts.count - 1
            if part == Self.anyFolders {
                text += isLast ? "[^/]" : "(?:[^/]+/)*"
                continue
            }
            text += Self.pattern(part[...])
            // What matches a folder matches all below it.
            text += isLast ? "(?:/|$)" : "/"
        }
        return text
    }

    private static func pattern(_ name: ArraySlice<UInt8>) -> String {
        var (text, rest) = ("", name)
        while let byte = rest.first {
            rest = rest.dropFirst()
            switch byte {
            case UInt8(ascii: "*"): text += "[^/]*"
            case UInt8(ascii: "?"): text += "[^/]"
            case UInt8(ascii: "["):
                guard let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else {
                    text += "\\["
                    continue
                }
                var members = rest[rest.startIndex..<end]
                let isNegated = members.first == UInt8(ascii: "!") || members.first == UInt8(ascii: "^")
                if isNegated { members = members.dropFirst() }
                text += isNegated ? "[^/" : "["
                for member in members { text += member == UInt8(ascii: "-") ? "-" : escaped(member) }
                text += "]"
                rest = rest[(end + 1)...]
            case UInt8(ascii: "\\"):
                if let next = rest.first { text += escaped(next) }
                rest = rest.dropFirst()
            default: text += escaped(byte)
            }
        }
        return text
    }

    /// A byte that means itself in a pattern.
    private static func escaped(_ byte: UInt8) -> String {
        let scalar = UnicodeScalar(byte)
        if scalar.properties.isAlphabetic && byte < 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) {
            return String(scalar)
        }
        return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private static let slash = UInt8(ascii: "/")
    private static let anyFolders = Array("**".utf8)

    /// - Parameter path: Relative, `/` between components.
    package func matches(_ path: some StringProtocol) -> Bool {
        let names = Array(path.utf8).split(separator: Self.slash)
        // From the end: how many of the names the rest of the pattern may begin at. Linear in both, whatever the pattern.
        var reached = Set([0])
        for (number, part) in parts.enumerated() {
            var next: Set<Int> = []
            if part == Self.anyFolders {
                guard let first = reached.min() else { return false }
                // At its end it means all that is in a folder, and not the folder's own name.
                let start = number == parts.count - 1 ? first + 1 : first
                if start <= names.count { next = Set(start...names.count) }
            } else {
                for place in reached where place < names.count && Self.matches(names[place], part[...]) {
                    next.insert(place + 1)
                }
            }
            if next.isEmpty { return false }
            reached = next
        }
        return true
    }

    /// Whether a name fits, with one step back at the most: to the last star.
    private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var (text, rest) = (name, pattern)
        var retry: (text: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
        while true {
            if rest.first == UInt8(ascii: "*") {
                rest = rest.dropFirst()
                retry = (text, rest)
                continue
            }
            if let byte = text.first, let after = step(byte, rest) {
                (text, rest) = (text.dropFirst(), after)
                continue
            }
            if text.isEmpty, rest.isEmpty { return true }
            guard let last = retry, !last.text.isEmpty else { return false }
            retry = (last.text.dropFirst(), last.pattern)
            (text, rest) = (last.text.dropFirst(), last.pattern)
        }
    }

    /// What of a pattern is left behind one that takes this byte; `nil` if it does not.
    private static func step(_ byte: UInt8, _ pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        switch pattern.first {
        case nil: return nil
        case UInt8(ascii: "?"): return pattern.dropFirst()
        case UInt8(ascii: "["):
            guard let end = pattern.dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else { break }
            var members = pattern[pattern.startIndex + 1..<end]
            let isNegated = members.first == UInt8(ascii: "!") || members.first == UInt8(ascii: "^")
            if isNegated { members = members.dropFirst() }
            return holds(byte, members) != isNegated ? pattern[(end + 1)...] : nil
        case UInt8(ascii: "\\") where pattern.count > 1:
            return pattern[pattern.startIndex + 1] == byte ? pattern.dropFirst(2) : nil
        default: break
        }
        return pattern.first == byte ? pattern.dropFirst() : nil
    }

    private static func holds(_ byte: UInt8, _ members: ArraySlice<UInt8>) -> Bool {
        var index = members.startIndex
        while index < members.endIndex {
            if index + 2 < members.endIndex, members[index + 1] == UInt8(ascii: "-") {
                if members[index] <= byte, byte <= members[index + 2] { return true }
                index += 3
            } else {
                if members[index] == byte { return true }
                index += 1
            }
        }
        return false
    }
}
