internal import Bytes
import Findings
import Rules

/// The seventh question, which claim stands: where rules claim the same place of a blob, the one that says most does.
///
/// A place is one in a text: in the blob's own, or in what one encoded value of it stands for. That two secrets are encoded
/// in one value makes them no rivals; that one claims the value as it stands, and the other what is in it, does.
///
/// It is asked once a blob. Of one secret that rules know from different places, `FindingCollector` asks it when findings
/// are collected, by the same comparison (`ClaimRank`).
struct Claims {
    private var located: [LocatedMatch]
    private let rules: [Rule]
    /// For each match, the value that it is encoded in.
    private let values: [EncodedValues.Number]
    private let tree: EncodedValues
    private var lost: LostClaims?

    /// Of matches that overlap, the one that says most: their numbers, in order of place.
    ///
    /// - Parameters:
    ///   - located: All; of two that say the same place is a secret, the one that stands is as sure as the surer one.
    ///   - lost: Takes down what each of the others lost its place to; `nil` if nobody asks.
    static func standing(of located: inout [LocatedMatch], _ rules: [Rule], _ lost: inout LostClaims?) -> [Int] {
        var claims = Claims(located, rules, lost)
        let standing = claims.standing()
        lost = claims.lost
        located = claims.located
        return standing
    }

    private init(_ located: [LocatedMatch], _ rules: [Rule], _ lost: LostClaims?) {
        self.located = located
        self.rules = rules
        self.lost = lost
        var tree = EncodedValues()
        values = located.map { tree.number(of: $0.places) }
        self.tree = tree
    }

    private mutating func standing() -> [Int] {
        var kept = withoutOverlaps(located.indices.sorted(by: precedes))
        if !tree.isEmpty {
            kept = withoutRepetitions(kept)
            kept = withoutRivals(kept)
            kept.sort { (located[$0].range.lowerBound, $0) < (located[$1].range.lowerBound, $1) }
        }
        return withoutParts(kept)
    }

    // MARK: One text

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        if values[left] != values[right] { return values[left] < values[right] }
        let (first, second) = (place(left), place(right))
        if first.lowerBound != second.lowerBound { return first.lowerBound < second.lowerBound }
        return located[left].decoders.count < located[right].decoders.count
    }

    /// Where a match stands in the value that it is encoded in, or in the blob.
    private func place(_ number: Int) -> Range<Int> { located[number].places.last?.range ?? located[number].range }

    private mutating func withoutOverlaps(_ numbers: [Int]) -> [Int] {
        var kept: [Int] = []
        for number in numbers {
            var isOutranked = false
            while let last = kept.last, overlap(last, number) {
                guard outranks(number, last) else {
                    raise(last, by: number)
                    lost?.note(number, outrankedBy: last)
                    isOutranked = true
                    break
                }
                raise(number, by: last)
                lost?.note(last, outrankedBy: number)
                kept.removeLast()
            }
            if !isOutranked { kept.append(number) }
        }
        return kept
    }

    /// What is judged by its name and what has a form: each may know more of how sure it is.
    private mutating func raise(_ winner: Int, by loser: Int) {
        guard located[loser].match.assignment != nil, place(winner) == place(loser) else { return }
        // What is public by design, or a digest, is no more of a secret for its name.
        guard rules[located[winner].match.rule].severity > .low else { return }
        located[winner].match.confidence = max(located[winner].match.confidence, located[loser].match.confidence)
    }

    /// Whether two matches claim the same place of one text. Empty ranges overlap nothing, not even themselves.
    private func overlap(_ left: Int, _ right: Int) -> Bool {
        values[left] == values[right] && (place(left).overlaps(place(right)) || place(left) == place(right))
    }

    /// Whether a match explains a place better than another that overlaps it.
    private func outranks(_ number: Int, _ other: Int) -> Bool {
        let isWhole = joins(number, other)
        if isWhole || joins(other, number) { return isWhole }
        let (match, other) = (located[number], located[other])
        // One rule found it with and without decoding: as it stands is how people know it.
        if match.match.rule == other.match.rule, match.decoders.count != other.decoders.count {
            return match.decoders.count < other.decoders.count
        }
        return rank(match.match) > rank(other.match)
    }

    /// Whether a match is made of literals of which another of the same rule took the first for all of it.
    private func joins(_ number: Int, _ other: Int) -> Bool {
        let (match, part) = (located[number], located[other])
        return match.match.rule == part.match.rule && match.decoders.count > part.decoders.count
            && match.decoders.last == JoinedLiterals.decoder && place(number).count > place(other).count
    }

    private func rank(_ match: Match) -> ClaimRank { ClaimRank(of: match, rules[match.rule]) }

    // MARK: Several texts

    /// Leaves out what decoders found more than once, each in its own way.
    private mutating func withoutRepetitions(_ numbers: [Int]) -> [Int] {
        var best: [[UInt8]: Int] = [:]
        for number in numbers where values[number] != EncodedValues.blob {
            guard let known = best[located[number].bytes] else {
                best[located[number].bytes] = number
                continue
            }
            if repeats(number, known), located[number].decoders.count < located[known].decoders.count {
                best[located[number].bytes] = number
            }
        }
        return numbers.filter { number in
            guard let other = best[located[number].bytes], repeats(number, other) else { return true }
            lost?.note(number, outrankedBy: other)
            return false
        }
    }

    /// Whether two matches are one secret that was found in two ways: in different values that overlap in the blob.
    private func repeats(_ left: Int, _ right: Int) -> Bool {
        values[left] != values[right] && values[left] != EncodedValues.blob
            && located[left].range.overlaps(located[right].range) && !tree.areNested(values[left], values[right])
    }

    /// Decides between those that claim an encoded value as it stands and those that claim what is in it.
    private mutating func withoutRivals(_ numbers: [Int]) -> [Int] {
        let groups = Dictionary(grouping: numbers, by: { values[$0] })
        var out = Set<Int>()
        // The innermost first: who stands there is a rival of all around.
        for value in groups.keys.sorted(by: >) where value != EncodedValues.blob {
            let inner = (groups[value] ?? []).filter { !out.contains($0) }
            let strongest = Strongest(of: inner.map { (rules[located[$0].match.rule], located[$0].match) })
            for (outside, range) in tree.surroundings(of: value) {
                var holder: Int?
                for number in overlapping(range, among: groups[outside] ?? []) where !out.contains(number) {
                    let match = located[number].match
                    guard let winner = strongest.winner(over: match, rules[match.rule], rank(match)) else {
                        holder = holder ?? number
                        continue
                    }
                    out.insert(number)
                    lost?.note(number, outrankedBy: inner[winner])
                }
                guard let holder else { continue }
                for number in inner where !standsBeside(number) {
                    out.insert(number)
                    lost?.note(number, outrankedBy: holder)
                }
            }
        }
        return numbers.filter { !out.contains($0) }
    }

    /// Those of the matches, which are in order, that overlap a range.
    private func overlapping(_ range: Range<Int>, among numbers: [Int]) -> ArraySlice<Int> {
        let first = numbers.partitionPoint { place($0).upperBound <= range.lowerBound }
        return numbers[first...].prefix { place($0).lowerBound < range.upperBound }
    }

    /// Whether a secret with a form of its own is a small part of the value that it is encoded in: then it is another one
    /// than what the whole value is taken for.
    private func standsBeside(_ number: Int) -> Bool {
        let match = located[number].match
        guard let value = located[number].places.last?.value else { return false }
        return rules[match.rule].specificity > 0 && match.whole.count < value.range.count / 2
    }

    // MARK: Parts

    /// Leaves out what another rule reports together with the rest of the credential: the id of an access key beside the
    /// secret that goes with it.
    private mutating func withoutParts(_ kept: [Int]) -> [Int] {
        let located = located
        func start(_ number: Int) -> Int { located[number].match.whole.lowerBound }
        let credentials = kept.filter { rules[located[$0].match.rule].holdsParts }.sorted { start($0) < start($1) }
        guard let longest = credentials.lazy.map({ located[$0].match.whole.count }).max() else { return kept }
        return kept.filter { part in
            // One that holds the part begins no further before its end than the longest is long: where there are as many
            // credentials as parts, not each is asked about each.
            let secret = located[part].match.secret
            let first = credentials.partitionPoint { start($0) < secret.upperBound - longest }
            let near = credentials[first...].prefix { start($0) <= secret.lowerBound }
            guard let holder = near.first(where: { holds(located[$0], located[part]) }) else { return true }
            lost?.note(part, heldBy: holder)
            return false
        }
    }

    /// Whether another rule's match is a part of what a whole pattern matched.
    private func holds(_ credential: LocatedMatch, _ part: LocatedMatch) -> Bool {
        let (whole, secret) = (credential.match.whole, part.match.secret)
        return credential.match.rule != part.match.rule
            && rules[credential.match.rule].provider == rules[part.match.rule].provider
            && credential.text == part.text && whole.contains(secret)
    }
}

extension ClaimRank {
    /// The rank of a rule's match.
    init(of match: Match, _ rule: Rule) {
        self.init(of: rule, confidence: match.confidence, whole: match.whole.count, secret: match.secret.count)
    }
}

/// What those that claim parts of an encoded value have to say against one that claims the value as it stands.
private struct Strongest {
    private var best: (number: Int, rule: Rule, rank: ClaimRank, confidence: Confidence)?
    /// By rule, the surest.
    private var ofRule: [String: (number: Int, confidence: Confidence)] = [:]

    init(of claims: [(rule: Rule, match: Match)]) {
        for (number, (rule, match)) in claims.enumerated() {
            let rank = ClaimRank(of: match, rule)
            if best.map({ $0.rank < rank }) ?? true { best = (number, rule, rank, match.confidence) }
            if ofRule[rule.id].map({ $0.confidence < match.confidence }) ?? true {
                ofRule[rule.id] = (number, match.confidence)
            }
        }
    }

    /// Which of the claims stands instead of one to the whole value; `nil`: none.
    ///
    /// What a value stands for is the secret, not how it is encoded: a name that holds keys says the same of both.
    func winner(over match: Match, _ rule: Rule, _ rank: ClaimRank) -> Int? {
        // What is judged by its name alone may be judged otherwise when it is whole.
        if let same = ofRule[rule.id], same.confidence >= match.confidence || rule.judge != nil { return same.number }
        guard let best else { return nil }
        let isEqual = best.rule.specificity <= 0 && best.rule.specificity == rule.specificity
        return (isEqual ? best.confidence >= match.confidence : best.rank > rank) ? best.number : nil
    }
}
