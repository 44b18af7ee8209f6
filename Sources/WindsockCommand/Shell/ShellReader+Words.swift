import Bytes

extension ShellReader {
    private static let ends: [UInt8] = [
        .space, .tab, .carriageReturn, .lineFeed, .semicolon, .ampersand, .verticalBar, .leftParenthesis,
        .rightParenthesis, .lessThan, .greaterThan,
    ]

    /// The next word; without parts where there is none.
    mutating func word() -> ShellScript.Word {
        var parts: [ShellScript.Part] = []
        var plain: [UInt8] = []
        func flush() {
            if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self), isQuoted: false)) }
            plain = []
        }
        loop: while let byte = next {
            switch byte {
            case .backslash:
                position += 1
                guard let escaped = next else { break loop }
                position += 1
                // The end of a line behind it goes with it.
                if escaped == .lineFeed { continue }
                flush()
                let character = scalar(from: position - 1)
                parts.append(.text(character, isQuoted: true))
            case .apostrophe:
                flush()
                position += 1
                parts.append(.text(literal(), isQuoted: true))
            case .quotationMark:
                flush()
                position += 1
                // What is empty in quotes is a word, too.
                parts += [.text("", isQuoted: true)] + quotedParts(until: .quotationMark)
            case .dollar, .backtick:
                flush()
                parts += expansion(isQuoted: false)
            case .lessThan where following(1) == .leftParenthesis, .greaterThan where following(1) == .leftParenthesis:
                flush()
                position += 2
                parts.append(nested { $0.steps(until: .rightParenthesis) }.map { .output($0) } ?? .computed)
            case _ where Self.ends.contains(byte): break loop
            default:
                plain.append(byte)
                position += 1
            }
        }
        flush()
        return ShellScript.Word(parts: parts)
    }

    /// The character that begins at a byte, of which the first was passed over already.
    private mutating func scalar(from start: Int) -> String {
        while let byte = next, byte & 0xc0 == 0x80 { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// What stands up to the next `'`.
    private mutating func literal() -> String {
        let end = bytes[position...].firstIndex(of: .apostrophe) ?? bytes.count
        defer { position = min(end + 1, bytes.count) }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    /// What stands in double quotes, or in a text that is read as if it did.
    ///
    /// - Parameter end: What ends it; `nil`: the end of the script.
    mutating func quotedParts(until end: UInt8?) -> [ShellScript.Part] {
        var parts: [ShellScript.Part] = []
        var plain: [UInt8] = []
        func flush() {
            if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self), isQuoted: true)) }
            plain = []
        }
        while let byte = next {
            if byte == end {
                position += 1
                break
            }
            switch byte {
            case .backslash:
                position += 1
                guard let escaped = next else { break }
                position += 1
                switch escaped {
                case .lineFeed: break
                case .dollar, .backtick, .backslash, .quotationMark: plain.append(escaped)
                default: plain += [.backslash, escaped]
                }
            case .dollar, .backtick:
                flush()
                parts += expansion(isQuoted: true)
            default:
                plain.append(byte)
                position += 1
            }
        }
        flush()
        return parts
    }

    // MARK: What the shell puts in

    private mutating func expansion(isQuoted: Bool) -> [ShellScript.Part] {
        if next == .backtick { return [backticks()] }
        position += 1
        switch next {
        case .leftParenthesis where takeArithmetic(): return [.computed]
        case .leftParenthesis:
            position += 1
            return [nested { $0.steps(until: .rightParenthesis) }.map { .output($0) } ?? .computed]
        case .leftBrace: return [braces(isQuoted)]
        case .apostrophe where !isQuoted:
            position += 1
            return [.text(escapedLiteral(), isQuoted: true)]
        case .quotationMark where !isQuoted:
            position += 1
            return [.text("", isQuoted: true)] + quotedParts(until: .quotationMark)
        case let byte?:
            if Self.isNameByte(byte), !byte.isDigit {
                let start = position
                while let byte = next, Self.isNameByte(byte) { position += 1 }
                return [.variable(String(decoding: bytes[start..<position], as: UTF8.self), isQuoted: isQuoted)]
            }
            guard
                byte.isDigit
                    || [.questionMark, .atSign, .asterisk, .numberSign, .exclamationMark, .hyphen, .dollar].contains(
                        byte)
            else { return [.text("$", isQuoted: isQuoted)] }
            position += 1
            return [.computed]
        case nil: return [.text("$", isQuoted: isQuoted)]
        }
    }

    /// Longer ones are none: to look for the end of each would take for ever where there are many.
    private static let maximumArithmetic = 512

    /// Passes over `((…))`, in which `<<` moves bits; what only begins like it, a group in a group, is left.
    mutating func takeArithmetic() -> Bool {
        guard next == .leftParenthesis, following(1) == .leftParenthesis else { return false }
        var level = 0
        for index in bytes[position...].indices.prefix(Self.maximumArithmetic) {
            if bytes[index] == .leftParenthesis { level += 1 }
            if bytes[index] == .rightParenthesis { level -= 1 }
            if bytes[index] == .lineFeed
                || level == 1 && bytes[index] == .rightParenthesis && index + 1 < bytes.count
                    && bytes[index + 1] != .rightParenthesis
            {
                return false
            }
            if level == 0 {
                position = index + 1
                return true
            }
        }
        return false
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == .underscore }

    /// `${name}`; with signs in it the shell computes something.
    private mutating func braces(_ isQuoted: Bool) -> ShellScript.Part {
        position += 1
        let start = position
        var level = 1
        while let byte = next, level > 0 {
            if byte == .leftBrace { level += 1 }
            if byte == .rightBrace { level -= 1 }
            if byte == .backslash { position = min(position + 1, bytes.count - 1) }
            position += 1
        }
        let name = bytes[start..<max(start, position - 1)]
        guard !name.isEmpty, name.allSatisfy(Self.isNameByte), name.first?.isDigit == false else { return .computed }
        return .variable(String(decoding: name, as: UTF8.self), isQuoted: isQuoted)
    }

    private mutating func backticks() -> ShellScript.Part {
        position += 1
        var script: [UInt8] = []
        while let byte = next, byte != .backtick {
            position += 1
            if byte == .backslash, let escaped = next, [.backtick, .backslash, .dollar].contains(escaped) {
                script.append(escaped)
                position += 1
            } else {
                script.append(byte)
            }
        }
        position = min(position + 1, bytes.count)
        guard depth < Self.maximumDepth else { return .computed }
        var reader = ShellReader(script, depth: depth + 1)
        return .output(reader.steps(until: nil))
    }

    /// `$'…'`, in which a backslash means something; characters by number are not what names are made of.
    private mutating func escapedLiteral() -> String {
        var result: [UInt8] = []
        while let byte = next {
            position += 1
            if byte == .apostrophe { break }
            guard byte == .backslash, let escaped = next else {
                result.append(byte)
                continue
            }
            position += 1
            switch escaped {
            case UInt8(ascii: "n"): result.append(.lineFeed)
            case UInt8(ascii: "t"): result.append(.tab)
            case UInt8(ascii: "r"): result.append(.carriageReturn)
            case .apostrophe, .quotationMark, .backslash: result.append(escaped)
            default: result += [.backslash, escaped]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
