import Bytes

/// What `git filter-repo --replace-text` reads: a secret a line, as it is written in files.
package enum ReplaceText {
    /// What a secret becomes in the rewritten history.
    private static let mark = "***REMOVED***"
    /// Shorter lines of a key stand in other files, too.
    private static let shortestLine = 16

    /// The file for some secrets, in every spelling in which they stand somewhere.
    package static func file(_ spellings: some Sequence<[UInt8]>) -> [UInt8] {
        let lines = Set(spellings.flatMap(lines)).sorted {
            // What is a part of another is replaced behind it.
            ($1.count, String(decoding: $0, as: UTF8.self)) < ($0.count, String(decoding: $1, as: UTF8.self))
        }
        return lines.flatMap { Array("literal:".utf8) + $0 + Array("==>\(mark)\n".utf8) }
    }

    /// A key over several lines is one expression a line.
    private static func lines(_ spelling: [UInt8]) -> [[UInt8]] {
        let lines = spelling.split(separator: .lineFeed).map { line in
            let line = Array(line)
            return Array(line[line.trimmed(0..<line.count)])
        }
        if lines.count == 1 { return lines }
        return lines.filter { $0.count >= shortestLine && !$0.starts(with: Array("-----".utf8)) }
    }
}
