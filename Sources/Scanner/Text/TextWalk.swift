/// What a `TextWalk` shows the texts to that it decodes.
protocol TextVisitor {
    /// Searches a text that was decoded.
    ///
    /// - Parameter layers: What was undone to get at it; the text is the innermost.
    mutating func visit(_ text: UnsafeRawBufferPointer, in layers: DecodedLayers)

    /// Says what is encoded in the text that was visited last.
    mutating func encodings(in text: UnsafeRawBufferPointer) -> Encodings
}

/// The one way through what is encoded in a text: undoes each encoding, shows what comes out to a visitor, and goes on
/// with that.
struct TextWalk {
    /// Bytes that may still be decoded.
    private var budget: Int
    /// How many texts were decoded.
    private var count = 0

    /// Texts made by decoding may together be this many times as long as the text they are made from, or this long if
    /// that is short.
    private static let budgetFactor = 2
    /// Where nothing is to be missed, and no rules are asked of what comes out.
    private static let thoroughFactor = 8
    private static let minimumBudget = 1 << 20
    private static let maximumDepth = 3

    /// - Parameter count: Length in bytes of the text that the walk begins with.
    init(from count: Int, isThorough: Bool = false) {
        let factor = isThorough ? Self.thoroughFactor : 1
        budget = max(Self.minimumBudget * factor, count * Self.budgetFactor * factor)
    }

    /// Visits all that is encoded in a text, and in what comes out.
    ///
    /// - Parameters:
    ///   - text: What the walk begins with; it is not visited itself.
    ///   - found: What is encoded in it.
    /// - Returns: Whether all of it was decoded.
    @discardableResult
    static func visitDecoded(
        in text: UnsafeRawBufferPointer, _ found: Encodings, by visitor: inout some TextVisitor
    ) -> Bool {
        var walk = TextWalk(from: text.count, isThorough: found.effort.reach != nil)
        walk.descend(into: text, found, below: DecodedLayers(), &visitor)
        return walk.budget > 0
    }

    private mutating func descend(
        into text: UnsafeRawBufferPointer, _ found: Encodings, below layers: DecodedLayers,
        _ visitor: inout some TextVisitor
    ) {
        for decoder in Decoder.allCases {
            guard let decoded = decoder.decode(text, found, budget: budget) else { continue }
            budget -= decoded.bytes.count
            count += 1
            let layers = layers.adding(decoded, number: count)
            decoded.bytes.withUnsafeBytes { bytes in
                visitor.visit(bytes, in: layers)
                guard layers.depth < Self.maximumDepth, budget > 0 else { return }
                var encodings = visitor.encodings(in: bytes)
                // What was copied was looked at in the text before.
                encodings.runs = encodings.runs.filter(layers.isNew)
                if let reach = encodings.effort.reach {
                    encodings.effort.isWanted = {
                        layers.isDecoded(max(0, $0.lowerBound - reach)..<$0.upperBound + reach)
                    }
                }
                descend(into: bytes, encodings, below: layers, &visitor)
            }
        }
    }
}
