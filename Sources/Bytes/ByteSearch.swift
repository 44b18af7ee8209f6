public import CLiteralSearch
public import Platform

/// Searches in short stretches of bytes: what is around a candidate, not whole files.
extension UnsafeRawBufferPointer {
    /// ASCII letters folded to lower case; every other byte as it is.
    @inlinable @inline(__always)
    package static func folded(_ byte: UInt8) -> UInt8 { byte.isUppercase ? byte | 0x20 : byte }

    /// Whether the literal (lower case) stands in these bytes, ASCII case ignored.
    @inlinable
    package func containsCaseless(_ literal: StaticString) -> Bool {
        containsCaseless(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Whether the literal (lower case) stands in these bytes, ASCII case ignored.
    @inlinable
    package func containsCaseless(_ literal: [UInt8]) -> Bool {
        literal.withUnsafeBufferPointer { containsCaseless($0) }
    }

    @inlinable
    package func containsCaseless(_ literal: UnsafeBufferPointer<UInt8>) -> Bool { firstCaseless(literal) != nil }

    /// Offset of the first place in a range where the literal (lower case) stands, ASCII case ignored.
    @inlinable
    package func firstCaseless(_ literal: [UInt8], in range: Range<Int>) -> Int? {
        literal.withUnsafeBufferPointer { firstCaseless($0[...], in: range) }
    }

    /// Offset of the first place in a range where a literal (lower case) that is a part of others stands, ASCII case
    /// ignored.
    @inlinable
    package func firstCaseless(_ literal: Slice<UnsafeBufferPointer<UInt8>>, in range: Range<Int>) -> Int? {
        slice(range).firstCaseless(UnsafeBufferPointer(rebasing: literal)).map { range.lowerBound + $0 }
    }

    @inlinable
    package func firstCaseless(_ literal: UnsafeBufferPointer<UInt8>) -> Int? {
        // C: a candidate's line and those around it are looked through for dozens of words.
        let offset = windsock_find_caseless(
            baseAddress?.assumingMemoryBound(to: UInt8.self), count, literal.baseAddress, literal.count)
        return offset < 0 ? nil : offset
    }

    /// Whether these bytes are the literal (lower case), ASCII case ignored.
    @inlinable
    package func equalsCaseless(_ literal: StaticString) -> Bool {
        count == literal.utf8CodeUnitCount && holdsCaseless(literal, at: 0)
    }

    /// Whether these bytes end with the literal (lower case), ASCII case ignored.
    @inlinable
    package func endsCaseless(with literal: StaticString) -> Bool {
        let start = count - literal.utf8CodeUnitCount
        return start >= 0 && holdsCaseless(literal, at: start)
    }

    /// Whether the literal (lower case), which ends within these bytes, stands at an offset, ASCII case ignored.
    ///
    /// Byte by byte, backwards: this is asked of words and names, most of which differ in their last letter already, and a
    /// search that is made for long texts takes longer to begin.
    @inlinable
    func holdsCaseless(_ literal: StaticString, at start: Int) -> Bool {
        var index = literal.utf8CodeUnitCount
        while index > 0 {
            index -= 1
            if Self.folded(self[start + index]) != literal.utf8Start[index] { return false }
        }
        return true
    }

    @inlinable
    package func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }
}

extension UnsafeRawBufferPointer {
    /// Offset of the first such byte at `start` or later.
    @inlinable
    package func first(_ byte: UInt8, from start: Int) -> Int? {
        guard let base = baseAddress, start < count, let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
