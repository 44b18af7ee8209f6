/// The texts between a blob's text and one that is encoded in it, each decoded in the one before.
struct DecodedLayers {
    private var texts: [DecodedText] = []

    /// How many encodings were undone, one in the other.
    var depth: Int { texts.count }

    /// Names of what was undone, as reports show them, outermost first.
    var decoders: [String] { texts.flatMap(\.decoders) }

    func adding(_ text: DecodedText) -> DecodedLayers {
        var layers = self
        layers.texts.append(text)
        return layers
    }

    /// Where in the text that the walk began with a range of the innermost text comes from.
    func original(of range: Range<Int>) -> Range<Int> { texts.reversed().reduce(range) { $1.original(of: $0) } }

    /// Whether any byte of a range of the innermost text was decoded rather than copied.
    func isDecoded(_ range: Range<Int>) -> Bool { texts.last?.isDecoded(range) ?? false }

    /// Whether what was decoded last are values as a whole (`DecodedText.isOfWholeValues`).
    var isOfWholeValues: Bool { texts.last?.isOfWholeValues ?? false }

    /// Whether a match in the innermost text counts: where whole values were decoded, what stands beside them was seen in
    /// the text itself.
    func isShown(_ secret: Range<Int>) -> Bool { !isOfWholeValues || isDecoded(secret) }
}
