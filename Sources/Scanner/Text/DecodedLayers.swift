/// The texts between a blob's text and one that is encoded in it, each decoded in the one before.
struct DecodedLayers {
    /// One of them.
    private struct Layer {
        var text: DecodedText
        /// Tells it from all other texts of the walk.
        var number: Int
    }

    private var layers: [Layer] = []

    /// Of the innermost text: tells it from all others of the walk, and is more than 0.
    var number: Int { layers.last?.number ?? 0 }

    /// How many encodings were undone, one in the other.
    var depth: Int { layers.count }

    /// Names of what was undone, as reports show them, outermost first.
    var decoders: [String] { layers.flatMap(\.text.decoders) }

    /// - Parameter number: Tells the text from all others of the walk.
    func adding(_ text: DecodedText, number: Int) -> DecodedLayers {
        var layers = self
        layers.layers.append(Layer(text: text, number: number))
        return layers
    }

    /// Where in the text that the walk began with a range of the innermost text comes from.
    func original(of range: Range<Int>) -> Range<Int> { layers.reversed().reduce(range) { $1.text.original(of: $0) } }

    /// Whether any byte of a range of the innermost text was decoded rather than copied.
    func isDecoded(_ range: Range<Int>) -> Bool { layers.last?.text.isDecoded(range) ?? false }

    /// Whether what was decoded last are values as a whole (`DecodedText.isOfWholeValues`).
    var isOfWholeValues: Bool { layers.last?.text.isOfWholeValues ?? false }

    /// Whether a match in the innermost text counts: where whole values were decoded, what stands beside them was seen in
    /// the text itself.
    func isShown(_ secret: Range<Int>) -> Bool { !isOfWholeValues || isDecoded(secret) }

    /// Whether something that is encoded in the innermost text may not have been seen in the one before: a byte of it, or
    /// next to it, was decoded.
    func isNew(_ value: Range<Int>) -> Bool {
        isDecoded(max(0, value.lowerBound - 1)..<value.upperBound + 1)
    }

    /// Where a range of the innermost text stands, seen from the blob inwards: in the blob's text first, and then in each of
    /// the values that it is encoded in.
    func places(of range: Range<Int>) -> [DecodedPlace] {
        var range = range
        var places: [DecodedPlace] = []
        for layer in layers.reversed() {
            if layer.text.isOfWholeValues, let value = layer.text.value(in: range) {
                let shift = value.encoded.offset - value.range.lowerBound
                places.append(
                    DecodedPlace(
                        range: range.lowerBound + shift..<range.upperBound + shift,
                        value: DecodedPlace.Value(
                            text: layer.text, number: layer.number, range: value.range,
                            encoded: value.encoded.value, offset: value.encoded.offset)))
            }
            range = layer.text.original(of: range)
        }
        places.append(DecodedPlace(range: range, value: nil))
        return places.reversed()
    }
}

/// Where something stands in a blob's text, or in what a value stands for that is encoded there or in another value.
struct DecodedPlace {
    /// A value that was decoded as a whole.
    struct Value {
        /// The text it was decoded in, and the number of that.
        var text: DecodedText
        var number: Int
        /// What came out, in that text.
        var range: Range<Int>
        /// What was decoded, in the text before.
        var encoded: Range<Int>
        /// How many bytes of what the value stands for go before `range`: it may be a line of it.
        var offset: Int
    }

    /// Bytes of the blob's text, or of what the value stands for: less than zero if it begins before that.
    var range: Range<Int>
    /// `nil`: it is the blob's text.
    var value: Value?
}
