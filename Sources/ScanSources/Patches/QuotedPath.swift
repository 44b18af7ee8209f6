/// Paths as git writes them where they hold quotes, control characters or bytes outside of ASCII: in the manner of C.
enum QuotedPath {
    /// - Parameter text: From one quote to the other.
    static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text.dropFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                result.append(byte)
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "3")).contains(escaped), rest.count >= 2 else {
                result.append(character(escaped))
                continue
            }
            var value = Int(escaped - UInt8(ascii: "0"))
            for digit in rest.prefix(2) { value = value << 3 | Int(digit & 7) }
            rest = rest.dropFirst(2)
            result.append(UInt8(truncatingIfNeeded: value))
        }
        return result
    }

    private static func character(_ escaped: UInt8) -> UInt8 {
        switch escaped {
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "v"): 0x0b
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "r"): 0x0d
        default: escaped
        }
    }
}
