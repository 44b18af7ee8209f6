/// The lines before the hunks of a file, as far as they are read: they say which file it is.
struct PatchHeader {
    /// As it is afterwards; `nil`: there is none then, or it is not said yet.
    private(set) var path: PathBytes?
    /// Whether any file was named.
    private(set) var wasSeen = false
    /// What git writes before the paths of both sides, where it does.
    private var gitPaths: ArraySlice<UInt8>?

    /// What a line is.
    enum Line { case header, binary, other }

    static let encodedBinary = Array("GIT binary patch".utf8)

    /// Reads a line that is in no hunk.
    ///
    /// - Parameter next: The one behind it.
    mutating func read(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>?) -> Line {
        if let paths = Self.rest(line, behind: "diff --git ") {
            begin(paths)
        } else if Self.rest(line, behind: "diff --cc ") != nil || Self.rest(line, behind: "diff --combined ") != nil {
            begin(nil)
        } else if line.starts(with: "--- ".utf8), let next, next.starts(with: "+++ ".utf8) {
            // Both at once: a line that begins with --- is also a rule in a message.
            wasSeen = true
            path = path(next.dropFirst(4), old: Self.trimmed(line.dropFirst(4)))
        } else if wasSeen, line.starts(with: Self.encodedBinary) {
            if let gitPaths { path = newPath(inPairOf: gitPaths) }
            return .binary
        } else if line.starts(with: "Binary files ".utf8), Self.text(line).hasSuffix(" differ") {
            wasSeen = true
            if let gitPaths { path = newPath(inPairOf: gitPaths) }
            return .binary
        } else {
            return .other
        }
        return .header
    }

    private mutating func begin(_ paths: ArraySlice<UInt8>?) {
        wasSeen = true
        path = nil
        gitPaths = paths
    }

    private static func rest(_ line: ArraySlice<UInt8>, behind beginning: String) -> ArraySlice<UInt8>? {
        line.starts(with: beginning.utf8) ? trimmed(line.dropFirst(beginning.utf8.count)) : nil
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String { String(decoding: trimmed(line), as: UTF8.self) }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    // MARK: Paths

    /// What stands behind `+++`: in quotes if it holds unusual characters; diff(1) writes a time behind a tab.
    ///
    /// - Parameter old: What the other side is called.
    private func path(_ text: ArraySlice<UInt8>, old: ArraySlice<UInt8>) -> PathBytes? {
        let text = Self.trimmed(text)
        let name =
            text.first == UInt8(ascii: "\"")
            ? QuotedPath.unquoted(text) : Array(text.prefix { $0 != UInt8(ascii: "\t") })
        if name == Array("/dev/null".utf8) { return nil }
        return PathBytes(bytes: Array(Self.withoutPrefix(name[...], old: gitPaths ?? old)))
    }

    /// Git writes `a/` and `b/`, or by `diff.mnemonicPrefix` letters for commit, index, object and work tree, before the two
    /// paths. Where both sides begin alike, that is a folder.
    ///
    /// - Parameter old: Begins with the path of the other side.
    private static func withoutPrefix(_ name: ArraySlice<UInt8>, old: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let letter = name.first, name.dropFirst().first == UInt8(ascii: "/"), "abciow12".utf8.contains(letter)
        else { return name }
        if old.starts(with: "/dev/null".utf8) { return letter == UInt8(ascii: "b") ? name.dropFirst(2) : name }
        let old = old.first == UInt8(ascii: "\"") ? old.dropFirst() : old
        guard old.dropFirst().first == UInt8(ascii: "/"), old.first != letter else { return name }
        return name.dropFirst(2)
    }

    /// Of `a/x b/x` the second: both are alike but for the letter, so that blanks in them do not matter.
    private func newPath(inPairOf paths: ArraySlice<UInt8>) -> PathBytes? {
        if paths.last == UInt8(ascii: "\""),
            let start = paths.dropLast().lastIndex(of: UInt8(ascii: "\"")), start > paths.startIndex
        {
            return path(paths[start...], old: paths)
        }
        let middle = paths.startIndex + paths.count / 2
        guard paths.count >= 3, paths[middle] == UInt8(ascii: " ") else { return nil }
        return path(paths[(middle + 1)...], old: paths)
    }
}
