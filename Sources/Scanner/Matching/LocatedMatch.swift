import Findings

/// A match with its place in the blob, which decoding may have moved.
struct LocatedMatch {
    var match: Match
    /// In the blob.
    var range: Range<Int>
    /// The secret, as `SecretValue` says.
    var bytes: [UInt8]
    /// Nothing of it is shown where it stands.
    var isHidden: Bool
    /// Decoders that were undone, outermost first.
    var decoders: [String]
    /// The text that it was found in: 0 for the blob's own, another number for each that was decoded.
    var text = 0
    /// Where it stands, from the blob's text inwards: in the values that it is encoded in, one in the other.
    var places: [DecodedPlace] = []
    /// Whose it probably is, by its name; `nil` where that says nothing.
    var provider: String?
    /// What stands beside it and says what it opens.
    var opens: [Opened] = []
}
