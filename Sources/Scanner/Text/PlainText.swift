import Bytes

/// Tells text from other bytes.
enum PlainText {
    /// How many of the first bytes are text: printable ASCII and white space, and characters of UTF-8 outside of ASCII.
    static func end(of bytes: UnsafeRawBufferPointer) -> Int {
        var index = 0
        while index < bytes.count {
            if bytes[index].isPlainText {
                index += 1
            } else {
                let length = characterLength(bytes, index)
                if length == 0 { break }
                index += length
            }
        }
        return index
    }

    /// The length of the character outside of ASCII that begins at a place; 0 if none does.
    private static func characterLength(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        let length =
            switch bytes[index] {
            case 0xc2...0xdf: 2
            case 0xe0...0xef: 3
            case 0xf0...0xf4: 4
            default: 0
            }
        guard length > 0, index + length <= bytes.count else { return 0 }
        return bytes[index + 1..<index + length].allSatisfy { $0 & 0xc0 == 0x80 } ? length : 0
    }
}
