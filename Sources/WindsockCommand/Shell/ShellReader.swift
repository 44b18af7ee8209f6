import Bytes

/// Reads a shell's script.
struct ShellReader {
    let bytes: [UInt8]
    /// In how many scripts, groups and words this one stands.
    var depth: Int
    var position = 0
    /// The end of the line behind which texts stand that commands of the line read, and the end of these texts.
    var documents: (line: Int, end: Int)?

    /// Deeper ones are no scripts that anybody means.
    static let maximumDepth = 40

    init(_ bytes: [UInt8], depth: Int) { (self.bytes, self.depth) = (bytes, depth) }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func following(_ count: Int) -> UInt8? { position + count < bytes.count ? bytes[position + count] : nil }

    /// Passes over a text, if it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        let own = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[position...].starts(with: own) else { return false }
        position += own.count
        return true
    }

    // MARK: Commands

    /// Commands up to the script's end, or to the bracket that ends the group.
    mutating func steps(until end: UInt8?) -> [ShellScript.Step] {
        var steps: [ShellScript.Step] = []
        var command = ShellScript.Command(joint: .next)
        func finish(_ joint: ShellScript.Joint) {
            if !command.words.isEmpty || !command.redirections.isEmpty { steps.append(.command(command)) }
            command = ShellScript.Command(joint: joint)
        }
        while let byte = next {
            if byte == end {
                position += 1
                finish(.next)
                return steps
            }
            if let joint = joint() {
                finish(joint)
                continue
            }
            switch byte {
            case .space, .tab, .carriageReturn: position += 1
            case .backslash where following(1) == .lineFeed: position += 2
            case .numberSign: position = bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
            case .leftParenthesis where command.words.isEmpty && takeArithmetic(): break
            case .leftParenthesis:
                position += 1
                guard let group = nested({ $0.steps(until: .rightParenthesis) }) else { continue }
                // What stands ahead of it is the name of a function, or a list.
                let joint = command.joint
                finish(.next)
                if !group.isEmpty { steps.append(.group(group, joint: joint)) }
            case .rightParenthesis:
                position += 1
                finish(.next)
            default: readPart(of: &command)
            }
        }
        finish(.next)
        return steps
    }

    /// What is ahead of the next command, if this one ends here.
    private mutating func joint() -> ShellScript.Joint? {
        switch next {
        case .lineFeed:
            position = documents.flatMap { $0.line == position ? $0.end : nil } ?? position + 1
            documents = nil
            return .next
        case .semicolon:
            position += 1
            return .next
        case .ampersand where following(1) != .greaterThan:
            if take("&&") { return .and }
            position += 1
            return .next
        case .verticalBar:
            if take("||") { return .or }
            if !take("|&") { position += 1 }
            return .pipe
        default: return nil
        }
    }

    private mutating func readPart(of command: inout ShellScript.Command) {
        let isInput = next == .lessThan || next == .greaterThan
        // `<(command)` is a word: the name of a pipe.
        if isInput, following(1) != .leftParenthesis || following(2) == nil || next == following(1) {
            return readRedirection(into: &command)
        }
        if next == .ampersand { return readRedirection(into: &command) }
        let start = position
        let word = self.word()
        if position == start { position += 1 }
        // `2>`: a number there is of what is redirected, and no word.
        if next == .lessThan || next == .greaterThan, following(1) != .leftParenthesis,
            bytes[start..<position].allSatisfy(\.isDigit)
        {
            return
        }
        if !word.parts.isEmpty { command.words.append(word) }
    }

    /// Reads what stands in brackets; what is too deep is read as if they were not there.
    mutating func nested<Result>(_ read: (inout ShellReader) -> Result) -> Result? {
        guard depth < Self.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        return read(&self)
    }

    // MARK: Redirections

    private mutating func readRedirection(into command: inout ShellScript.Command) {
        let start = position
        let operations: [StaticString] = ["<<<", "<<-", "<<", "<&", "<>", "<", "&>>", "&>", ">>", ">&", ">|", ">"]
        guard operations.contains(where: { take($0) }) else {
            position += 1
            return
        }
        let operation = String(decoding: bytes[start..<position], as: UTF8.self)
        while next == .space || next == .tab { position += 1 }
        let target = word()
        var redirection = ShellScript.Redirection(operation: operation, target: target)
        if operation == "<<" || operation == "<<-" {
            redirection.document = document(endingWith: target, isIndented: operation == "<<-")
        }
        // `2>&1`, `>&-`: no file.
        if operation.hasSuffix("&"), case .text(let text, _) = target.parts.first, target.parts.count == 1,
            text == "-" || text.allSatisfy(\.isNumber)
        {
            return
        }
        command.redirections.append(redirection)
    }

    /// The text behind the line that this one stands in, and behind those that the line has already.
    private mutating func document(endingWith end: ShellScript.Word, isIndented: Bool) -> ShellScript.Document {
        var isLiteral = false
        var mark = ""
        for case .text(let text, let isQuoted) in end.parts {
            mark += text
            if isQuoted { isLiteral = true }
        }
        let line = documents?.line ?? bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
        var start = documents?.end ?? min(line + 1, bytes.count)
        var lines: [ArraySlice<UInt8>] = []
        while start < bytes.count {
            let stop = bytes[start...].firstIndex(of: .lineFeed) ?? bytes.count
            var text = bytes[start..<stop]
            start = min(stop + 1, bytes.count)
            if isIndented { text = text.drop { $0 == .tab } }
            if text.elementsEqual(mark.utf8) || text.dropLast().elementsEqual(mark.utf8) && text.last == .carriageReturn
            {
                break
            }
            lines.append(text)
        }
        documents = (line, start)
        let body = Array(lines.joined(separator: [.lineFeed])) + (lines.isEmpty ? [] : [.lineFeed])
        var document = ShellScript.Document(text: String(decoding: body, as: UTF8.self), isLiteral: isLiteral)
        guard !isLiteral, body.contains(.dollar) || body.contains(.backtick), depth < Self.maximumDepth else {
            return document
        }
        var reader = ShellReader(body, depth: depth + 1)
        for case .output(let steps) in reader.quotedParts(until: nil) { document.outputs.append(steps) }
        return document
    }
}
