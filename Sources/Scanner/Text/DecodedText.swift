import Bytes

/// What a stretch of decoded text comes from.
struct EncodedPlace: Hashable {
    /// The whole value, in the text that was decoded.
    var value: Range<Int>
    /// How many bytes of what the value stands for go before the stretch.
    var offset: Int
}

/// Text made by undoing an encoding in parts of another text, with enough of what stood around them to judge them by.
struct DecodedText {
    /// A stretch that was copied byte by byte, or decoded as a whole.
    private struct Piece {
        var start: Int
        var count: Int
        var original: Range<Int>
        /// The value that it is decoded from, or a line of; `nil`: it was copied.
        var value: EncodedPlace?
        var isCopy: Bool { value == nil }
        var range: Range<Int> { start..<start + count }
    }

    /// Names of what was undone, as reports show them, outermost first.
    let decoders: [String]
    private(set) var bytes: [UInt8] = []
    private var pieces: [Piece] = []
    private(set) var hasDecoded = false

    /// What was decoded are values as a whole, not single bytes in them: what stands beside them is as it was.
    let isOfWholeValues: Bool

    init(_ decoders: String..., isOfWholeValues: Bool) {
        self.decoders = decoders
        self.isOfWholeValues = isOfWholeValues
    }

    mutating func copy(_ range: Range<Int>, of text: UnsafeRawBufferPointer) {
        guard !range.isEmpty else { return }
        pieces.append(Piece(start: bytes.count, count: range.count, original: range, value: nil))
        bytes.append(contentsOf: text.slice(range))
    }

    /// - Parameter value: The value that was decoded, if that is more than `original`.
    mutating func append(
        decoded: some Collection<UInt8>, from original: Range<Int>, of value: EncodedPlace? = nil
    ) {
        pieces.append(
            Piece(
                start: bytes.count, count: decoded.count, original: original,
                value: value ?? EncodedPlace(value: original, offset: 0)))
        bytes.append(contentsOf: decoded)
        hasDecoded = true
    }

    /// More lines than any rule's context reaches, and what ends blocks and sections.
    private static let separator = Array("\n-\n[-]\n".utf8) + [UInt8](repeating: .lineFeed, count: 51)

    /// Ends an island: what follows is not near what went before.
    mutating func separate() {
        bytes.append(contentsOf: Self.separator)
    }

    /// The bytes of the text it was made from that a range of `bytes` stands for.
    func original(of range: Range<Int>) -> Range<Int> {
        let first = piece(at: range.lowerBound)
        let last = piece(at: max(range.lowerBound, range.upperBound - 1))
        guard let first, let last else { return 0..<0 }
        let lower =
            first.isCopy
            ? min(first.original.upperBound, first.original.lowerBound + range.lowerBound - first.start)
            : first.original.lowerBound
        let upper =
            last.isCopy
            ? min(last.original.upperBound, last.original.lowerBound + range.upperBound - last.start)
            : last.original.upperBound
        return lower..<max(lower, upper)
    }

    /// Whether any byte of the range was decoded rather than copied.
    func isDecoded(_ range: Range<Int>) -> Bool { firstDecoded(in: range) != nil }

    /// A value that was decoded: what it was, and what it is here.
    struct Value {
        var encoded: EncodedPlace
        /// Where what came out stands in `bytes`.
        var range: Range<Int>
    }

    /// The first value any byte of which is in a range of `bytes`; `nil` if all of that was copied.
    func value(in range: Range<Int>) -> Value? {
        firstDecoded(in: range).flatMap { piece in piece.value.map { Value(encoded: $0, range: piece.range) } }
    }

    private func firstDecoded(in range: Range<Int>) -> Piece? {
        guard var index = pieceIndex(at: range.lowerBound) else { return nil }
        while index < pieces.count, pieces[index].start < range.upperBound {
            if !pieces[index].isCopy { return pieces[index] }
            index += 1
        }
        return nil
    }

    private func piece(at position: Int) -> Piece? { pieceIndex(at: position).map { pieces[$0] } }

    /// The last piece that begins at the position or before it.
    private func pieceIndex(at position: Int) -> Int? {
        let next = pieces.partitionPoint { $0.start <= position }
        return next == 0 ? nil : next - 1
    }
}
