internal import Bytes

/// What is masked in a request beyond what a scan hides in shown lines: masking too much costs advice little, and too little a
/// secret.
struct CautiousRanges {
    private let text: [UInt8]
    private let lines: [Range<Int>]
    private let hidden: [Range<Int>]

    /// Fewer items of a list are flags, versions and the like.
    private static let shortestList = 8
    /// Lines that a value over several lines is followed down.
    private static let mostLines = 40

    /// - Parameters:
    ///   - lines: Those that are shown, in order, without their ends.
    ///   - hidden: What is masked already, in order.
    init(_ text: [UInt8], lines: [Range<Int>], hidden: [Range<Int>]) {
        self.text = text
        self.lines = lines
        self.hidden = hidden
    }

    /// Where it stands; some overlap.
    func ranges() -> [Range<Int>] {
        var result: [Range<Int>] = []
        var literals = lines.map { Literals.ranges(in: text[$0]) }
        // A name is no value, and says what the value is for.
        for index in literals.indices { literals[index].removeAll { isName($0) } }
        var isTold = lines.map { line in hidden.contains { $0.overlaps(line) } }
        for (index, line) in lines.enumerated() {
            guard let end = SecretWords.end(in: text[line]) else { continue }
            isTold[index] = true
            // A name within a text has its value there: `"KEY=…"`.
            let own = Literals.ranges(in: text[line]).first { $0.contains(end) }
            result += values(behind: end, in: line.lowerBound..<(own?.upperBound ?? line.upperBound))
            result += continued(behind: end, line: index)
        }
        spread(&isTold)
        for (index, line) in lines.enumerated() {
            let found = literals[index].filter { !isCovered($0) }
            if isTold[index] { result += found }
            result += found.filter { looksLikePassword(text[$0]) || isPhrase(text[$0]) }
            if text[line].first(where: { $0 > .space }) == UInt8(ascii: "|") { result += mixedWords(line) }
        }
        return result.filter { !$0.isEmpty } + lists()
    }

    /// `MISTRAL_API_KEY` of a look-up, and the key of a member: `"Accept": …`.
    private func isName(_ range: Range<Int>) -> Bool {
        let content = text[range]
        var next = range.upperBound + 1
        while next < text.count, text[next] == .space { next += 1 }
        if next < text.count, text[next] == .colon || text[next...].starts(with: "=>".utf8) {
            return !content.contains(where: \.isDigit)
        }
        return content.contains(UInt8(ascii: "_"))
            && content.allSatisfy { $0 == UInt8(ascii: "_") || $0.isLetter && !$0.isLowercase }
    }

    /// Whether so much of a literal is masked that the rest of it are words.
    private func isCovered(_ range: Range<Int>) -> Bool {
        let parts = hidden.filter { $0.overlaps(range) }
        if parts.isEmpty { return false }
        let rest = range.filter { index in !parts.contains { $0.contains(index) } }
        return !rest.contains { text[$0].isDigit }
    }

    // MARK: Behind a name

    /// What stands behind the name of a secret: bare values whole, of code its literals, which are taken elsewhere.
    private func values(behind end: Int, in line: Range<Int>) -> [Range<Int>] {
        var start = end
        while start < line.upperBound, " \t\"'`*:=+>-,(".utf8.contains(text[start]) { start += 1 }
        guard start < line.upperBound else { return [] }
        let rest = text[start..<line.upperBound]
        let hasSign = text[end..<start].contains { $0 == .colon || $0 == .equalsSign }
        let hasQuote = text[end..<start].contains { $0 == .quotationMark || $0 == .apostrophe || $0 == 0x60 }
        if hasQuote || Self.isCode(rest) { return mixedWords(start..<line.upperBound) }
        if hasSign {
            guard let known = hidden.first(where: { $0.contains(start) }) else { return [start..<line.upperBound] }
            guard known.upperBound < line.upperBound else { return [] }
            let rest = text[known.upperBound..<line.upperBound].drop { $0 <= .space }
            let isComment = rest.first == UInt8(ascii: "#") || rest.starts(with: "//".utf8)
            return isComment || !rest.contains(where: \.isAlphanumeric) ? [] : [rest.startIndex..<line.upperBound]
        }
        return mixedWords(start..<line.upperBound)
    }

    private static func isCode(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first else { return true }
        if "$[{(<&*|".utf8.contains(first) { return true }
        guard first.isLetter || first == UInt8(ascii: "_") else { return false }
        let end = rest.firstIndex { !$0.isAlphanumeric && $0 != UInt8(ascii: "_") } ?? rest.endIndex
        return end == rest.endIndex
            ? !rest.contains(where: \.isDigit)
            : ".([{;,)".utf8.contains(rest[end]) || rest[end...].contains(.quotationMark)
    }

    /// Words of a line that are no words of a language, as passwords in prose are.
    private func mixedWords(_ range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard text[index] > .space, !"\"'`|,;()[]{}<>".utf8.contains(text[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < range.upperBound, text[index] > .space, !"\"'`|,;()[]{}<>".utf8.contains(text[index]) {
                index += 1
            }
            let word = text[start..<index]
            let isMixed = word.contains(where: \.isDigit)
            if word.count >= 4, isMixed, !hidden.contains(where: { $0.overlaps(start..<index) }) {
                result.append(start..<index)
            }
        }
        return result
    }

    /// Lines below a name whose value begins there: blocks, here documents, arguments of a call, a table's rows.
    private func continued(behind end: Int, line index: Int) -> [Range<Int>] {
        let line = lines[index]
        let rest = text[end..<line.upperBound].filter { $0 > .space }
        let isOpen =
            rest.isEmpty || rest.contains(where: { ":=|>([,".utf8.contains($0) }) && rest.count <= 6
            || rest.suffix(3).elementsEqual("\"\"\"".utf8) || rest.suffix(3).elementsEqual("'''".utf8)
            || rest.contains(UInt8(ascii: "<")) && rest.count <= 12
        guard isOpen else { return [] }
        let isTable = text[line].contains(.comma) && !text[line].contains(.equalsSign) && rest.isEmpty
        var result: [Range<Int>] = []
        for next in lines[(index + 1)...].prefix(isTable || rest.contains(UInt8(ascii: "|")) ? Self.mostLines : 3) {
            var start = next.lowerBound
            while start < next.upperBound, " \t\"'`-".utf8.contains(text[start]) { start += 1 }
            var last = next.upperBound
            while last > start, " \t\"'`,;)".utf8.contains(text[last - 1]) { last -= 1 }
            guard start < last else { break }
            let content = text[start..<last]
            // What has a sign of its own is a statement of its own.
            if !isTable, content.contains(where: { $0 == .equalsSign || $0 == .colon || $0 == .leftParenthesis }) {
                break
            }
            if content.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "}") }) { break }
            if !hidden.contains(where: { $0.overlaps(start..<last) }) { result.append(start..<last) }
            if !isTable, !rest.contains(UInt8(ascii: "|")), content.count < 3 { break }
        }
        return result
    }

    // MARK: What is joined

    /// From a line with something masked to the lines that go on with it.
    private func spread(_ isTold: inout [Bool]) {
        guard lines.count > 1 else { return }
        for _ in 0..<2 {
            for index in 1..<lines.count where isTold[index - 1] != isTold[index] {
                if isJoined(lines[index - 1], lines[index]) { (isTold[index - 1], isTold[index]) = (true, true) }
            }
            for index in (1..<lines.count).reversed() where isTold[index - 1] != isTold[index] {
                if isJoined(lines[index - 1], lines[index]) { (isTold[index - 1], isTold[index]) = (true, true) }
            }
        }
    }

    private func isJoined(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        guard let last = text[first].last(where: { $0 > .space }),
            let start = text[second].firstIndex(where: { $0 > .space })
        else { return false }
        if "+\\.&%(".utf8.contains(last) || "+.&%".utf8.contains(text[start]) { return true }
        func isQuote(_ byte: UInt8) -> Bool { byte == .quotationMark || byte == .apostrophe }
        if isQuote(text[start]), isQuote(last) || last == .comma {
            return !text[second].contains(.colon)
        }
        guard let quote = text[first].firstIndex(where: isQuote), let other = text[second].firstIndex(where: isQuote)
        else { return false }
        let prefix = text[first.lowerBound..<quote]
        // `sb.append("…");` after another one; `K+='…'` after `K='…'`.
        func target(_ bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.filter { $0 > .space && !"+=.".utf8.contains($0) } }
        let name = target(prefix)
        return !name.isEmpty && name == target(text[second.lowerBound..<other])
    }

    // MARK: Shapes

    /// A word with capitals, small letters and digits.
    private func looksLikePassword(_ content: ArraySlice<UInt8>) -> Bool {
        content.count >= 8 && content.count <= 64 && content.count(where: \.isDigit) >= 2
            && content.contains(where: \.isLowercase) && content.contains { $0.isLetter && !$0.isLowercase }
            && !content.contains { $0 <= .space || $0 == .slash }
    }

    /// Eleven words of small letters and nothing else, as phrases are from which keys are made.
    private func isPhrase(_ content: ArraySlice<UInt8>) -> Bool {
        content.allSatisfy { $0.isLowercase || $0 == .space }
            && content.split(separator: .space).count >= 11
    }

    /// Lists of numbers, characters, pieces of hex and short words, over lines.
    private func lists() -> [Range<Int>] {
        var result: [Range<Int>] = []
        var items = 0
        var span = 0..<0
        func flush() { if items >= Self.shortestList { result.append(span) } }
        for part in spans {
            var index = part.lowerBound
            (items, span) = (0, 0..<0)
            while index < part.upperBound {
                let byte = text[index]
                if byte <= .space || ",;:+.\"'`\\-".utf8.contains(byte) {
                    index += 1
                    continue
                }
                let start = index
                while index < part.upperBound, text[index].isAlphanumeric || text[index] >= 0x80 { index += 1 }
                if index > start, isItem(start..<index) {
                    if items == 0 { span = start..<index }
                    items += 1
                    span = span.lowerBound..<index
                } else {
                    flush()
                    items = 0
                    if index == start { index += 1 }
                }
            }
            flush()
        }
        return result
    }

    /// The shown parts of the text, as wholes.
    private var spans: [Range<Int>] {
        var result: [Range<Int>] = []
        for line in lines {
            if let last = result.last, line.lowerBound - last.upperBound <= 2 {
                result[result.count - 1] = last.lowerBound..<line.upperBound
            } else {
                result.append(line)
            }
        }
        return result
    }

    private func isItem(_ range: Range<Int>) -> Bool {
        let word = text[range]
        let isQuoted =
            range.lowerBound > 0 && range.upperBound < text.count
            && text[range.lowerBound - 1] == text[range.upperBound]
            && "\"'`".utf8.contains(text[range.upperBound])
        if isQuoted, word.count <= 8 { return true }
        if word.count == 1 { return true }
        if word.starts(with: "0x".utf8) || word.starts(with: "0b".utf8) { return word.count <= 10 }
        return word.count <= 8 && (word.allSatisfy(\.isDigit) || word.count % 2 == 0 && word.allSatisfy(\.isHexDigit))
    }
}

/// Texts in quotes.
enum Literals {
    /// Their contents, in a line.
    static func ranges(in line: ArraySlice<UInt8>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = line.startIndex
        while index < line.endIndex {
            let mark = line[index]
            guard mark == .quotationMark || mark == .apostrophe || mark == 0x60 else {
                index += 1
                continue
            }
            // The apostrophe of "don't".
            let isInWord =
                mark == .apostrophe && index > line.startIndex && line[index - 1].isLetter
                && index + 1 < line.endIndex && line[index + 1].isLowercase
                && !(index - 1 == line.startIndex || !line[index - 2].isAlphanumeric)
            var end = index + 1
            while end < line.endIndex, line[end] != mark { end += line[end] == .backslash ? 2 : 1 }
            guard end < line.endIndex, !isInWord else {
                index += 1
                continue
            }
            if end > index + 1 { result.append(index + 1..<end) }
            index = end + 1
        }
        return result
    }
}

/// Words of names and of prose behind which a secret stands.
enum SecretWords {
    private static let words: [[UInt8]] = [
        "passphrase", "password", "passwort", "passwd", "passcode", "pass", "pwd", "kennwort", "mdp", "contrase",
        "secret",
        "token", "apikey", "api_key", "api-key", "accesskey", "access_key", "privatekey", "private_key", "key",
        "credential", "mnemonic", "seed", "otp", "pin", "pw", "parola", "senha", "wachtwoord", "login", "auth",
    ].map { Array($0.utf8) }
    /// So short that they stand in other words.
    private static let shortest = 5

    /// Where the name with the first of them ends.
    static func end(in line: ArraySlice<UInt8>) -> Int? {
        var index = line.startIndex
        while index < line.endIndex {
            for word in words where matches(word, at: index, in: line) {
                var end = index + word.count
                while end < line.endIndex,
                    line[end].isAlphanumeric || "_-".utf8.contains(line[end]) || line[end] >= 0x80
                {
                    end += 1
                }
                return end
            }
            index += 1
        }
        return nil
    }

    private static func matches(_ word: [UInt8], at index: Int, in line: ArraySlice<UInt8>) -> Bool {
        guard index + word.count <= line.endIndex else { return false }
        for (offset, byte) in word.enumerated() {
            let other = line[index + offset]
            guard (other.isLetter ? other | 0x20 : other) == byte else { return false }
        }
        if word.count >= shortest { return true }
        // A word of its own: `_pw`, `dbPin`, and not `spinning`.
        let end = index + word.count
        let isBegun =
            index == line.startIndex || !line[index - 1].isLetter
            || line[index - 1].isLowercase && !line[index].isLowercase
            || word == Array("key".utf8)
        let isEnded =
            end == line.endIndex || !line[end].isLowercase || !line[end - 1].isLowercase && line[end].isLowercase
        return isBegun && isEnded
    }
}
