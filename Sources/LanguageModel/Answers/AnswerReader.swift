internal import Bytes

/// Finds the members of a JSON object while it comes, each when it is whole.
struct AnswerReader {
    private var bytes: [UInt8] = []
    /// How far it was looked at.
    private var position = 0
    private var depth = 0
    private var isText = false
    private var isEscaped = false
    /// Where the member that is coming begins.
    private var start: Int?

    /// - Returns: Members that are whole now, as they are written: `"why":"…"`.
    mutating func add(_ more: ArraySlice<UInt8>) -> [[UInt8]] {
        bytes += more
        var members: [[UInt8]] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == .backslash {
                    isEscaped = true
                } else if byte == .quotationMark {
                    isText = false
                }
                continue
            }
            switch byte {
            case .quotationMark: isText = true
            // Outside of an object there are no members.
            case .leftBrace, .leftBracket:
                depth += 1
                if depth == 1, byte == .leftBrace { start = position }
            case .rightBrace, .rightBracket:
                depth -= 1
                if depth == 0 { take(upTo: position - 1, &members) }
            case .comma where depth == 1 && start != nil:
                take(upTo: position - 1, &members)
                start = position
            default: break
            }
        }
        return members
    }

    private mutating func take(upTo end: Int, _ members: inout [[UInt8]]) {
        if let start, start < end { members.append(Array(bytes[start..<end])) }
        start = nil
    }
}
