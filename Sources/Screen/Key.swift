/// A key, or what a terminal sends for one.
package enum Key: Hashable, Sendable {
    case character(Character)
    case enter, escape, backspace, tab
    case up, down, left, right, pageUp, pageDown, home, end
    /// A letter with Ctrl: `c`.
    case control(Character)
}

/// Makes keys of the bytes that a terminal sends. What nobody knows is left out, as a whole: none of it becomes a letter.
package struct KeyReader {
    /// The beginning of a key whose rest has not come yet.
    private var rest: [UInt8] = []

    package init() {}

    /// Whether there is a beginning that may be all: a lone escape.
    package var isWaiting: Bool { !rest.isEmpty }

    /// - Parameter bytes: As they come. None: nothing more has come for a while, and what is there is all.
    package mutating func keys(in bytes: [UInt8]) -> [Key] {
        var text = rest[...] + bytes
        rest = []
        var keys: [Key] = []
        while let first = text.first {
            if first == 0x1b {
                guard let length = Self.length(ofSequence: text) else {
                    if bytes.isEmpty {
                        // An escape alone; what stands behind it was cut off.
                        if text.count == 1 { keys.append(.escape) }
                    } else {
                        rest = Array(text)
                    }
                    return keys
                }
                let sequence = text.prefix(length)
                text = text.dropFirst(length)
                if length == 1 { keys.append(.escape) } else if let key = Self.key(of: sequence) { keys.append(key) }
                continue
            }
            let length = Self.length(ofCharacter: first)
            guard text.count >= length else {
                if !bytes.isEmpty { rest = Array(text) }
                return keys
            }
            if let key = Self.key(ofCharacter: text.prefix(length)) { keys.append(key) }
            text = text.dropFirst(length)
        }
        return keys
    }

    /// How many bytes an escape sequence has; `nil`: that is not all of it.
    private static func length(ofSequence text: ArraySlice<UInt8>) -> Int? {
        guard let second = text.dropFirst().first else { return nil }
        switch second {
        case UInt8(ascii: "["):
            // Parameters, then one byte that ends it.
            let body = text.dropFirst(2)
            guard let end = body.firstIndex(where: { (0x40...0x7e).contains($0) }) else {
                // No key has that many: it is none.
                return body.count > 32 ? text.count : nil
            }
            return text.distance(from: text.startIndex, to: end) + 1
        case UInt8(ascii: "O"): return text.count >= 3 ? 3 : nil
        case 0x1b: return 1
        // Alt and a letter.
        default: return 1 + min(length(ofCharacter: second), text.count - 1)
        }
    }

    private static func key(of sequence: ArraySlice<UInt8>) -> Key? {
        switch String(decoding: sequence.dropFirst(), as: UTF8.self) {
        case "[A", "OA": .up
        case "[B", "OB": .down
        case "[C", "OC": .right
        case "[D", "OD": .left
        case "[5~": .pageUp
        case "[6~": .pageDown
        case "[H", "OH", "[1~", "[7~": .home
        case "[F", "OF", "[4~", "[8~": .end
        default: nil
        }
    }

    private static func length(ofCharacter first: UInt8) -> Int {
        switch first {
        case 0xc2...0xdf: 2
        case 0xe0...0xef: 3
        case 0xf0...0xf4: 4
        default: 1
        }
    }

    private static func key(ofCharacter bytes: ArraySlice<UInt8>) -> Key? {
        switch bytes.first {
        case 0x0d, 0x0a: return .enter
        case 0x09: return .tab
        case 0x08, 0x7f: return .backspace
        case .some(let byte) where byte < 0x20:
            return byte == 0 ? nil : .control(Character(Unicode.Scalar(byte + 0x60)))
        default:
            guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else { return nil }
            return .character(character)
        }
    }
}
