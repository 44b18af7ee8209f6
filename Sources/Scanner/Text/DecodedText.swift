import Bytes

/// Text made by undoing an encoding in parts of another text, with enough of what stood around them to judge them by.
struct DecodedText {
    /// A stretch that was copied byte by byte, or decoded as a whole.
    private struct Piece {
        var start: Int
        var original: Range<Int>
        var isCopy: Bool
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
        pieces.append(Piece(start: bytes.count, original: range, isCopy: true))
        bytes.append(contentsOf: text.slice(range))
    }

    mutating func append(decoded: some Collection<UInt8>, from original: Range<Int>) {
        pieces.append(Piece(start: bytes.count, original: original, isCopy: false))
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
    func isDecoded(_ range: Range<Int>) -> Bool {
        guard var index = pieceIndex(at: range.lowerBound) else { return false }
        while index < pieces.count, pieces[index].start < range.upperBound {
            if !pieces[index].isCopy { return true }
            index += 1
        }
        return false
    }

    private func piece(at position: Int) -> Piece? { pieceIndex(at: position).map { pieces[$0] } }

    /// The last piece that begins at the position or before it.
    private func pieceIndex(at position: Int) -> Int? {
        let next = pieces.partitionPoint { $0.start <= position }
        return next == 0 ? nil : next - 1
    }
}
