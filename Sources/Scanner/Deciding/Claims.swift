internal import Bytes
import Findings
import Rules

/// The seventh question, which claim stands: where rules claim the same place of a blob, the one that says most does.
///
/// It is asked once a blob. Of one secret that rules know from different places, `FindingCollector` asks it when findings
/// are collected, by the same comparison (`ClaimRank`).
enum Claims {
    /// Of matches that overlap, the one that says most: their numbers, in order of place.
    ///
    /// - Parameter lost: Takes down what each of the others lost its place to; `nil` if nobody asks.
    static func standing(of located: [LocatedMatch], _ rules: [Rule], _ lost: inout LostClaims?) -> [Int] {
        var kept: [Int] = []
        for number in located.indices.sorted(by: { precedes(located[$0], located[$1]) }) {
            let candidate = located[number]
            var isOutranked = false
            while let last = kept.last, located[last].claimsPlace(of: candidate) {
                guard outranks(candidate, located[last], rules) else {
                    lost?.note(number, outrankedBy: last)
                    isOutranked = true
                    break
                }
                lost?.note(last, outrankedBy: number)
                kept.removeLast()
            }
            if !isOutranked { kept.append(number) }
        }
        return withoutParts(kept, of: located, rules, &lost)
    }

    /// Leaves out what another rule reports together with the rest of the credential: the id of an access key beside the
    /// secret that goes with it.
    private static func withoutParts(
        _ kept: [Int], of located: [LocatedMatch], _ rules: [Rule], _ lost: inout LostClaims?
    ) -> [Int] {
        func start(_ number: Int) -> Int { located[number].match.whole.lowerBound }
        let credentials = kept.filter { rules[located[$0].match.rule].holdsParts }.sorted { start($0) < start($1) }
        guard let longest = credentials.lazy.map({ located[$0].match.whole.count }).max() else { return kept }
        return kept.filter { part in
            // One that holds the part begins no further before its end than the longest is long: where there are as many
            // credentials as parts, not each is asked about each.
            let secret = located[part].match.secret
            let first = credentials.partitionPoint { start($0) < secret.upperBound - longest }
            let near = credentials[first...].prefix { start($0) <= secret.lowerBound }
            guard let holder = near.first(where: { holds(located[$0], located[part], rules) }) else { return true }
            lost?.note(part, heldBy: holder)
            return false
        }
    }

    private static func precedes(_ left: LocatedMatch, _ right: LocatedMatch) -> Bool {
        if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
        return left.decoders.count < right.decoders.count
    }

    /// Whether a match explains a place better than another that overlaps it.
    private static func outranks(_ match: LocatedMatch, _ other: LocatedMatch, _ rules: [Rule]) -> Bool {
        // One rule found it with and without decoding: as it stands is how people know it.
        if match.match.rule == other.match.rule, match.decoders.count != other.decoders.count {
            return match.decoders.count < other.decoders.count
        }
        return rank(match.match, rules) > rank(other.match, rules)
    }

    private static func rank(_ match: Match, _ rules: [Rule]) -> ClaimRank {
        ClaimRank(
            of: rules[match.rule], confidence: match.confidence, whole: match.whole.count, secret: match.secret.count)
    }

    /// Whether another rule's match is a part of what a whole pattern matched.
    private static func holds(_ credential: LocatedMatch, _ part: LocatedMatch, _ rules: [Rule]) -> Bool {
        let (whole, secret) = (credential.match.whole, part.match.secret)
        return credential.match.rule != part.match.rule
            && rules[credential.match.rule].provider == rules[part.match.rule].provider
            && credential.decoders == part.decoders && whole.lowerBound <= secret.lowerBound
            && secret.upperBound <= whole.upperBound
    }
}

extension LocatedMatch {
    /// Whether two matches cannot both stand. Empty ranges overlap nothing, not even themselves.
    fileprivate func claimsPlace(of other: LocatedMatch) -> Bool {
        range.overlaps(other.range) || range == other.range
    }
}
