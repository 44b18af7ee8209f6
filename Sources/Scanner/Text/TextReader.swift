import Bytes

/// Reads blobs as text: undoes the encoding of the characters, and gzip around a file. One a thread; memory is reused.
struct TextReader {
    /// What was undone to get at a text.
    enum Container {
        case none
        /// - Parameter isWhole: Whether all of the content was read.
        case gzip(isWhole: Bool)
    }

    private var converted: [UInt8] = []
    private var inflated: [UInt8] = []

    /// What an unusually large file made a buffer grow to is given back after it.
    private static let keptCapacity = 16 << 20

    /// Calls `body` with the text of a blob, in UTF-8 or anything that ASCII is a part of and without a byte order mark;
    /// with `nil` if it is binary.
    ///
    /// - Parameter limit: How much of a gzip file's content is read, in bytes.
    mutating func read<Result>(
        _ bytes: UnsafeRawBufferPointer, limit: Int, _ body: (UnsafeRawBufferPointer?, Container) -> Result
    ) -> Result {
        let encoding = TextEncoding(bytes)
        guard encoding == .gzip else { return read(bytes, as: encoding, in: .none, body) }
        defer { if inflated.capacity > Self.keptCapacity { inflated = [] } }
        guard let isWhole = GzipContent.inflate(bytes, limit: limit, into: &inflated) else { return body(nil, .none) }
        let content = inflated
        return content.withUnsafeBytes { read($0, as: TextEncoding($0), in: .gzip(isWhole: isWhole), body) }
    }

    private mutating func read<Result>(
        _ bytes: UnsafeRawBufferPointer, as encoding: TextEncoding, in container: Container,
        _ body: (UnsafeRawBufferPointer?, Container) -> Result
    ) -> Result {
        switch encoding {
        case .binary, .gzip: return body(nil, container)
        case .utf8(let skipping): return body(bytes.slice(skipping..<bytes.count), container)
        case .utf16(let bigEndian, let skipping):
            TextEncoding.utf8(fromUTF16: bytes.slice(skipping..<bytes.count), bigEndian: bigEndian, into: &converted)
            return converted.withUnsafeBytes { body($0, container) }
        case .utf32(let bigEndian, let skipping):
            TextEncoding.utf8(fromUTF32: bytes.slice(skipping..<bytes.count), bigEndian: bigEndian, into: &converted)
            return converted.withUnsafeBytes { body($0, container) }
        }
    }
}
