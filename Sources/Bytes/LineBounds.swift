public import CLiteralSearch
public import Platform

/// Where lines begin and end: a line ends with LF or CR LF.
extension UnsafeRawBufferPointer {
    /// Offset of the first byte of the line that holds `offset`; no further back than `reach` bytes.
    @inlinable
    package func lineStart(of offset: Int, reach: Int = .max) -> Int {
        let lowest = reach >= offset ? 0 : offset - reach
        guard let base = baseAddress?.assumingMemoryBound(to: UInt8.self) else { return lowest }
        return windsock_line_start(base, lowest, offset)
    }

    /// Offset of the LF that ends the line of `offset`, or of the end of the text; no further than `reach` bytes.
    @inlinable
    package func lineEnd(of offset: Int, reach: Int = .max) -> Int {
        let highest = reach >= count - offset ? count : offset + reach
        guard let base = baseAddress, highest > offset else { return highest }
        guard let found = memchr(base + offset, Int32(UInt8.lineFeed), highest - offset) else { return highest }
        return UnsafeRawPointer(found) - base
    }
}

extension [UInt8] {
    /// All lines, each with what ends it.
    package var linesWithEnds: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < count {
            let end = self[start...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? count
            lines.append(self[start..<end])
            start = end
        }
        return lines
    }
}
