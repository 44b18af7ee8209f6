/// `@@ -1,7 +1,6 @@`, and which lines that it announces are yet to come. That of a merge has more than two `@`.
struct HunkHeader {
    /// The first line in the file as it is afterwards, from 1.
    let start: Int
    /// Lines of what was before, of each parent.
    private var oldCounts: [Int]
    private var newCount: Int

    /// What a line is.
    enum Line {
        case added, kept, removed
        /// `\\ No newline at end of file`
        case note
    }

    init?(_ line: ArraySlice<UInt8>) {
        let signs = line.prefix { $0 == UInt8(ascii: "@") }.count
        guard signs >= 2, signs <= 64 else { return nil }
        let words = line.dropFirst(signs).prefix(1024).split(separator: UInt8(ascii: " "))
        guard words.count > signs, words[signs].prefix(signs).allSatisfy({ $0 == UInt8(ascii: "@") }) else {
            return nil
        }
        var old: [Int] = []
        for word in words[..<(signs - 1)] {
            guard let range = Self.range(word, sign: UInt8(ascii: "-")) else { return nil }
            old.append(range.count)
        }
        guard let new = Self.range(words[signs - 1], sign: UInt8(ascii: "+")) else { return nil }
        start = max(1, new.start)
        oldCounts = old
        newCount = new.count
    }

    /// `-12,7`; without a count it is one line.
    private static func range(_ word: ArraySlice<UInt8>, sign: UInt8) -> (start: Int, count: Int)? {
        guard word.first == sign else { return nil }
        let numbers = String(decoding: word.dropFirst(), as: UTF8.self).split(separator: ",").map { Int($0) }
        guard let start = numbers.first, let start, start >= 0, start < 1 << 40 else { return nil }
        if numbers.count == 1 { return (start, 1) }
        guard numbers.count == 2, let count = numbers[1], count >= 0 else { return nil }
        return (start, count)
    }

    var isRead: Bool { newCount == 0 && oldCounts.allSatisfy { $0 == 0 } }

    /// How many characters before the line itself say what it is.
    ///
    /// Some programs take the blank away that stands before an empty line.
    func columnCount(of line: ArraySlice<UInt8>) -> Int { Self.isBlank(line) ? 0 : oldCounts.count }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == UInt8(ascii: "\n") || line.starts(with: "\r\n".utf8)
    }

    /// Takes the next line.
    ///
    /// - Returns: `nil` for one that is none of the hunk.
    mutating func take(_ line: ArraySlice<UInt8>) -> Line? {
        if line.first == UInt8(ascii: "\\") { return .note }
        let columns =
            Self.isBlank(line)
            ? [UInt8](repeating: UInt8(ascii: " "), count: oldCounts.count)
            : Array(line.prefix(oldCounts.count))
        guard columns.count == oldCounts.count, columns.allSatisfy({ " +-".utf8.contains($0) }) else { return nil }
        let isRemoved = columns.contains(UInt8(ascii: "-"))
        for (parent, column) in columns.enumerated() where column == UInt8(ascii: isRemoved ? "-" : " ") {
            oldCounts[parent] = max(0, oldCounts[parent] - 1)
        }
        if isRemoved { return .removed }
        newCount = max(0, newCount - 1)
        return columns.contains(UInt8(ascii: "+")) ? .added : .kept
    }
}
