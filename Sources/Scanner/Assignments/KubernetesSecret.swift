internal import Bytes
internal import Judge

/// The `data` and `stringData` of a Kubernetes Secret in YAML: lines `key: value` below them.
struct KubernetesSecret {
    private let text: UnsafeRawBufferPointer
    private let place: Int
    /// What such a value is known by.
    static let keywords = ["kind: secret", "stringdata"].map { Array($0.utf8) }

    /// How far above and below `kind: Secret` its values are looked for, in bytes and lines.
    private static let reach = 3000
    private static let lines = 60
    /// How far from `kind: Secret` a member may end, in bytes: `data:` stands that far from it, and the member from that.
    static let furthestMember = 2 * reach + 2 * AssignmentReader.longestValue

    /// - Parameter place: Of `kind: Secret` or `stringData:`.
    init(at place: Int, in text: UnsafeRawBufferPointer) {
        self.place = place
        self.text = text
    }

    func values() -> [Assignment] {
        let own = SourceLines.own(of: place..<place, in: text, reach: 200)
        let column = LineBeginning(of: own.lowerBound, in: text).indentation
        if text[place] == UInt8(ascii: "s") { return members(below: own, column) }
        var result: [Assignment] = []
        for line in SourceLines.above(own.lowerBound, in: text, downTo: max(0, own.lowerBound - Self.reach)).prefix(
            Self.lines)
        {
            if text.slice(line).starts(with: Array("---".utf8)) { break }
            if isData(line, column) { result += members(below: line, column) }
        }
        let highest = min(text.count, own.upperBound + Self.reach)
        for line in SourceLines.below(own.upperBound, in: text, upTo: highest).prefix(Self.lines) {
            if text.slice(line).starts(with: Array("---".utf8)) { break }
            if isData(line, column) { result += members(below: line, column) }
        }
        return result
    }

    private func isData(_ line: Range<Int>, _ column: Int) -> Bool {
        guard LineBeginning(of: line.lowerBound, in: text).indentation == column else { return false }
        let content = LiteralParser.trimmed(line, text)
        return text.slice(content).equalsCaseless("data:") || text.slice(content).equalsCaseless("stringdata:")
    }

    private func members(below line: Range<Int>, _ column: Int) -> [Assignment] {
        var result: [Assignment] = []
        let highest = min(text.count, line.upperBound + Self.reach)
        for member in SourceLines.below(line.upperBound, in: text, upTo: highest).prefix(Self.lines) {
            var cursor = TextCursor(text, at: member.lowerBound, reach: member.count)
            cursor.skipBlanks()
            if cursor.isAtEnd || cursor.peek() == .numberSign || cursor.peek() == .carriageReturn { continue }
            guard cursor.index - member.lowerBound > column else { break }
            if cursor.peek().isQuote { cursor.index += 1 }
            let key = cursor.takeName()
            if cursor.peek().isQuote { cursor.index += 1 }
            guard !key.isEmpty, cursor.take(.colon), cursor.peek().isBlank else { continue }
            cursor.skipBlanks()
            var value = LiteralParser.literal(&cursor, mayGoOn: false, holdsScheme: false)
            if value == nil { value = LiteralParser.bare(&cursor, stops: LiteralParser.lineStops, endsWithLine: true) }
            guard let value, !value.range.isEmpty else { continue }
            result.append(Assignment(name: key, value: value.range, syntax: .member, quote: value.quote))
        }
        return result
    }
}
