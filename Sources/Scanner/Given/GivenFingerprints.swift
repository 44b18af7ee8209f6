import Bytes
internal import CLiteralSearch
import Findings
import Rules

/// What in a text has a fingerprint that somebody gave: what rules find, however unsure they are, and all that looks like a
/// token.
struct GivenFingerprints {
    private let searcher: GivenSearcher
    private let rules: [Rule]
    private var given: GivenSecrets { searcher.given }

    init(_ searcher: GivenSearcher, _ rules: [Rule]) {
        self.searcher = searcher
        self.rules = rules
    }

    /// Whether a value that a rule found is one of those.
    ///
    /// - Parameter rule: Index in the rules.
    func holds(_ value: [UInt8], of rule: Int) -> Bool { compare(Secret(bytes: value), rules[rule]) }

    /// The tokens of a text that are, each where it stands first.
    func tokens(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        ByteRuns.append(
            of: WINDSOCK_TOKEN_BYTES, minimum: GivenSecrets.minimumCount, in: 0..<text.count, of: text, to: &runs)
        let rule = GivenSecrets.rule
        var found: [Range<Int>] = []
        for run in runs where run.count <= Self.longestRun {
            for part in Self.parts(of: run, in: text) where searcher.isNew(text.slice(part)) {
                if compare(Secret(bytes: Array(text.slice(part))), rule) { found.append(part) }
            }
        }
        return found
    }

    /// What is longer is no token: data, or a text without blanks.
    private static let longestRun = 4096
    private static let maximumParts = 32

    /// A run of the characters of tokens, and what of it may be one: `NAME=VALUE` is a run.
    private static func parts(of run: Range<Int>, in text: UnsafeRawBufferPointer) -> Set<Range<Int>> {
        var parts: Set<Range<Int>> = [run]
        var start = run.lowerBound
        func note(_ part: Range<Int>) {
            if part.count >= GivenSecrets.minimumCount { parts.insert(part) }
        }
        for index in run where parts.count < maximumParts {
            let byte = text[index]
            guard !ByteSet.word.contains(byte), byte != .hyphen else { continue }
            note(start..<index)
            if byte == .equalsSign || byte == .colon { note(index + 1..<run.upperBound) }
            start = index + 1
        }
        note(start..<run.upperBound)
        return parts
    }

    private func compare(_ secret: Secret, _ rule: Rule) -> Bool {
        let identity = SecretIdentity(rule: rule, secret: secret, key: given.key)
        var fingerprints = identity.matches(in: given.fingerprints, all: true)
        if !given.stretched.versions.isEmpty, secret.isWeak, given.comparisons.mayStretch() {
            fingerprints += identity.matches(in: given.stretched, all: true)
        }
        guard !fingerprints.isEmpty else { return false }
        given.comparisons.note(fingerprints, of: secret.value)
        return true
    }
}
