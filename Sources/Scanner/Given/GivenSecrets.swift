package import Findings
package import Rules

/// Secrets that somebody has and looks for, by their values or by their fingerprints: what a vault held when it was broken into.
///
/// Values are looked for as they are and as encodings write them, in every text that is decoded, whatever any rule says of
/// them. Made once, shared by all threads. It holds the values: nothing of it is ever printed.
package final class GivenSecrets: Sendable, CustomStringConvertible, CustomReflectable {
    /// The rule that what is found is told under.
    package static let ruleID = SecretIdentity.givenRule
    /// In bytes. What is shorter stands by chance in every text.
    package static let minimumCount = 6
    /// More would take more memory for their forms than a scan may have.
    package static let maximumCount = 20_000

    /// Each once.
    package let values: [[UInt8]]
    /// Those whose values nobody has here.
    let fingerprints: FingerprintList
    /// Those among them that take milliseconds to compare with.
    let stretched: FingerprintList
    /// All of those.
    package let givenFingerprints: Set<Fingerprint>
    var fingerprintCount: Int { givenFingerprints.count }
    /// A team's, which keyed fingerprints are compared with.
    package let key: FingerprintKey?
    /// How the values are written, by the number of the literal.
    let forms: [GivenForm]
    /// Finds the forms; `nil` where there are no values.
    let search: Prefilter?
    /// In bytes: how far around an escape a value may reach.
    let longest: Int
    package let comparisons = GivenComparisons()

    /// - Parameters:
    ///   - values: Of `minimumCount` bytes or more; shorter ones are left out.
    ///   - fingerprints: Of secrets whose values are not here.
    package init(values: [[UInt8]], fingerprints: Set<Fingerprint> = [], key: FingerprintKey? = nil) {
        var seen: Set<[UInt8]> = []
        self.values = values.filter { $0.count >= Self.minimumCount && seen.insert($0).inserted }
        self.fingerprints = FingerprintList(fingerprints.filter { $0.version != .stretched })
        stretched = FingerprintList(fingerprints.filter { $0.version == .stretched })
        givenFingerprints = fingerprints
        self.key = key
        longest = self.values.map(\.count).max() ?? 0
        var forms: [GivenForm] = []
        for (number, value) in self.values.enumerated() { forms += GivenForm.all(of: value, number: number) }
        self.forms = forms
        search =
            forms.isEmpty
            ? nil : Prefilter(forms.map { Prefilter.Keyword(bytes: $0.literal, isExact: $0.isExact) })
    }

    /// What is told of what is found, and what is to be done.
    ///
    /// Its pattern matches nothing: no text decides what such a secret is.
    package static var rule: Rule {
        Rule(
            id: ruleID,
            description: "A secret that was given to be looked for (--known) stands here, whatever its form.",
            severity: .critical, confidence: .high, regex: "(*FAIL)", keywords: ["windsock\u{1}given\u{1}secret"],
            tags: ["known"],
            remediation: [
                "Take the secret out of use where it was issued: whoever reads this place has it.",
                "Put another in its place, and have the program read it from the secret store.",
                "Look who could read this place since the secret was brought there.",
            ], strength: .generic)
    }

    /// How many secrets are looked for, and nothing of them.
    package var description: String { "\(values.count) values and \(fingerprintCount) fingerprints" }
    /// Nothing: `dump` shows no value.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
