import Bytes

/// The texts of compiled Python: constants and names, as its `marshal` module writes them.
///
/// Each has its length in front of it and the next value directly behind it, so that printable runs would join what does not belong together.
enum PythonCode {
    /// Longer texts are none.
    private static let maximumText = 1 << 24

    /// The version, and a line end that a transfer as text would spoil.
    static func isCompiled(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count > 16 && bytes[2] == 0x0d && bytes[3] == 0x0a
    }

    /// The texts, each a line.
    static func text(of code: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var position = 16
        while position + 2 < code.count {
            guard let range = text(in: code, at: position) else {
                position += 1
                continue
            }
            result += code[range]
            result.append(.lineFeed)
            position = range.upperBound
        }
        return result
    }

    /// The text whose kind stands at a place; `nil`: no text stands there.
    private static func text(in code: UnsafeRawBufferPointer, at position: Int) -> Range<Int>? {
        let (start, count): (Int, Int)
        // The highest bit says that others refer to it.
        switch code[position] & 0x7f {
        case UInt8(ascii: "z"), UInt8(ascii: "Z"): (start, count) = (position + 2, Int(code[position + 1]))
        case UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "u"), UInt8(ascii: "t"), UInt8(ascii: "s"):
            guard position + 5 <= code.count else { return nil }
            let length = code.loadUnaligned(fromByteOffset: position + 1, as: UInt32.self)
            (start, count) = (position + 5, Int(UInt32(littleEndian: length)))
        default: return nil
        }
        guard count > 2, count <= maximumText, start + count <= code.count else { return nil }
        let text = code[start..<(start + count)]
        return text.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == .lineFeed || $0 == .tab || $0 == .carriageReturn }
            ? start..<(start + count) : nil
    }
}
