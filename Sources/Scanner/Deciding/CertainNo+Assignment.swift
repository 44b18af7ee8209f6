internal import Bytes
import Findings
internal import Judge

/// The second question of a value that has no form: what is learned is not asked of what is certain.
extension CertainNo {
    static func judge(
        _ assignment: Assignment, _ candidate: Candidate, _ caution: inout Caution, _ trace: inout Trace
    ) -> DropReason? {
        let (value, statistics) = (candidate.value, candidate.statistics)
        let words = Words.standInsOfNames.groups(in: value)
        if let no = trace.ask(.reference, words & 1 != 0 || isReference(value, assignment)) { return no }
        if let no = trace.ask(
            .placeholder,
            isBracketed(value) || isBlankedOut(value, statistics) || isName(value, assignment, candidate.text))
        {
            return no
        }
        if let no = trace.ask(.publishedSample, PublishedSamples.contains(value)) { return no }
        if let no = trace.ask(.words, isProse(value) || StatedForm.isOne(value)) { return no }
        if value.count <= longestPiece, assignment.quote == .none,
            let no = trace.ask(.encodedBlock, isOfBlock(candidate))
        {
            return no
        }
        if let no = trace.ask(.address, isHexOrUUID(candidate) && isOfAddress(candidate)) { return no }
        if let no = trace.ask(.encrypted, isEncrypted(assignment, candidate)) { return no }
        if let no = trace.ask(
            .publicByDesign, PublicByDesign.isOne(value, named: assignment.name, in: candidate.text))
        {
            return no
        }
        let isNamed = Ciphertext.isNamed(assignment.name, for: value, in: candidate.text)
        if let no = trace.ask(.identifierName, isNamed || isOfResource(assignment, candidate)) { return no }
        caution.isDoubtful =
            words & 6 != 0 || value.count < 100 && isRun(value, statistics) || StandInSpelling.isOne(value)
            || isDefault(value, statistics, assignment, candidate.text)
        return nil
    }

    /// Whether a value is what a program has before anybody sets one: its own name, as `POSTGRES_PASSWORD=postgres`, or what
    /// its manual says.
    private static func isDefault(
        _ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics, _ assignment: Assignment,
        _ text: UnsafeRawBufferPointer
    ) -> Bool {
        guard statistics.letters == value.count, value.count <= Words.longestDefault else { return false }
        if Words.defaults.contains(where: { value.equalsCaseless($0) }) { return true }
        return AssignedName.words(of: text.slice(assignment.name)).contains { word in
            word.utf8.count == value.count && value.elementsEqual(word.utf8) { UnsafeRawBufferPointer.folded($0) == $1 }
        }
    }

    /// Whether a value is the id of what its name says it is: `dockerRegistryServiceConnection: 'UUID'`.
    private static func isOfResource(_ assignment: Assignment, _ candidate: Candidate) -> Bool {
        isHexOrUUID(candidate)
            && AssignedName.words(of: candidate.text.slice(assignment.name)).last.map(Words.resources.contains) == true
    }

    /// Whether a value is a text in some language: a letter outside of ASCII is written as an escape, `Contrase\u00f1a`, or
    /// it has five words or more of letters, not all of them small as those of a passphrase are.
    private static func isProse(_ value: UnsafeRawBufferPointer) -> Bool {
        var (blanks, letters, others) = (0, 0, 0)
        for (index, byte) in value.enumerated() {
            if byte == .backslash, isEscapeOfLetter(value, index) { return true }
            if byte == .space { blanks += 1 } else if byte.isLowercase { letters += 1 } else { others += 1 }
        }
        if blanks >= 4, others > 0, letters * 4 >= (value.count - blanks) * 3, !value.contains(where: \.isDigit) {
            return true
        }
        return saysSomething(value)
    }

    /// Whether words that are joined make a sentence: two of them have no sense of their own, and passphrases have none such.
    private static func saysSomething(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 16 else { return false }
        let words = value.split(whereSeparator: { $0 == .hyphen || $0 == .underscore || $0 == .space })
        guard words.count >= 4 else { return false }
        let small = words.count { word in
            word.count <= 5 && Words.smallWords.contains { UnsafeRawBufferPointer(rebasing: word).equalsCaseless($0) }
        }
        return small >= 2
    }

    /// `\uXXXX` of a character outside of ASCII.
    private static func isEscapeOfLetter(_ value: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        guard index + 5 < value.count, value[index + 1] == UInt8(ascii: "u") else { return false }
        let digits = value.slice(index + 2..<index + 6)
        guard digits.allSatisfy(\.isHexDigit) else { return false }
        return digits[0] != UInt8(ascii: "0") || digits[1] != UInt8(ascii: "0") || digits[2] >= UInt8(ascii: "8")
    }

    private static func isEncrypted(_ assignment: Assignment, _ candidate: Candidate) -> Bool {
        let (value, text) = (candidate.value, candidate.text)
        return Ciphertext.isOne(value) || Ciphertext.isBehindScheme(candidate.secret, in: text)
            || Ciphertext.isStored(assignment.name, candidate.secret, in: text)
    }

    /// Whether a value names a variable: `$NAME`, `%NAME%`, `{name}`, `@name@`.
    static func isReference(_ value: UnsafeRawBufferPointer, _ assignment: Assignment) -> Bool {
        guard let first = value.first, let last = value.last else { return true }
        let inner = value.slice(1..<max(1, value.count - 1))
        switch first {
        case .dollar:
            // A random password may begin with one; without quotes it names something.
            return value.dropFirst().allSatisfy { $0.isNameByte }
                && (assignment.quote == .none || !value.contains(where: \.isDigit))
        case .percent, .atSign: return first == last && value.count > 2 && inner.allSatisfy { $0.isNameByte }
        case .leftBrace: return last == .rightBrace
        default: return false
        }
    }

    /// `password = "password"`: the name, or its last word, once more.
    private static func isName(
        _ value: UnsafeRawBufferPointer, _ assignment: Assignment, _ text: UnsafeRawBufferPointer
    ) -> Bool {
        let name = text.slice(assignment.name)
        guard value.count >= 3, value.count <= name.count else { return false }
        let start = name.count - value.count
        guard start == 0 || !name[start - 1].isLetter else { return false }
        return (0..<value.count).allSatisfy {
            UnsafeRawBufferPointer.folded(value[$0]) == UnsafeRawBufferPointer.folded(name[start + $0])
        }
    }

    /// `<your-key>`, `[SECRET]`, `((name))`.
    static func isBracketed(_ value: UnsafeRawBufferPointer) -> Bool {
        switch (value.first, value.last) {
        case (.lessThan, .greaterThan), (.leftBracket, .rightBracket), (.leftParenthesis, .rightParenthesis): true
        default: false
        }
    }

    /// `****`, `xxxxxxxx`, `...`, `----`.
    private static func isBlankedOut(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> Bool {
        statistics.distinct == 1
            || value.allSatisfy { $0 == .asterisk || $0 == .period || $0 == .hyphen || $0 | 0x20 == UInt8(ascii: "x") }
    }
}
