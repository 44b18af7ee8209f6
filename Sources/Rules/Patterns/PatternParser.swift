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
        while let byte = current, byte != 0x7c, byte != 0x29 {
            guard let atom = atom(), let repeated = repetition(of: atom) else { return nil }
            nodes.append(repeated)
        }
        return .sequence(nodes)
    }

    private mutating func atom() -> PatternNode? {
        guard let byte = current else { return nil }
        position += 1
        switch byte {
        case 0x28: return group()
        case 0x5b: return characterClass().map { .set(isCaseless ? $0.caseless : $0) }
        case 0x2e: return .set(dotMatchesAll ? .all : .allButLineFeed)
        case 0x5e, 0x24: return .nothing
        case 0x5c: return escape()
        case 0x2a, 0x2b, 0x3f: return nil
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
                while let byte = current, byte != 0x3e, byte != 0x27 { position += 1 }
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
        } else if current == 0x2a {
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
            case 0x2d: value = false
            case 0x69: isCaseless = value
            case 0x73: dotMatchesAll = value
            case 0x6d: break
            // (?U) turns round which repeats are lazy: reach stays the same.
            case 0x55: break
            case 0x29: return false
            case 0x3a: return true
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
            case 0x2a: bounds = (0, nil)
            case 0x2b: bounds = (1, nil)
            case 0x3f: bounds = (0, 1)
            case 0x7b:
                guard let counted = counts() else { return node }
                bounds = counted
            default: return node
            }
            position += 1
            // Lazy and possessive marks change which match is found, not how long it can be.
            if current == 0x3f || current == 0x2b { position += 1 }
            node = .repetition(node, minimum: bounds.0, maximum: bounds.1)
        }
        return node
    }

    /// Digits, comma, space and tab.
    private static let countBytes = ByteSet(0x30...0x39, 0x2c...0x2c, 0x20...0x20, 0x09...0x09)

    /// `{3}`, `{3,}`, `{3,5}`: leaves the position at the closing brace. `nil`: a literal brace.
    private mutating func counts() -> (Int, Int?)? {
        guard let end = bytes[position...].firstIndex(of: 0x7d) else { return nil }
        let content = bytes[(position + 1)..<end]
        guard content.allSatisfy({ Self.countBytes.contains($0) }) else { return nil }
        // PCRE2 reads these as counts from version 10.43 on, as they stand before.
        if content.first == 0x2c && content.count > 1 || content.contains(0x20) || content.contains(0x09) {
            hasUnsureCount = true
        }
        let parts = content.split(separator: 0x2c, omittingEmptySubsequences: false)
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
        case 0x62, 0x42, 0x41, 0x7a, 0x5a, 0x47:  // b B A z Z G
            position += 1
            return .nothing
        case 0x4b: return nil  // \K
        case 0x31...0x39, 0x6b, 0x67, 0x70, 0x50, 0x52, 0x58, 0x51, 0x45, 0x43: return nil
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
        case 0x64: return .digits
        case 0x44: return ByteSet.digits.inverted
        case 0x77: return .word
        case 0x57: return ByteSet.word.inverted
        case 0x73: return .space
        case 0x53: return ByteSet.space.inverted
        case 0x68: return .horizontalSpace
        case 0x76: return .verticalSpace
        case 0x6e: return ByteSet(0x0a...0x0a)
        case 0x72: return ByteSet(0x0d...0x0d)
        case 0x74: return ByteSet(0x09...0x09)
        case 0x66: return ByteSet(0x0c...0x0c)
        case 0x65: return ByteSet(0x1b...0x1b)
        case 0x61: return ByteSet(0x07...0x07)
        case 0x78: return hexadecimal()
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return nil
        default: return ByteSet(byte...byte)
        }
    }

    private mutating func hexadecimal() -> ByteSet? {
        let digits: ArraySlice<UInt8>
        if take("{") {
            guard let end = bytes[position...].firstIndex(of: 0x7d) else { return nil }
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
        while let byte = current, byte != 0x5d || isFirst {
            isFirst = false
            if bytes[position...].starts(with: [0x5b, 0x3a]) {
                guard let named = namedClass() else { return nil }
                set.formUnion(named)
                continue
            }
            guard let member = classMember() else { return nil }
            guard current == 0x2d, position + 1 < bytes.count, bytes[position + 1] != 0x5d,
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
        guard byte == 0x5c else { return (ByteSet(byte...byte), byte) }
        if current == 0x62 {
            position += 1
            return (ByteSet(0x08...0x08), 0x08)
        }
        guard let set = escapedSet() else { return nil }
        let members = (UInt8.min...UInt8.max).filter { set.contains($0) }
        return (set, members.count == 1 ? members[0] : nil)
    }

    private mutating func namedClass() -> ByteSet? {
        let names: [(StaticString, ByteSet)] = [
            ("[:alnum:]", ByteSet(0x30...0x39, 0x41...0x5a, 0x61...0x7a)),
            ("[:alpha:]", ByteSet(0x41...0x5a, 0x61...0x7a)),
            ("[:digit:]", .digits), ("[:xdigit:]", ByteSet(0x30...0x39, 0x41...0x46, 0x61...0x66)),
            ("[:lower:]", ByteSet(0x61...0x7a)), ("[:upper:]", ByteSet(0x41...0x5a)), ("[:space:]", .space),
            ("[:word:]", .word), ("[:punct:]", ByteSet(0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e)),
        ]
        for (name, set) in names where take(name) { return set }
        return nil
    }
}
