internal import Bytes

/// Undoes how the content of an e-mail's part is written.
enum MailDecoding {
    static func content(_ text: UnsafeRawBufferPointer, _ encoding: MailHeaders.Encoding) -> [UInt8] {
        switch encoding {
        case .none: Array(text)
        case .base64: base64(text)
        case .quotedPrintable: quotedPrintable(text)
        }
    }

    /// In lines; what is of neither the alphabet nor white space ends it.
    private static func base64(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        for byte in text {
            if byte.isWhitespace { continue }
            if Base64Bytes.value(of: byte) == nil { break }
            plain.append(byte)
        }
        return Base64Bytes.decode(plain)
    }

    private static func quotedPrintable(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            guard byte == .equalsSign else {
                result.append(byte)
                continue
            }
            if index < text.count, text[index] == .lineFeed {
                index += 1
            } else if index + 1 < text.count, text[index] == .carriageReturn, text[index + 1] == .lineFeed {
                index += 2
            } else if index + 1 < text.count, let high = text[index].hexValue, let low = text[index + 1].hexValue {
                result.append(high << 4 | low)
                index += 2
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
