import Bytes
import Reports
import Rules

/// What `rules new` knows of the form of a token: what options say, and what a sample shows.
struct NewTokenForm {
    /// A run shorter than this is no secret; a longer one is no token.
    private static let lengths = 8...4096
    private static let longestSample = 4096 + 64

    var prefix = ""
    /// A name, or the inside of a class; empty: not known yet.
    var alphabet = ""
    /// `nil`: not known yet, or a UUID.
    var length: TokenLength?

    /// - Parameters:
    ///   - prefix: `nil`: the sample shows it.
    ///   - alphabet: The same.
    ///   - length: A number or a range; the same.
    ///   - sample: A token of that form.
    /// - Throws: `CommandFailure` for options that mean nothing, or that contradict each other or the sample. Says nothing of
    ///   the sample but how long it is: it may be a key.
    init(prefix: String?, alphabet: String?, length: String?, sample: String?) throws(CommandFailure) {
        if let prefix {
            guard prefix.utf8.allSatisfy({ UInt8.visibleCharacters.contains($0) }) else {
                throw CommandFailure("--prefix must be visible ASCII characters without blanks, not \"\(prefix)\"")
            }
            self.prefix = prefix
        }
        if let alphabet { try set(alphabet: alphabet) }
        if let length { try set(length: length) }
        if let sample { try take(sample, isPrefixKnown: prefix != nil) }
    }

    mutating func set(alphabet: String) throws(CommandFailure) {
        if alphabet.isEmpty { throw CommandFailure("--alphabet is empty; it may be hex, base62, or A-Z2-9") }
        if let objection = TokenAlphabet.objection(to: alphabet) {
            throw CommandFailure("the alphabet \"\(alphabet)\" \(objection)")
        }
        self.alphabet = alphabet
        try refuseLengthOfUUID()
    }

    mutating func set(length text: String) throws(CommandFailure) {
        guard let length = TokenLength(text), Self.lengths.contains(length.least),
            Self.lengths.contains(length.most ?? length.least)
        else {
            throw CommandFailure(
                "--length must be a number from \(Self.lengths.lowerBound) to \(Self.lengths.upperBound), or a range like 32-40 or 20-, not \"\(text)\""
            )
        }
        self.length = length
        try refuseLengthOfUUID()
    }

    private func refuseLengthOfUUID() throws(CommandFailure) {
        guard alphabet == TokenAlphabet.uuid, length != nil else { return }
        throw CommandFailure("a UUID has one length; leave --length out")
    }

    private mutating func take(_ sample: String, isPrefixKnown: Bool) throws(CommandFailure) {
        guard sample.utf8.allSatisfy({ UInt8.visibleCharacters.contains($0) && !"\"'`".utf8.contains($0) }),
            sample.utf8.count <= Self.longestSample
        else {
            throw CommandFailure("the sample must be one token: visible ASCII characters without blanks and quotes")
        }
        if !isPrefixKnown { prefix = try Self.prefix(of: sample) }
        guard sample.hasPrefix(prefix) else {
            throw CommandFailure("the sample does not begin with \"\(prefix)\", which --prefix says")
        }
        let run = String(sample.dropFirst(prefix.count))
        if alphabet.isEmpty {
            guard let found = TokenAlphabet.of(run) else {
                throw CommandFailure(
                    "the sample has characters behind its prefix that no named alphabet holds; --alphabet says them: A-Za-z0-9_.=-"
                )
            }
            alphabet = found
        } else if !TokenAlphabet.holds(alphabet, all: run) {
            throw CommandFailure(
                "the sample has characters behind its prefix that the alphabet \(alphabet) does not hold")
        }
        guard alphabet != TokenAlphabet.uuid else { return try refuseLengthOfUUID() }
        if let length {
            guard !length.holds(run.count) else { return }
            throw CommandFailure(
                "the sample has \(Quantity.count(run.count, "character")) behind its prefix, and --length says \(length)"
            )
        }
        guard Self.lengths.contains(run.count) else {
            throw CommandFailure(
                "the sample has \(Quantity.count(run.count, "character")) behind its prefix; a token has \(Self.lengths.lowerBound) at least"
            )
        }
        length = TokenLength(run.count)
    }

    // MARK: What a sample begins with

    private static let separators: Set<Character> = ["_", "-"]
    private static let longestWord = 12

    /// The words with which a sample begins, `sk_live_`, if it has hyphens and underscores behind such words alone: one that
    /// stands elsewhere may be of the alphabet, and what stands before it chance.
    private static func prefix(of sample: String) throws(CommandFailure) -> String {
        let tail = sample.suffix(36)
        if TokenAlphabet.of(String(tail)) == TokenAlphabet.uuid {
            return String(sample.dropLast(36))
        }
        guard let last = sample.lastIndex(where: separators.contains) else { return "" }
        let words = sample[..<last].split(omittingEmptySubsequences: false, whereSeparator: separators.contains)
        guard words.allSatisfy(isWord) else {
            throw CommandFailure(
                "the sample does not show where its prefix ends; --prefix says it, or that there is none: --prefix \"\""
            )
        }
        return String(sample[...last])
    }

    /// `sk`, `live`, `SG`, `v2`, `Acme`: letters of one case but for the first, and a digit or two.
    private static func isWord(_ text: Substring) -> Bool {
        let letters = text.prefix(while: \.isLetter)
        let digits = text.dropFirst(letters.count)
        let rest = letters.dropFirst()
        return !letters.isEmpty && text.count <= longestWord && digits.count <= 2 && digits.allSatisfy(\.isNumber)
            && (rest.allSatisfy(\.isLowercase) || letters.allSatisfy(\.isUppercase))
    }
}

extension NewTokenForm: CustomStringConvertible {
    /// For whoever gave a sample: what is looked for.
    var description: String {
        let run = alphabet == TokenAlphabet.uuid ? "a UUID" : "\(length?.words ?? "some") characters of \(alphabet)"
        return prefix.isEmpty ? run : "\(prefix) and \(run)"
    }
}

extension TokenLength {
    fileprivate var words: String {
        guard let most else { return "\(least) or more" }
        return least == most ? "\(least)" : "\(least) to \(most)"
    }
}
