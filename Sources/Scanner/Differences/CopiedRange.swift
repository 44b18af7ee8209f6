/// A stretch of a blob that stands, byte for byte, in the blob it was made from.
@usableFromInline
package struct CopiedRange: Sendable, Equatable {
    /// Offset in the blob, in bytes.
    @usableFromInline package var offset: Int
    /// Offset in its base, in bytes.
    @usableFromInline package var baseOffset: Int
    /// In bytes.
    @usableFromInline package var count: Int

    // One is made for each piece of each difference.
    @inlinable
    package init(offset: Int, baseOffset: Int, count: Int) {
        self.offset = offset
        self.baseOffset = baseOffset
        self.count = count
    }

    var end: Int { offset + count }
    var baseEnd: Int { baseOffset + count }

    /// What is left of the copy where both texts begin so many bytes later; `nil` if nothing is.
    func skipping(_ bytes: Int) -> CopiedRange? {
        let lost = max(0, bytes - min(offset, baseOffset))
        guard lost < count else { return nil }
        return CopiedRange(offset: offset + lost - bytes, baseOffset: baseOffset + lost - bytes, count: count - lost)
    }

    /// Whether a range of the base is in this copy.
    func holds(base range: Range<Int>) -> Bool {
        range.lowerBound >= baseOffset && range.upperBound <= baseEnd
    }

    /// Where in the blob a place of the base is.
    var shift: Int { offset - baseOffset }
}
