internal import Bytes

/// How a document writes texts; numbered as SQLite numbers them.
enum DocumentEncoding: UInt32 {
    case utf8 = 1
    case utf16LittleEndian = 2
    case utf16BigEndian = 3

    /// A text, in UTF-8.
    func text(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard self != .utf8 else { return Array(bytes) }
        let units = stride(from: 0, to: bytes.count - 1, by: 2).lazy.map { index in
            let unit = bytes.loadUnaligned(fromByteOffset: index, as: UInt16.self)
            return self == .utf16LittleEndian ? UInt16(littleEndian: unit) : UInt16(bigEndian: unit)
        }
        return Array(String(decoding: Array(units), as: UTF16.self).utf8)
    }
}
