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
        if position == 0 {
            guard let begin = Self.answer(in: bytes) else { return [] }
            position = begin
        }
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

    /// Where the answer begins behind what a model thinks aloud; `nil`: it is not known yet.
    private static func answer(in bytes: [UInt8]) -> Int? {
        let (begin, end) = (Array("<think>".utf8), Array("</think>".utf8))
        let start = bytes.firstIndex { $0 > .space } ?? bytes.count
        let head = bytes[start...]
        if head.count < begin.count, begin.starts(with: head) { return nil }
        guard head.starts(with: begin) else { return start }
        return head.firstRange(of: end)?.upperBound
    }

    /// The JSON in an answer: without what a model thinks aloud, and without the fence of a code block.
    static func json(in content: [UInt8]) -> [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte <= .space }
        guard let begin = answer(in: content) else { return content }
        var rest = content[begin...].drop(while: isSpace)
        let fence = Array("```".utf8)
        guard rest.starts(with: fence), let end = rest.firstIndex(of: .lineFeed) else { return Array(rest) }
        rest = rest[(end + 1)...]
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return Array(rest.suffix(fence.count).elementsEqual(fence) ? rest.dropLast(fence.count) : rest)
    }

    private mutating func take(upTo end: Int, _ members: inout [[UInt8]]) {
        if let start, start < end { members.append(Array(bytes[start..<end])) }
        start = nil
    }
}
