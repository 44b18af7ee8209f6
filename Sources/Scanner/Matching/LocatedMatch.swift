/// A match with its place in the blob, which decoding may have moved.
struct LocatedMatch {
    var match: Match
    /// In the blob.
    var range: Range<Int>
    /// The secret.
    var bytes: [UInt8]
    /// Decoders that were undone, outermost first.
    var decoders: [String]
}
