/// 64 rows of 64 bits.
struct BitSquare {
    private var rows = [UInt64](repeating: 0, count: 64)

    subscript(row: Int) -> UInt64 { rows[row] }

    /// Sets the first rows, 64 at most, and clears the others.
    mutating func fill(_ words: some Sequence<UInt64>) {
        var count = 0
        for word in words {
            rows[count] = word
            count += 1
        }
        for row in count..<64 { rows[row] = 0 }
    }

    /// Makes rows of columns: bit 3 of row 5 becomes bit 5 of row 3.
    mutating func transpose() {
        // Squares within the square swap their corners, ever smaller ones: first halves, at last single bits.
        rows.withUnsafeMutableBufferPointer { rows in
            var width = 32
            var mask: UInt64 = 0x0000_0000_ffff_ffff
            while width > 0 {
                var row = 0
                while row < 64 {
                    let moved = (rows[row] >> UInt64(width) ^ rows[row + width]) & mask
                    rows[row] ^= moved << UInt64(width)
                    rows[row + width] ^= moved
                    row = (row + width + 1) & ~width
                }
                width /= 2
                mask ^= mask << UInt64(width)
            }
        }
    }
}
