import Bytes

/// A value of a YAML text, and where it stands.
struct YAMLScalar {
    enum Style {
        case plain, single, double
        /// Below `|` or `>`.
        case block
    }

    let bytes: [UInt8]
    /// The keys that lead to it, from the outermost: those of lists are the list's.
    private(set) var keys: [String] = []
    private(set) var style = Style.plain
    /// With its quotes; of a block, its line.
    private(set) var range: Range<Int>
    /// Without them.
    private(set) var content: Range<Int>
    /// Whether it stands in `{…}` or `[…]`.
    private(set) var isInFlow = false
    /// Whether it is the item of a list, and no value of a key.
    private(set) var isItem = false
    /// Where its key begins; where the value does if it has none.
    private(set) var keyStart: Int
    /// Where the line of its key begins.
    private(set) var lineStart: Int
    /// It stands behind a `#`.
    private(set) var isComment = false

    /// - Parameter secret: A part of the value, on one line.
    init?(holding secret: Range<Int>, in bytes: [UInt8]) {
        self.bytes = bytes
        let line = bytes.line(of: secret.lowerBound)
        guard secret.upperBound <= line.upperBound else { return nil }
        (range, content, keyStart, lineStart) = (secret, secret, line.lowerBound, line.lowerBound)
        if let header = Self.header(above: line, in: bytes) {
            style = .block
            (range, content) = (line, bytes.trimmed(line))
            lineStart = header
            keyStart = header
            keys = Self.parents(of: header, in: bytes) + (Self.key(ofLine: header, in: bytes).map { [$0.name] } ?? [])
            return
        }
        let own = Self.key(ofLine: line.lowerBound, in: bytes)
        keys = Self.parents(of: line.lowerBound, in: bytes)
        var start = Self.behindDashes(line.lowerBound, in: bytes)
        keyStart = start
        if let own, own.end <= secret.lowerBound {
            keys.append(own.name)
            start = own.end
        } else {
            isItem = start > line.lowerBound + bytes.indentation(of: line.lowerBound)
        }
        if let mark = Self.comment(in: line, from: start, bytes), mark < secret.lowerBound {
            isComment = true
            return
        }
        guard place(secret, from: start, to: line.upperBound) else { return nil }
    }

    // MARK: On its line

    private mutating func place(_ secret: Range<Int>, from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end, bytes[index] == .space || bytes[index] == .tab { index += 1 }
        // Tags and anchors: `!!str &key value`.
        while index < end, bytes[index] == .exclamationMark || bytes[index] == .ampersand {
            while index < end, !bytes[index].isWhitespace { index += 1 }
            while index < end, bytes[index] == .space { index += 1 }
        }
        if index < end, bytes[index] == .leftBrace || bytes[index] == .leftBracket {
            isInFlow = true
            return placeInFlow(secret, from: index, to: end)
        }
        return take(from: index, to: end, holding: secret)
    }

    /// Reads one value.
    private mutating func take(from start: Int, to end: Int, holding secret: Range<Int>) -> Bool {
        guard start < end else { return false }
        if bytes[start] == .quotationMark || bytes[start] == .apostrophe {
            guard let close = Self.closing(start, end, bytes) else { return false }
            style = bytes[start] == .apostrophe ? .single : .double
            (range, content) = (start..<close + 1, start + 1..<close)
        } else {
            style = .plain
            let stop = isInFlow ? flowEnd(start, end) : Self.comment(in: start..<end, from: start, bytes) ?? end
            range = bytes.trimmed(start..<stop)
            content = range
        }
        return content.lowerBound <= secret.lowerBound && secret.upperBound <= content.upperBound
    }

    private func flowEnd(_ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, ![.comma, .rightBrace, .rightBracket].contains(bytes[index]) { index += 1 }
        return index
    }

    private mutating func placeInFlow(_ secret: Range<Int>, from start: Int, to end: Int) -> Bool {
        var index = start
        var key: (name: String, start: Int)?
        while index < end {
            let byte = bytes[index]
            if byte.isWhitespace
                || [.leftBrace, .leftBracket, .comma, .rightBrace, .rightBracket, .colon].contains(byte)
            {
                if byte == .comma || byte == .leftBrace { key = nil }
                index += 1
                continue
            }
            var copy = self
            let holds = copy.take(from: index, to: end, holding: secret)
            // `key: value` in plain words is one run.
            if copy.style == .plain, let colon = bytes[copy.range].firstIndex(of: .colon), colon + 1 < end,
                bytes[colon + 1] == .space, !holds || colon < secret.lowerBound
            {
                key = (bytes.string(index..<colon), index)
                index = colon + 1
                continue
            }
            if holds {
                self = copy
                if let key {
                    keys.append(key.name)
                    keyStart = key.start
                }
                return true
            }
            guard copy.range.upperBound > index else { return false }
            if copy.style != .plain { key = (bytes.string(copy.content), index) }
            index = copy.range.upperBound
        }
        return false
    }

    private static func closing(_ quote: Int, _ end: Int, _ bytes: [UInt8]) -> Int? {
        var index = quote + 1
        while index < end {
            if bytes[quote] == .quotationMark, bytes[index] == .backslash {
                index += 2
            } else if bytes[index] == bytes[quote] {
                guard bytes[quote] == .apostrophe, index + 1 < end, bytes[index + 1] == .apostrophe else {
                    return index
                }
                index += 2
            } else {
                index += 1
            }
        }
        return nil
    }

    /// Where a comment begins: `#` at the beginning or behind white space, and in no quotes.
    private static func comment(in line: Range<Int>, from start: Int, _ bytes: [UInt8]) -> Int? {
        var index = start
        var canOpen = true
        while index < line.upperBound {
            let byte = bytes[index]
            if canOpen, byte == .quotationMark || byte == .apostrophe {
                guard let close = closing(index, line.upperBound, bytes) else { return nil }
                index = close
            } else if byte == .numberSign, index == line.lowerBound || bytes[index - 1].isWhitespace {
                return index
            }
            canOpen = [.space, .leftBrace, .leftBracket, .comma, .colon].contains(byte) && (canOpen || byte != .space)
            index += 1
        }
        return nil
    }

    // MARK: Above it

    static func behindDashes(_ start: Int, in bytes: [UInt8]) -> Int {
        var index = start + bytes.indentation(of: start)
        while index + 1 < bytes.count, bytes[index] == .hyphen, bytes[index + 1] == .space {
            index += 2
            while index < bytes.count, bytes[index] == .space { index += 1 }
        }
        return index
    }

    /// The key that a line begins with, and where what is behind its colon begins.
    static func key(ofLine start: Int, in bytes: [UInt8]) -> (name: String, end: Int)? {
        let line = bytes.line(of: start)
        var index = behindDashes(start, in: bytes)
        guard index < line.upperBound, bytes[index] != .numberSign else { return nil }
        let first = index
        if bytes[index] == .quotationMark || bytes[index] == .apostrophe {
            guard let close = closing(index, line.upperBound, bytes), bytes.has([.colon], at: close + 1) else {
                return nil
            }
            return (bytes.string(first + 1..<close), close + 2)
        }
        while index < line.upperBound {
            if bytes[index] == .colon, index + 1 >= line.upperBound || bytes[index + 1].isWhitespace {
                return (bytes.string(first..<index), index + 1)
            }
            if [.leftBrace, .leftBracket, .quotationMark].contains(bytes[index]) { return nil }
            index += 1
        }
        return nil
    }

    private static func isBlank(_ line: Range<Int>, _ bytes: [UInt8]) -> Bool { bytes[line].allSatisfy(\.isWhitespace) }

    /// The lines that a line stands below, nearest first: each is less indented than all below it, but for the key of a list,
    /// which may stand above its dashes.
    static func ancestors(of start: Int, in bytes: [UInt8]) -> [Int] {
        var result: [Int] = []
        var limit = bytes.indentation(of: start)
        var place = start
        while let above = bytes.previousLine(before: place) {
            place = above
            let line = bytes.line(of: above)
            let indentation = bytes.indentation(of: above)
            if isBlank(line, bytes) || bytes[above + indentation] == .numberSign { continue }
            if bytes.has(Array("---".utf8), at: above) { break }
            let isKeyOfList =
                indentation == limit && isItem(result.last ?? start, bytes) && !isItem(above, bytes)
            guard indentation < limit || isKeyOfList else { continue }
            result.append(above)
            limit = indentation
            if limit == 0, !isItem(above, bytes) { break }
        }
        return result
    }

    private static func isItem(_ start: Int, _ bytes: [UInt8]) -> Bool {
        let index = start + bytes.indentation(of: start)
        return bytes.has([.hyphen, .space], at: index)
    }

    /// The keys that a line stands below. What stands behind the dash of its own item is beside it.
    private static func parents(of start: Int, in bytes: [UInt8]) -> [String] {
        var (column, isList) = (bytes.indentation(of: start), isItem(start, bytes))
        var result: [String] = []
        for line in ancestors(of: start, in: bytes) {
            let own = behindDashes(line, in: bytes) - line
            // The dashes of a list may stand right below its key.
            if own < column || own == column && isList, let name = key(ofLine: line, in: bytes)?.name {
                result.append(name)
            }
            (column, isList) = (bytes.indentation(of: line), isItem(line, bytes))
        }
        return result.reversed()
    }

    /// The line with the `|` or `>` that a line stands below.
    private static func header(above line: Range<Int>, in bytes: [UInt8]) -> Int? {
        ancestors(of: line.lowerBound, in: bytes).last { start in
            let text = bytes.string(bytes.line(of: start)).prefix { $0 != "#" }
            let end = String(text).trimmed
            guard let mark = end.lastIndex(where: { $0 == "|" || $0 == ">" }) else { return false }
            let behind = end[end.index(after: mark)...]
            let before = end[..<mark].last
            return behind.allSatisfy { "+-123456789".contains($0) } && (before == " " || before == nil)
        }
    }
}
