internal import Bytes
import Findings
import Rules

/// The seventh question, which claim stands: where rules claim the same place of a blob, the one that says most does.
///
/// It is asked once a blob; of secrets that rules know from different places, `FindingCollector` asks it by the same
/// comparison (`ClaimRank`).
enum Claims {
    /// Of matches that overlap, the one that says most; in order of place.
    static func standing(of located: [LocatedMatch], _ rules: [Rule]) -> [LocatedMatch] {
        var kept: [LocatedMatch] = []
        for candidate in located.sorted(by: precedes) {
            var isOutranked = false
            while let last = kept.last, last.range.overlaps(candidate.range) || last.range == candidate.range {
                guard outranks(candidate, last, rules) else {
                    isOutranked = true
                    break
                }
                kept.removeLast()
            }
            if !isOutranked { kept.append(candidate) }
        }
        return withoutParts(kept, rules)
    }

    /// Leaves out what another rule reports together with the rest of the credential: the id of an access key beside the
    /// secret that goes with it.
    private static func withoutParts(_ matches: [LocatedMatch], _ rules: [Rule]) -> [LocatedMatch] {
        let credentials = matches.filter { rules[$0.match.rule].holdsParts }
            .sorted { $0.match.whole.lowerBound < $1.match.whole.lowerBound }
        guard let longest = credentials.lazy.map(\.match.whole.count).max() else { return matches }
        return matches.filter { part in
            // One that holds the part begins no further before its end than the longest is long: where there are as many
            // credentials as parts, not each is asked about each.
            let secret = part.match.secret
            let first = credentials.partitionPoint { $0.match.whole.lowerBound < secret.upperBound - longest }
            let near = credentials[first...].prefix { $0.match.whole.lowerBound <= secret.lowerBound }
            return !near.contains { holds($0, part, rules) }
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
