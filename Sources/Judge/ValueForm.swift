import Bytes

extension ValueKind {
    /// 8-4-4-4-12 hex digits.
    static func isUUID(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count == 36 else { return false }
        for (index, byte) in value.enumerated() {
            let isBorder = index == 8 || index == 13 || index == 18 || index == 23
            guard isBorder ? byte == .hyphen : byte.isHexDigit else { return false }
        }
        return true
    }

    /// Something is to be put in its place: `is_template` in `features.py`.
    static func isTemplate(_ value: UnsafeRawBufferPointer) -> Bool {
        if hasTemplateMark(value) { return true }
        guard value.count > 1, let first = value.first, let last = value.last else { return false }
        switch (first, last) {
        case (.lessThan, .greaterThan), (.leftBrace, .rightBrace), (.leftBracket, .rightBracket),
            (.percent, .percent), (.leftParenthesis, .rightParenthesis):
            return true
        default: return first == .dollar && ByteClass(value[1]).isLetter
        }
    }

    /// `${ {{ }} <% #{ $( %( %s %d %v %{ {0} [[ @{ $$`
    private static func hasTemplateMark(_ value: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<max(0, value.count &- 1) {
            let next = value[index &+ 1]
            switch value[index] {
            case .dollar: if next == .leftBrace || next == .leftParenthesis || next == .dollar { return true }
            case .leftBrace:
                if next == .leftBrace { return true }
                if next == UInt8(ascii: "0"), index &+ 2 < value.count, value[index &+ 2] == .rightBrace { return true }
            case .rightBrace: if next == .rightBrace { return true }
            case .lessThan: if next == .percent { return true }
            case .numberSign, .atSign: if next == .leftBrace { return true }
            case .percent:
                switch next {
                case .leftParenthesis, .leftBrace, UInt8(ascii: "s"), UInt8(ascii: "d"), UInt8(ascii: "v"): return true
                default: break
                }
            case .leftBracket: if next == .leftBracket { return true }
            default: break
            }
        }
        return false
    }

    /// Something has `://` in it.
    static func isURL(_ value: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<max(0, value.count &- 2)
        where value[index] == .colon && value[index &+ 1] == .slash && value[index &+ 2] == .slash { return true }
        return false
    }

    /// It begins like a path, of Windows, too. The value has two bytes or more.
    static func isPath(_ value: UnsafeRawBufferPointer) -> Bool {
        switch value[0] {
        case .slash, .tilde, .backslash: return true
        case .period: if value[1] == .slash || value[1] == .period { return true }
        default: break
        }
        return value.count > 2 && value[1] == .colon && (value[2] == .slash || value[2] == .backslash)
    }
}
