import Bytes

/// A literal in a program, and the code around it.
struct CodePlace {
    /// A bracket that is open where the literal stands.
    struct Opener {
        var byte: UInt8
        var index: Int
    }

    let source: SourceText
    let token: SourceText.Token
    /// From the outermost inwards.
    let openers: [Opener]

    init(_ token: SourceText.Token, in source: SourceText) {
        self.source = source
        self.token = token
        var openers: [Opener] = []
        let tokens = source.tokens.filter { $0.range.upperBound <= token.range.lowerBound }
        var next = tokens.startIndex
        var index = 0
        while index < token.range.lowerBound {
            while next < tokens.endIndex, tokens[next].range.lowerBound < index { next += 1 }
            if next < tokens.endIndex, tokens[next].range.lowerBound == index, !tokens[next].range.isEmpty {
                index = tokens[next].range.upperBound
                continue
            }
            let byte = source.bytes[index]
            if [.leftParenthesis, .leftBracket, .leftBrace].contains(byte) {
                openers.append(Opener(byte: byte, index: index))
            } else if [.rightParenthesis, .rightBracket, .rightBrace].contains(byte), !openers.isEmpty {
                openers.removeLast()
            }
            index += 1
        }
        self.openers = openers
    }

    private var bytes: [UInt8] { source.bytes }

    /// The last byte of code before a place, comments and white space passed over.
    func codeBefore(_ place: Int) -> Int? {
        var index = place
        while index > 0 {
            if let comment = source.tokens.last(where: {
                $0.isComment && $0.range.upperBound == index && !$0.range.isEmpty
            }) {
                index = comment.range.lowerBound
            } else if bytes[index - 1].isWhitespace {
                index -= 1
            } else {
                return index - 1
            }
        }
        return nil
    }

    /// The first byte of code from a place on, comments and white space passed over.
    func codeBehind(_ place: Int) -> Int? {
        var index = place
        while index < bytes.count {
            if let comment = source.tokens.first(where: {
                $0.isComment && $0.range.lowerBound == index && !$0.range.isEmpty
            }) {
                index = comment.range.upperBound
            } else if bytes[index].isWhitespace {
                index += 1
            } else {
                return index
            }
        }
        return nil
    }

    /// Whether the line ends behind a place, but for a comment.
    func endsLine(behind place: Int) -> Bool {
        guard let next = codeBehind(place) else { return true }
        return bytes[place..<next].contains(.lineFeed)
    }

    /// The literal that ends or begins at a byte of code.
    func literal(at index: Int) -> SourceText.Token? {
        source.tokens.first { !$0.isComment && $0.range.contains(index) }
    }

    /// The identifier, with what it is a member of, that ends before a place: `os.getenv`, `@Value`, `println!`.
    func callee(before place: Int) -> String {
        var end = place
        while end > 0, bytes[end - 1] == .space { end -= 1 }
        var start = end
        while start > 0, bytes[start - 1].isIdentifier || Self.joining.contains(bytes[start - 1]) { start -= 1 }
        return bytes.string(start..<end)
    }

    private static let joining = Set("@.!:$".utf8)

    /// The code of the statement up to a place; literals in it are one sign.
    func head(before place: Int) -> (text: String, start: Int) {
        var collected: [UInt8] = []
        var index = place
        while index > 0 {
            if let token = source.tokens.last(where: { $0.range.upperBound == index && !$0.range.isEmpty }) {
                index = token.range.lowerBound
                if !token.isComment { collected.append(.quotationMark) }
                continue
            }
            let byte = bytes[index - 1]
            if [.semicolon, .leftBrace, .rightBrace].contains(byte) { break }
            if byte == .lineFeed, !goesOn(before: index - 1) { break }
            collected.append(byte)
            index -= 1
        }
        while index < place, bytes[index].isWhitespace { index += 1 }
        return (String(decoding: collected.reversed(), as: UTF8.self).trimmed, index)
    }

    private func goesOn(before lineEnd: Int) -> Bool {
        guard let last = codeBefore(lineEnd) else { return false }
        return Self.goingOn.contains(bytes[last])
    }

    private static let goingOn = Set("=,([+&|?\\".utf8)

    /// The words of the statement up to the literal.
    var words: [String] {
        head(before: token.range.lowerBound).text.split { !($0.isLetter || $0.isNumber || "_@#".contains($0)) }.map(
            String.init)
    }

    /// Whether the literal is in the body of a type, and in no function of it.
    func isMember(ofTypesCalled words: Set<String>) -> Bool {
        guard let brace = openers.last(where: { $0.byte == .leftBrace }) else { return false }
        let header = head(before: brace.index).text
        let found = header.split { !($0.isLetter || $0 == "_") }.map(String.init)
        return found.contains(where: words.contains)
    }

    /// Whether the literal is an argument of an annotation: `@Value("…")`.
    var isInAnnotation: Bool {
        openers.contains { $0.byte == .leftParenthesis && callee(before: $0.index).hasPrefix("@") }
    }
}

extension String {
    /// Without the white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
