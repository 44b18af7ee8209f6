import Bytes

/// A text of a shell, taken apart by how its parts are quoted.
struct ShellText {
    enum Quoting {
        case comment
        /// Nothing is expanded.
        case single
        /// Variables are expanded.
        case double
        case heredoc(expands: Bool)
    }

    struct Part {
        var quoting: Quoting
        /// With its quotes.
        var range: Range<Int>
        /// Without them.
        var content: Range<Int>
    }

    let bytes: [UInt8]
    private let end: Int
    private(set) var parts: [Part] = []
    private var pending: [(word: [UInt8], isIndented: Bool, expands: Bool)] = []

    /// - Parameter range: Where the shell's text stands; `nil`: all of it.
    init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        end = range?.upperBound ?? bytes.count
        _ = readCode(range?.lowerBound ?? 0, closing: nil)
    }

    /// The innermost part that holds a range; `nil`: it is not quoted.
    func part(holding range: Range<Int>) -> Part? {
        parts.filter { $0.content.lowerBound <= range.lowerBound && range.upperBound <= $0.content.upperBound }
            .min { $0.content.count < $1.content.count }
    }

    // MARK: Replacement

    /// - Parameter reference: What stands for the value where variables are expanded: `${NAME:?}`.
    func answer(_ secret: Range<Int>, name: String, reference: String) -> Answer {
        if bytes[secret].contains(.lineFeed) {
            return .refused("it goes over several lines; keep it in a file, and its path in a variable")
        }
        if let fallback = fallback(secret) { return fallback }
        guard let part = part(holding: secret) else { return .replaced(secret, by: "\"\(reference)\"") }
        switch part.quoting {
        case .comment: return .masked(secret, name: name)
        case .double, .heredoc(expands: true): return .replaced(secret, by: reference)
        case .heredoc(expands: false):
            return .refused("a here document in quotes takes its text as it is")
        case .single:
            let hasBefore = secret.lowerBound > part.content.lowerBound
            let hasBehind = secret.upperBound < part.content.upperBound
            let start = hasBefore ? secret.lowerBound : part.range.lowerBound
            let end = hasBehind ? secret.upperBound : part.range.upperBound
            return .replaced(start..<end, by: (hasBefore ? "'" : "") + "\"\(reference)\"" + (hasBehind ? "'" : ""))
        }
    }

    /// `${NAME:-…}`: the variable is looked up already.
    private func fallback(_ secret: Range<Int>) -> Answer? {
        guard secret.upperBound < bytes.count, bytes[secret.upperBound] == .rightBrace else { return nil }
        var sign = secret.lowerBound
        while sign > 0, [.colon, .hyphen, .equalsSign].contains(bytes[sign - 1]), secret.lowerBound - sign < 2 {
            sign -= 1
        }
        var start = sign
        while start > 0, bytes[start - 1].isIdentifier { start -= 1 }
        guard sign < secret.lowerBound, start < sign, start > 1, bytes.has([.dollar, .leftBrace], at: start - 2) else {
            return nil
        }
        let name = bytes.string(start..<sign)
        return .replaced(
            [Edit(sign..<secret.upperBound, ":?")],
            Answer.Step(note: "it was what held where \(name) is not set, and is gone", name: name))
    }

    // MARK: Reading

    /// - Parameter closing: What ends it: `)` of `$(`, a backtick, `}`.
    private mutating func readCode(_ start: Int, closing: UInt8?) -> Int {
        var index = start
        var depth = 0
        while index < end {
            let byte = bytes[index]
            if let closing, byte == closing {
                if depth == 0 { return index + 1 }
                depth -= 1
            }
            switch byte {
            case .backslash: index += 2
            case .apostrophe: index = readSingle(index)
            case .quotationMark: index = readDouble(index)
            case .numberSign where beginsWord(index):
                let stop = min(end, bytes.lineEnd(of: index))
                parts.append(Part(quoting: .comment, range: index..<stop, content: index + 1..<max(index + 1, stop)))
                index = max(index + 1, stop)
            case .dollar: index = readDollar(index)
            case .backtick where closing != .backtick: index = readCode(index + 1, closing: .backtick)
            case .lessThan where bytes.has([.lessThan, .lessThan], at: index): index = readHeredocWord(index)
            case .lineFeed:
                index += 1
                if !pending.isEmpty { index = readHeredocs(index) }
            case .leftParenthesis where closing == .rightParenthesis:
                depth += 1
                index += 1
            default: index += 1
            }
        }
        return end
    }

    private func beginsWord(_ index: Int) -> Bool {
        index == 0 || bytes[index - 1].isWhitespace
            || [.semicolon, .leftParenthesis, .ampersand].contains(bytes[index - 1])
    }

    private mutating func readSingle(_ start: Int) -> Int {
        // `$'…'` has escapes.
        let escapes = start > 0 && bytes[start - 1] == .dollar
        var index = start + 1
        while index < end, bytes[index] != .apostrophe { index += escapes && bytes[index] == .backslash ? 2 : 1 }
        guard index < end else { return end }
        parts.append(Part(quoting: .single, range: start - (escapes ? 1 : 0)..<index + 1, content: start + 1..<index))
        return index + 1
    }

    private mutating func readDouble(_ start: Int) -> Int {
        var index = start + 1
        let number = parts.count
        parts.append(Part(quoting: .double, range: start..<start, content: start..<start))
        while index < end, bytes[index] != .quotationMark {
            switch bytes[index] {
            case .backslash: index += 2
            case .dollar: index = readDollar(index)
            case .backtick: index = readCode(index + 1, closing: .backtick)
            default: index += 1
            }
        }
        let stop = min(end, index)
        parts[number].range = start..<min(end, stop + 1)
        parts[number].content = start + 1..<max(start + 1, stop)
        return min(end, stop + 1)
    }

    private mutating func readDollar(_ index: Int) -> Int {
        if bytes.has([.dollar, .leftParenthesis], at: index) { return readCode(index + 2, closing: .rightParenthesis) }
        // A variable's own expansion stays a part of what it is in.
        if bytes.has([.dollar, .leftBrace], at: index) {
            var place = index + 2
            while place < end, bytes[place] != .rightBrace, bytes[place] != .lineFeed { place += 1 }
            return min(end, place + 1)
        }
        return index + 1
    }

    private mutating func readHeredocWord(_ start: Int) -> Int {
        var index = start + 2
        if index < end, bytes[index] == .lessThan { return index + 1 }
        let isIndented = index < end && bytes[index] == .hyphen
        if isIndented { index += 1 }
        while index < end, bytes[index] == .space { index += 1 }
        let isQuoted = index < end && [.apostrophe, .quotationMark, .backslash].contains(bytes[index])
        if isQuoted { index += 1 }
        let first = index
        while index < end, bytes[index].isIdentifier || bytes[index] == .hyphen { index += 1 }
        if index > first { pending.append((Array(bytes[first..<index]), isIndented, !isQuoted)) }
        return isQuoted && index < end && [.apostrophe, .quotationMark].contains(bytes[index]) ? index + 1 : index
    }

    private mutating func readHeredocs(_ start: Int) -> Int {
        var index = start
        for document in pending {
            let first = index
            while index < end {
                let line = bytes.line(of: index)
                let content = document.isIndented ? bytes.trimmed(line) : line
                if bytes[content].elementsEqual(document.word) { break }
                index = bytes.nextLine(after: index)
            }
            let stop = min(end, index)
            parts.append(
                Part(quoting: .heredoc(expands: document.expands), range: first..<stop, content: first..<stop))
            index = min(end, bytes.lineEnd(of: stop))
        }
        pending.removeAll()
        return index
    }
}
