internal import CLiteralSearch
import Rules

/// Finds the keywords of all rules in one pass.
///
/// `@unchecked Sendable`: the C structure is not written to once it is made.
final class Prefilter: @unchecked Sendable {
    private let literals: OpaquePointer
    let keywordCount: Int

    /// Shorter keywords cannot be searched for by three-byte grams.
    static let keywordLengths = KeywordTable.searchableLengths

    struct Keyword: Hashable {
        /// 3 to 255 of them.
        var bytes: [UInt8]
        /// Whether the case of ASCII letters counts.
        var isExact = false
    }

    convenience init(_ keywords: [Keyword]) {
        self.init(
            bytes: Array(keywords.map(\.bytes).joined()), lengths: keywords.map(\.bytes.count),
            isExact: keywords.map(\.isExact))
    }

    /// - Parameters:
    ///   - bytes: The keywords, one behind the other.
    ///   - lengths: Of each, in bytes: 3 to 255.
    ///   - isExact: Whether the case of its ASCII letters counts.
    init(bytes: [UInt8], lengths: [Int], isExact: [Bool]) {
        keywordCount = lengths.count
        let made = windsock_literals_create(bytes, lengths, isExact, lengths.count)
        guard let made else { preconditionFailure("keywords must be 3 to 255 bytes long") }
        literals = made
    }

    deinit { windsock_literals_destroy(literals) }

    /// Room for the hits of one call: as many as there are keywords at the least.
    func makeHitBuffer() -> HitBuffer { HitBuffer(count: max(1024, keywordCount + 1)) }

    /// Calls `body` with the offset and number of every keyword in the text, almost in order of offset.
    func forEachHit(
        in text: UnsafeRawBufferPointer, room: borrowing HitBuffer, _ body: (_ offset: Int, _ keyword: Int) -> Void
    ) { forEachHit(in: text, buffer: room.hits, body) }

    /// Calls `body` with the offset and number of every keyword in the text, almost in order of offset.
    ///
    /// - Parameter buffer: Room for hits; must outlive the call.
    func forEachHit(
        in text: UnsafeRawBufferPointer, buffer: UnsafeMutableBufferPointer<windsock_hit>,
        _ body: (_ offset: Int, _ keyword: Int) -> Void
    ) {
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var position = 0
        while position < text.count {
            let found = windsock_literals_find(
                literals, base, text.count, &position, buffer.baseAddress, buffer.count)
            for index in 0..<found { body(buffer[index].offset, Int(buffer[index].literal)) }
        }
    }
}
