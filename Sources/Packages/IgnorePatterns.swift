internal import Bytes
internal import ScanSources

/// Patterns that leave files out, or bring them in: the lines of `.gitignore`, `.npmignore`, `.dockerignore` and their like.
struct IgnorePatterns {
    /// How a tool reads them.
    enum Dialect {
        /// A pattern without a slash is for a name anywhere; of what lies in a folder that is left out nothing is brought in again.
        case git
        /// Every pattern is a path from the top; the last one that matches counts.
        case docker
        /// As `git`, with braces: npm.
        case npm
        /// Every pattern is a path from the top with braces; what any `!` brings in is in: vsce.
        case vsce
    }

    private struct Line {
        let glob: PathGlob
        let isNegated: Bool
        let isForFolders: Bool

        func matches(_ path: String) -> Bool {
            guard isForFolders else { return glob.matches(path) }
            // What it matches is a folder, and so lies above.
            return path.lastIndex(of: "/").map { glob.matches(path[..<$0]) } ?? false
        }
    }

    private let lines: [Line]
    private let dialect: Dialect

    /// - Parameter text: The file's.
    init(text: String, _ dialect: Dialect) {
        self.init(text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("#") }, dialect)
    }

    init(_ patterns: [String], _ dialect: Dialect) {
        self.dialect = dialect
        lines = patterns.flatMap { Self.lines($0, dialect) }
    }

    var isEmpty: Bool { lines.isEmpty }

    private static func lines(_ text: String, _ dialect: Dialect) -> [Line] {
        var pattern = Substring(text)
        while pattern.last?.isWhitespace == true { pattern.removeLast() }
        while pattern.first?.isWhitespace == true { pattern.removeFirst() }
        let isNegated = pattern.hasPrefix("!")
        if isNegated { pattern.removeFirst() }
        if pattern.hasPrefix("\\!") || pattern.hasPrefix("\\#") { pattern.removeFirst() }
        let spread = dialect != .git ? braces(String(pattern)) : [String(pattern)]
        return spread.compactMap { text in
            let isAnchored = dialect == .docker || dialect == .vsce
            guard let glob = PathGlob(isAnchored && !text.hasPrefix("/") ? "/" + text : text) else { return nil }
            return Line(glob: glob, isNegated: isNegated, isForFolders: text.hasSuffix("/") && dialect == .git)
        }
    }

    /// `a{b,c}` as `ab` and `ac`; so many at the most.
    static func braces(_ text: String, limit: Int = 256) -> [String] {
        guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}"),
            text[open..<close].contains(",")
        else { return [text] }
        let choices = text[text.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
        let rest = text[text.index(after: close)...]
        return Array(
            choices.flatMap { choice in braces("\(text[..<open])\(choice)\(rest)", limit: limit) }.prefix(limit))
    }

    /// What the last pattern that matches says of a path; `nil`: none does.
    func isMatched(_ path: String) -> Bool? {
        if dialect == .vsce {
            if lines.contains(where: { $0.isNegated && $0.matches(path) }) { return false }
            return lines.contains { !$0.isNegated && $0.matches(path) } ? true : nil
        }
        return lines.last { $0.matches(path) }.map { !$0.isNegated }
    }

    /// Whether a file is left out.
    func excludes(_ path: String) -> Bool {
        guard dialect == .git || dialect == .npm else { return isMatched(path) ?? false }
        var end = path.startIndex
        while let slash = path[end...].firstIndex(of: "/") {
            // As a folder, so that patterns for folders alone count.
            if isFolderMatched(String(path[..<slash])) { return true }
            end = path.index(after: slash)
        }
        return isMatched(path) ?? false
    }

    private func isFolderMatched(_ folder: String) -> Bool {
        lines.last { $0.glob.matches(folder) }.map { !$0.isNegated } ?? false
    }

    /// Whether a file is one of those that are meant, where patterns say what is in.
    func includes(_ path: String) -> Bool { isMatched(path) ?? false }
}
