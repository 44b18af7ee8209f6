import Bytes

/// The groups of a pattern as they are written: for what is said to the author of a rule.
struct PatternGroups {
    struct Group {
        /// From its opening parenthesis to behind the closing one.
        var bytes: Range<Int>
        var captures: Bool
    }

    private let pattern: [UInt8]
    /// In the order of their opening parentheses.
    private(set) var groups: [Group] = []

    init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
        var open: [Int] = []
        var position = 0
        while position < self.pattern.count {
            switch self.pattern[position] {
            case .backslash: position += 1
            case .leftBracket: position = endOfClass(at: position)
            case .leftParenthesis:
                open.append(groups.count)
                groups.append(Group(bytes: position..<position, captures: captures(at: position)))
            case .rightParenthesis:
                guard let last = open.popLast() else { break }
                groups[last].bytes = groups[last].bytes.lowerBound..<(position + 1)
            default: break
            }
            position += 1
        }
        groups.removeAll(where: \.bytes.isEmpty)
    }

    func text(_ group: Group) -> String { String(decoding: pattern[group.bytes], as: UTF8.self) }

    /// A group with the mark of a repetition without a bound behind it; `nil` if there is none.
    func endlessRepetition(of group: Group) -> String? {
        let rest = pattern[group.bytes.upperBound...]
        let mark: ArraySlice<UInt8>
        switch rest.first {
        case .asterisk, .plus: mark = rest.prefix(1)
        case .leftBrace:
            guard let end = rest.firstIndex(of: .rightBrace), rest[..<end].last == .comma else { return nil }
            mark = rest[...end]
        default: return nil
        }
        return text(group) + String(decoding: mark, as: UTF8.self)
    }

    /// `(…`, `(?<name>…`, `(?P<name>…`, `(?'name'…`.
    private func captures(at start: Int) -> Bool {
        let rest = pattern[(start + 1)...]
        guard rest.first == .questionMark else { return rest.first != .asterisk }
        let name = rest.dropFirst(rest.starts(with: "?P".utf8) ? 2 : 1)
        guard name.first == .lessThan else { return name.first == .apostrophe }
        return name.dropFirst().first.map { $0.isLetter || $0 == .underscore } ?? false
    }

    /// Where a class's closing bracket stands.
    private func endOfClass(at start: Int) -> Int {
        var position = start + 1
        if position < pattern.count, pattern[position] == .caret { position += 1 }
        if position < pattern.count, pattern[position] == .rightBracket { position += 1 }
        while position < pattern.count, pattern[position] != .rightBracket {
            if pattern[position...].starts(with: "[:".utf8),
                let end = pattern[position...].firstIndex(of: .rightBracket)
            {
                position = end + 1
            } else {
                position += pattern[position] == .backslash ? 2 : 1
            }
        }
        return position
    }
}
