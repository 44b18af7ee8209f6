/// What the matches that do not stand lost their place to: gathered by `Claims` while it decides, and only where a scan is
/// to be explained.
///
/// Matches go by their number in what `Claims` was given.
struct LostClaims {
    private var outranking: [Int: Int] = [:]
    private var holders: [Int: Int] = [:]

    /// Notes that a match claims another's place and says more.
    mutating func note(_ match: Int, outrankedBy other: Int) { outranking[match] = other }

    /// Notes that a match is a part of another's credential.
    mutating func note(_ match: Int, heldBy other: Int) { holders[match] = other }

    /// What a match lost its place to; `nil` if it stands.
    ///
    /// Where what outranked it was outranked in turn, the last of these is named: it is the one that is reported.
    func winner(over match: Int) -> Int? {
        var winner = match
        while let other = outranking[winner] { winner = other }
        winner = holders[winner] ?? winner
        return winner == match ? nil : winner
    }
}
