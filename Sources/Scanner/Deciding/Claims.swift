internal import Bytes
import Rules

/// Which claim stands, where rules claim the same place of a blob.
enum Claims {
    /// Of matches that overlap, the one that says most; in order of place.
    static func standing(of located: [LocatedMatch], _ rules: [Rule]) -> [LocatedMatch] {
        var kept: [LocatedMatch] = []
        for candidate in located.sorted(by: LocatedMatch.precedes) {
            var isOutranked = false
            while let last = kept.last, last.range.overlaps(candidate.range) || last.range == candidate.range {
                guard candidate.outranks(last, rules: rules) else {
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
            return !near.contains { $0.holds(part, rules: rules) }
        }
    }
}

/// A match with its place in the blob, which decoding may have moved.
struct LocatedMatch {
    var match: Match
    var range: Range<Int>
    var bytes: [UInt8]
    var decoders: [String]

    static func precedes(_ left: LocatedMatch, _ right: LocatedMatch) -> Bool {
        if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
        return left.decoders.count < right.decoders.count
    }

    /// Whether another rule's match is a part of what the whole pattern matched.
    func holds(_ part: LocatedMatch, rules: [Rule]) -> Bool {
        match.rule != part.match.rule && rules[match.rule].provider == rules[part.match.rule].provider
            && decoders == part.decoders && match.whole.lowerBound <= part.match.secret.lowerBound
            && part.match.secret.upperBound <= match.whole.upperBound
    }

    func outranks(_ other: LocatedMatch, rules: [Rule]) -> Bool {
        // The same rule finding the same place with and without decoding: as it stands is how people know it.
        if match.rule == other.match.rule, decoders.count != other.decoders.count {
            return decoders.count < other.decoders.count
        }
        return match.outranks(other.match, rules: rules)
    }
}
