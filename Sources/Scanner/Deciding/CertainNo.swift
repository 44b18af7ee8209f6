import Bytes
import Findings
import Rules

/// The second question, is it certainly none: what a value consists of, and what it is a piece of, whoever it may belong to.
package enum CertainNo {
    /// Longer values are private keys and whole documents: no words, and runs of AAAA by design.
    private static let longestWords = 512
    /// Longer values are blocks of base64 themselves.
    static let longestPiece = 300

    /// Asks in this order, the cheap before the dear.
    ///
    /// - Returns: The first filter that drops the candidate; `nil` if none does.
    static func judge(_ candidate: Candidate, _ rule: Rule, _ trace: inout Trace) -> DropReason? {
        let (value, statistics) = (candidate.value, candidate.statistics)
        if rule.minimumDigits + rule.minimumUppercase + rule.minimumLowercase > 0,
            let no = trace.ask(.characterClasses, hasTooFew(statistics, rule))
        {
            return no
        }
        if let entropy = rule.entropy, let no = trace.ask(.entropy, CharacterStatistics.entropy(of: value) <= entropy) {
            return no
        }
        // What a key's text has beside its letters says nothing: `<br>`, a comment's sign.
        if rule.validator?.isOfPrivateKeys == true { return nil }
        if value.count <= longestWords {
            if let no = standIn(value, statistics, &trace) { return no }
            // A rule with a context judges shapes alone, so that words of the right length fit it.
            let isShapeAlone = rule.context != nil || rule.specificity <= 0
            let isOfWords = isShapeAlone ? isOfWords(value, statistics) : isOfWordsBehindPrefix(value, statistics, rule)
            if let no = trace.ask(.words, isOfWords) { return no }
        }
        if value.count <= longestPiece, let no = trace.ask(.encodedBlock, isOfBlock(candidate)) { return no }
        // A pattern that saw the address knows what its parts are.
        if candidate.whole == candidate.secret {
            let isOfAddress = rule.context == nil ? isFileName(candidate) : isOfAddress(candidate)
            if let no = trace.ask(.address, isOfAddress) { return no }
        }
        if rule.context != nil, let no = trace.ask(.encrypted, Ciphertext.isOne(value)) { return no }
        return nil
    }

    // MARK: Characters

    private static func hasTooFew(_ statistics: CharacterStatistics, _ rule: Rule) -> Bool {
        statistics.digits < rule.minimumDigits || statistics.uppercase < rule.minimumUppercase
            || statistics.lowercase < rule.minimumLowercase
    }

    // MARK: Stand-ins

    /// Whether a value that no rule has matched stands for a secret and is none: a placeholder, a reference, a run.
    package static func isStandIn(_ value: [UInt8]) -> Bool {
        value.withUnsafeBytes { value in
            var trace = Trace(isKept: false)
            return standIn(value, CharacterStatistics(value), &trace) != nil
        }
    }

    /// - Parameter statistics: Of the same value.
    static func standIn(
        _ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics, _ trace: inout Trace
    ) -> DropReason? {
        let words = Words.standIns.groups(in: value)
        if let no = trace.ask(.reference, words & 1 != 0 || isReference(value)) { return no }
        if let no = trace.ask(.placeholder, words & 2 != 0) { return no }
        if let no = trace.ask(.publishedSample, PublishedSamples.contains(value)) { return no }
        return trace.ask(.sequence, words & 4 != 0 && value.count < 100 || isRun(value, statistics))
    }

    private static func isReference(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let first = value.first else { return true }
        return first == .dollar || first == .leftBrace || first == .percent && value.last == .percent
    }

    static func isRun(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> Bool {
        let count = value.count
        if count >= 12 && statistics.distinct <= 4 { return true }
        if count >= 24 && statistics.distinct <= 6 { return true }
        if count < 100 {
            if CharacterStatistics.holdsRun(of: count >= 16 ? 7 : 6, in: value) { return true }
            if CharacterStatistics.holdsRun(of: 6, in: value, step: 2) { return true }
        }
        return isPeriodic(value)
    }

    /// Whether the value is a shorter text written twice or more.
    private static func isPeriodic(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 12, value.count < 200 else { return false }
        return (1...value.count / 2).contains { period in
            (period..<value.count).allSatisfy { value[$0] == value[$0 - period] }
        }
    }

    // MARK: Words

    /// Above this score a value of some length is taken for words. Of 20,000 random strings none had more than -0.39.
    static let scoreOfWords = 0.45

    private static func isOfWords(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> Bool {
        guard statistics.count >= 12, statistics.hexDigits + statistics.others < statistics.count * 9 / 10 else {
            return false
        }
        let score = WordLikeness.score(value)
        return score > scoreOfWords || score > 0 && isCamelCase(value)
    }

    /// Whether a value is written as names in code are, without a digit: `setShowApiKey`. Of random letters of this
    /// length one in three thousand is.
    private static func isCamelCase(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value[0].isLowercase, value.allSatisfy(\.isLetter) else { return false }
        var capitals = 0
        for (index, byte) in value.enumerated() where byte.isUppercase {
            capitals += 1
            guard index + 2 < value.count, value[index + 1].isLowercase, value[index + 2].isLowercase else {
                return false
            }
        }
        return capitals >= 2
    }

    /// Whether what follows a rule's own prefix is words, in one case: `sk_live_fakekeyforthetests`, and in capitals behind
    /// the four letters of an access key of AWS, `ASIAPACIFICECONOMICS`.
    private static func isOfWordsBehindPrefix(
        _ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics, _ rule: Rule
    ) -> Bool {
        if rule.validator == .awsAccessKeyID {
            guard statistics.digits == 0 else { return false }
            return value.map { UnsafeRawBufferPointer.folded($0) }.withUnsafeBytes { WordLikeness.score($0) }
                > scoreOfCapitals
        }
        guard rule.validator == nil, statistics.count >= 20, statistics.uppercase == 0,
            rule.keywords.contains(where: { value.starts(with: $0.utf8) }),
            let prefix = value.lastIndex(where: { $0 == .underscore || $0 == .hyphen }), value.count - prefix > 16
        else { return false }
        let tail = value.slice(prefix + 1..<value.count)
        return !tail.allSatisfy(\.isHexDigit) && WordLikeness.score(tail) > scoreOfWords
    }

    /// Of 100,000 ids without a digit 600 have more behind their prefix.
    private static let scoreOfCapitals = 0.6

    // MARK: Blocks

    /// A wrapped block's lines are no shorter than this.
    private static let shortestLine = 24

    /// Whether the value is a piece of a longer block of base64: an image, a font, a certificate, a digest of a lock file.
    /// Chance makes every short prefix and every length of letters and digits in there.
    static func isOfBlock(_ candidate: Candidate) -> Bool {
        let block = EncodedBlock(around: candidate.secret, in: candidate.text)
        let surplus = block.run.count - candidate.secret.count
        if surplus >= EncodedBlock.reach { return true }
        guard block.run.count >= shortestLine, let lines = block.otherLines() else { return false }
        if surplus > 0 { return !lines.isEmpty }
        // The value fills the line, as keys in a list do: signs that keys have not must stand on one of the others.
        return lines.count >= 2
            && lines.contains { candidate.text.slice($0).contains { $0 == .plus || $0 == .slash } }
    }

    // MARK: Addresses

    /// Whether the value names something in an address: a segment of its path, the commit behind `package.git@`, the
    /// digest behind `package.tgz#`; or a file. Where a provider's keys stand in a path, its pattern holds what stands
    /// before them there.
    static func isOfAddress(_ candidate: Candidate) -> Bool {
        let (secret, text) = (candidate.secret, candidate.text)
        guard secret.lowerBound > 0 else { return false }
        if isHexOrUUID(candidate), isFileName(candidate) { return true }
        switch text[secret.lowerBound - 1] {
        case .slash: return AddressParts.isSegment(secret, in: text)
        case .atSign, .numberSign:
            guard secret.count == 40, secret.lowerBound > 4, isHexOrUUID(candidate) else { return false }
            let before = text.slice(secret.lowerBound - 5..<secret.lowerBound - 1)
            return [".git", ".tgz"].contains { before.elementsEqual($0.utf8) }
        default: return false
        }
    }

    /// Whether a file's ending follows: `logo.DIGEST.png` is what bundlers make of a file's content, `key-DIGEST.png` a name
    /// that people do.
    private static func isFileName(_ candidate: Candidate) -> Bool {
        guard let ending = AddressParts.ending(behind: candidate.secret.upperBound, in: candidate.text) else {
            return false
        }
        return Words.bundledEndings.contains { ending.equalsCaseless($0) }
    }

    static func isHexOrUUID(_ candidate: Candidate) -> Bool {
        let statistics = candidate.statistics
        return statistics.isHex && statistics.count >= 16
            || statistics.count == 36 && statistics.hexDigits == 32
                && candidate.value.count(where: { $0 == .hyphen }) == 4
    }
}
