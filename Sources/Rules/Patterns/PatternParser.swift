import Bytes

/// Reads the common part of PCRE2's and RE2's pattern syntax into a `PatternNode`.
///
/// Anything else (back-references, conditionals, recursion, `\p`, extended mode) makes `parse` return `nil`.
struct PatternParser {
    private let bytes: [UInt8]
    private var position = 0
    private var isCaseless = false
    private var dotMatchesAll = false
    private var depth = 0
    private var hasUnsureCount = false
    /// A look-around can see bytes of the line behind or before.
    private(set) var looksAcrossLines = false

    /// PCRE2 nests no deeper either (`PARENS_NEST_LIMIT`).
    private static let maximumDepth = 250

    init(_ pattern: String) { bytes = Array(pattern.utf8) }

    mutating func parse() -> PatternNode? {
        guard let node = alternation(), position == bytes.count, !hasUnsureCount else { return nil }
        return node
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func alternation() -> PatternNode? {
        // Inline options hold to the end of the group they stand in.
        let outer = (isCaseless, dotMatchesAll)
        defer { (isCaseless, dotMatchesAll) = outer }
        var branches: [PatternNode] = []
        repeat {
            guard let branch = sequence() else { return nil }
            branches.append(branch)
        } while take("|")
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func sequence() -> PatternNode? {
        var nodes: [PatternNode] = []
        while let byte = current, byte != .verticalBar, byte != .rightParenthesis {
            guard let atom = atom(), let repeated = repetition(of: atom) else { return nil }
            nodes.append(repeated)
        }
        return .sequence(nodes)
    }

    private mutating func atom() -> PatternNode? {
        guard let byte = current else { return nil }
        position += 1
        switch byte {
        case .leftParenthesis: return group()
        case .leftBracket: return characterClass().map { .set(isCaseless ? $0.caseless : $0) }
        case .period: return .set(dotMatchesAll ? .all : .allButLineFeed)
        case .caret, .dollar: return .nothing
        case .backslash: return escape()
        case .asterisk, .plus, .questionMark: return nil
        default: return .set(literal(byte))
        }
    }

    private func literal(_ byte: UInt8) -> ByteSet {
        isCaseless ? ByteSet(byte...byte).caseless : ByteSet(byte...byte)
    }

    private mutating func group() -> PatternNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { return nil }
        // Of a look-around, where it looks.
        var side: PatternNode.Side?
        var isRefusal = false
        if take("?") {
            if take("=") {
                side = .behind
            } else if take("<=") {
                side = .before
            } else if take("!") {
                (side, isRefusal) = (.behind, true)
            } else if take("<!") {
                (side, isRefusal) = (.before, true)
            } else if take("P<") || take("<") || take("'") {
                while let byte = current, byte != .greaterThan, byte != .apostrophe { position += 1 }
                guard take(">") || take("'") else { return nil }
            } else if take(">") || take(":") {
                // A group without a number.
            } else {
                let outer = (isCaseless, dotMatchesAll)
                guard let isScoped = options() else { return nil }
                if !isScoped { return .nothing }
                let body = alternation()
                (isCaseless, dotMatchesAll) = outer
                return take(")") ? body : nil
            }
        } else if current == .asterisk {
            return nil
        }
        guard let body = alternation(), take(")") else { return nil }
        if let side, body.holdsLineFeed(shortOf: side) { looksAcrossLines = true }
        guard let side else { return body }
        return isRefusal ? .refusal(body.singleBytes, side) : .nothing
    }

    /// `(?i)`, `(?i:`, `(?-i:` … after the question mark. True: a group follows; false: the options stand alone.
    private mutating func options() -> Bool? {
        var value = true
        while let byte = current {
            position += 1
            switch byte {
            case .hyphen: value = false
            case UInt8(ascii: "i"): isCaseless = value
            case UInt8(ascii: "s"): dotMatchesAll = value
            case UInt8(ascii: "m"): break
            // (?U) turns round which repeats are lazy: reach stays the same.
            case UInt8(ascii: "U"): break
            case .rightParenthesis: return false
            case .colon: return true
            default: return nil
            }
        }
        return nil
    }

    private mutating func repetition(of atom: PatternNode) -> PatternNode? {
        var node = atom
        while let byte = current {
            let bounds: (Int, Int?)
            switch byte {
            case .asterisk: bounds = (0, nil)
            case .plus: bounds = (1, nil)
            case .questionMark: bounds = (0, 1)
            case .leftBrace:
                guard let counted = counts() else { return node }
                bounds = counted
            default: return node
            }
            position += 1
            // Lazy and possessive marks change which match is found, not how long it can be.
            if current == .questionMark || current == .plus { position += 1 }
            node = .repetition(node, minimum: bounds.0, maximum: bounds.1)
        }
        return node
    }

    /// Digits, comma, space and tab.
    private static let countBytes = ByteSet(UInt8.digits, .comma ... .comma, .space ... .space, .tab ... .tab)

    /// `{3}`, `{3,}`, `{3,5}`: leaves the position at the closing brace. `nil`: a literal brace.
    private mutating func counts() -> (Int, Int?)? {
        guard let end = bytes[position...].firstIndex(of: .rightBrace) else { return nil }
        let content = bytes[(position + 1)..<end]
        guard content.allSatisfy({ Self.countBytes.contains($0) }) else { return nil }
        // PCRE2 reads these as counts from version 10.43 on, as they stand before.
        if content.first == .comma && content.count > 1 || content.contains(.space) || content.contains(.tab) {
            hasUnsureCount = true
        }
        let parts = content.split(separator: .comma, omittingEmptySubsequences: false)
        let numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) }
        guard let first = numbers.first, let minimum = first, parts.count <= 2 else { return nil }
        let result: (Int, Int?)
        if parts.count == 1 {
            result = (minimum, minimum)
        } else if parts[1].isEmpty {
            result = (minimum, nil)
        } else if let maximum = numbers[1] {
            result = (minimum, maximum)
        } else {
            return nil
        }
        position = end
        return result
    }

    private mutating func escape() -> PatternNode? {
        guard let byte = current else { return nil }
        switch byte {
        case _ where "bBAzZG".utf8.contains(byte):
            position += 1
            return .nothing
        case UInt8(ascii: "K"): return nil
        case _ where "123456789kgpPRXQEC".utf8.contains(byte): return nil
        default:
            guard let set = escapedSet() else { return nil }
            return .set(isCaseless ? set.caseless : set)
        }
    }

    /// The bytes that an escape stands for, in and out of classes.
    private mutating func escapedSet() -> ByteSet? {
        guard let byte = current else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "D"): return ByteSet.digits.inverted
        case UInt8(ascii: "w"): return .word
        case UInt8(ascii: "W"): return ByteSet.word.inverted
        case UInt8(ascii: "s"): return .space
        case UInt8(ascii: "S"): return ByteSet.space.inverted
        case UInt8(ascii: "h"): return .horizontalSpace
        case UInt8(ascii: "v"): return .verticalSpace
        case UInt8(ascii: "n"): return ByteSet(.lineFeed ... .lineFeed)
        case UInt8(ascii: "r"): return ByteSet(.carriageReturn ... .carriageReturn)
        case UInt8(ascii: "t"): return ByteSet(.tab ... .tab)
        case UInt8(ascii: "f"): return ByteSet(.formFeed ... .formFeed)
        case UInt8(ascii: "e"): return ByteSet(.escape ... .escape)
        case UInt8(ascii: "a"): return ByteSet(.bell ... .bell)
        case UInt8(ascii: "x"): return hexadecimal()
        case _ where byte.isAlphanumeric: return nil
        default: return ByteSet(byte...byte)
        }
    }

    private mutating func hexadecimal() -> ByteSet? {
        let digits: ArraySlice<UInt8>
        if take("{") {
            guard let end = bytes[position...].firstIndex(of: .rightBrace) else { return nil }
            digits = bytes[position..<end]
            position = end + 1
        } else {
            digits = bytes[position...].prefix(2)
            position += digits.count
        }
        guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
        return ByteSet(value...value)
    }

    private mutating func characterClass() -> ByteSet? {
        var set = ByteSet()
        let isNegated = take("^")
        var isFirst = true
        while let byte = current, byte != .rightBracket || isFirst {
            isFirst = false
            if bytes[position...].starts(with: [.leftBracket, .colon]) {
                guard let named = namedClass() else { return nil }
                set.formUnion(named)
                continue
            }
            guard let member = classMember() else { return nil }
            guard current == .hyphen, position + 1 < bytes.count, bytes[position + 1] != .rightBracket,
                let low = member.single
            else {
                set.formUnion(member.set)
                continue
            }
            position += 1
            guard let high = classMember()?.single, low <= high else { return nil }
            set.insert(low...high)
        }
        guard take("]") else { return nil }
        // PCRE2 folds the members before it negates them.
        let members = isCaseless ? set.caseless : set
        return isNegated ? members.inverted : members
    }

    private mutating func classMember() -> (set: ByteSet, single: UInt8?)? {
        guard let byte = current else { return nil }
        position += 1
        guard byte == .backslash else { return (ByteSet(byte...byte), byte) }
        if current == UInt8(ascii: "b") {
            position += 1
            return (ByteSet(.backspace ... .backspace), .backspace)
        }
        guard let set = escapedSet() else { return nil }
        let members = (UInt8.min...UInt8.max).filter { set.contains($0) }
        return (set, members.count == 1 ? members[0] : nil)
    }

    private mutating func namedClass() -> ByteSet? {
        let names: [(StaticString, ByteSet)] = [
            ("[:alnum:]", .alphanumeric), ("[:alpha:]", ByteSet(UInt8.uppercaseLetters, UInt8.lowercaseLetters)),
            ("[:digit:]", .digits), ("[:xdigit:]", .hex), ("[:lower:]", ByteSet(UInt8.lowercaseLetters)),
            ("[:upper:]", ByteSet(UInt8.uppercaseLetters)), ("[:space:]", .space), ("[:word:]", .word),
            ("[:punct:]", .punctuation),
        ]
        for (name, set) in names where take(name) { return set }
        return nil
    }
}
