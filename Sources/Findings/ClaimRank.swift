package import Rules

/// How much a claim to a secret says about it: where several rules claim the same, the highest stands.
///
/// Claims are compared twice: those to one place of a text, and those to one secret wherever it stands.
package struct ClaimRank: Comparable, Sendable {
    /// How much the rule says.
    private let weight: Int
    private let confidence: Confidence?
    /// How much of the surroundings, and of the secret, the rule's pattern saw; in bytes.
    private let lengths: [Int]
    private let ruleID: String

    /// The rank of a claim to a place.
    ///
    /// - Parameters:
    ///   - confidence: Of the match.
    ///   - whole: Bytes that the whole pattern matched: one that saw more of the surroundings knows more, as a connection
    ///     string does of the key in it.
    ///   - secret: Bytes of the secret.
    package init(of rule: Rule, confidence: Confidence, whole: Int = 0, secret: Int = 0) {
        weight = rule.specificity
        self.confidence = confidence
        lengths = [whole, secret]
        ruleID = rule.id
    }

    /// The rank of a claim to a secret that other rules know from other places.
    package init(anywhereBy rule: Rule) {
        weight = rule.judge != nil ? -1 : rule.provider.isEmpty ? 0 : rule.confidence == .high ? 2 : 1
        confidence = nil
        lengths = []
        ruleID = rule.id
    }

    /// Whether a secret is rather what another rule says: this one names no provider, or is not sure.
    ///
    /// Asked of claims to a secret wherever it stands.
    package var isWeak: Bool { weight < 2 }

    package static func < (left: ClaimRank, right: ClaimRank) -> Bool {
        if left.weight != right.weight { return left.weight < right.weight }
        if let own = left.confidence, let its = right.confidence, own != its { return own < its }
        if left.lengths != right.lengths { return left.lengths.lexicographicallyPrecedes(right.lengths) }
        // Something has to decide, and the same each time.
        return left.ruleID > right.ruleID
    }
}

extension Rule {
    /// How much the rule says about what it finds: -1 that something with such a name is likely a secret, 0 a name that holds
    /// keys, 1 a kind of credential, 2 whose it is. A rule that says more goes before others that claim the same place.
    package var specificity: Int { judge != nil ? -1 : strength == .generic ? 0 : provider.isEmpty ? 1 : 2 }
}
