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
}
