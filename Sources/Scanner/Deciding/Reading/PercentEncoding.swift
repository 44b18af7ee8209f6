import Bytes

/// Undoes `%40` and its like in a short value. Texts as a whole go through `PercentDecoder`.
enum PercentEncoding {
    struct Part {
        var byte: UInt8
        var isEscaped: Bool
    }

    static func parts(_ text: UnsafeRawBufferPointer) -> [Part] {
        var result: [Part] = []
        var index = 0
        while index < text.count {
            if text[index] == .percent, index + 2 < text.count, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                result.append(Part(byte: high << 4 | low, isEscaped: true))
                index += 3
            } else {
                result.append(Part(byte: text[index], isEscaped: false))
                index += 1
            }
        }
        return result
    }

    static func decoded(_ text: UnsafeRawBufferPointer) -> [UInt8] { parts(text).map(\.byte) }
}
