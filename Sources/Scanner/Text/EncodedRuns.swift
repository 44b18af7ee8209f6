internal import CLiteralSearch

/// Runs of a text that hold other text: base64, base64 of gzip, and hex.
///
/// A first look at a few bytes turns away nearly all identifiers, digests and images.
struct EncodedRuns {
    private(set) var base64: [Range<Int>] = []
    private(set) var gzip: [Range<Int>] = []
    private(set) var hex: [Range<Int>] = []

    /// Shorter runs hold no secret worth the look: 24 characters of base64 are 18 bytes.
    static let minimumBase64 = 24
    /// 20 bytes of hex.
    private static let minimumHex = 40

    /// - Parameter runs: All runs of the characters of base64, `minimumBase64` or more; there may be shorter ones among them.
    init(_ text: UnsafeRawBufferPointer, in runs: ArraySlice<Range<Int>>) {
        for run in runs where run.count >= Self.minimumBase64 {
            if Base64Decoder.beginsText(text, run) {
                base64.append(run)
            } else if Base64Decoder.beginsGzip(text, run) {
                gzip.append(run)
            }
        }
        var digits: [Range<Int>] = []
        ByteRuns.append(of: WINDSOCK_HEX_BYTES, minimum: Self.minimumHex, in: runs, of: text, to: &digits)
        hex = digits.filter { HexDecoder.beginsText(text, $0) }
    }

    var isEmpty: Bool { base64.isEmpty && gzip.isEmpty && hex.isEmpty }

    /// These runs, with offsets in a part of the text that holds them all.
    func moved(into part: Range<Int>) -> EncodedRuns {
        var moved = self
        let move = { (run: Range<Int>) in run.lowerBound - part.lowerBound..<run.upperBound - part.lowerBound }
        moved.base64 = base64.map(move)
        moved.gzip = gzip.map(move)
        moved.hex = hex.map(move)
        return moved
    }
}
