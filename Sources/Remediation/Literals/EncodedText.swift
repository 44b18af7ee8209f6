import Bytes

/// A file's bytes as a text, and the way back.
package struct EncodedText {
    private enum Encoding {
        case utf8
        case utf16(bigEndian: Bool)
    }

    /// UTF-8, or anything that ASCII is a part of, without a mark.
    package let text: [UInt8]
    private let encoding: Encoding
    private let mark: [UInt8]

    /// - Returns: `nil` for what is no text, or none that could be written again as it was.
    package init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            let bigEndian = bytes[0] == 0xfe
            mark = Array(bytes[..<2])
            encoding = .utf16(bigEndian: bigEndian)
            guard bytes.count.isMultiple(of: 2) else { return nil }
            let units = stride(from: 2, to: bytes.count, by: 2).map { index -> UInt16 in
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                return bigEndian ? first << 8 | second : second << 8 | first
            }
            text = Array(String(decoding: units, as: UTF16.self).utf8)
            // What cannot be told from its repaired form is left alone; so is UTF-32.
            guard encoded(text) == bytes, !text.contains(0) else { return nil }
            return
        }
        mark = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[..<3]) : []
        encoding = .utf8
        text = Array(bytes[mark.count...])
        if text.contains(0) { return nil }
    }

    /// The bytes of a file that holds a text as this one was held.
    package func encoded(_ text: [UInt8]) -> [UInt8] {
        guard case .utf16(let bigEndian) = encoding else { return mark + text }
        var result = mark
        for unit in String(decoding: text, as: UTF8.self).utf16 {
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xff))
            result += bigEndian ? [high, low] : [low, high]
        }
        return result
    }
}
