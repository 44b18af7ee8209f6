import Bytes
internal import Zlib

/// What is in gzip files, or in gzip or zlib somewhere in a text.
enum GzipContent {
    /// By so many bytes it is judged whether the content is text.
    private static let sampleSize = 8192
    private static let pieceSize = 1 << 16

    /// How the content of a member that begins with these bytes is to be read; `nil` if there is none.
    static func encoding(_ bytes: UnsafeRawBufferPointer, _ format: InflateStream.Format = .gzip) -> TextEncoding? {
        var reader = GzipReader(bytes, format)
        let sample = [UInt8](unsafeUninitializedCapacity: sampleSize) { buffer, count in
            count = reader.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        guard !sample.isEmpty else { return nil }
        // The length of a sample is even and says nothing.
        return sample.withUnsafeBytes { TextEncoding($0) }
    }

    /// Inflates if text comes out.
    ///
    /// - Parameters:
    ///   - limit: How many bytes may come out at the most.
    ///   - result: Is given the content.
    /// - Returns: Whether that is all; `nil`, with an empty result, if it is no text.
    static func inflate(
        _ bytes: UnsafeRawBufferPointer, _ format: InflateStream.Format = .gzip, limit: Int, into result: inout [UInt8]
    ) -> Bool? {
        result.removeAll(keepingCapacity: true)
        guard let encoding = encoding(bytes, format), encoding != .binary, encoding != .gzip else { return nil }
        var reader = GzipReader(bytes, format)
        withUnsafeTemporaryAllocation(byteCount: pieceSize, alignment: 16) { piece in
            while !reader.isAtEnd, result.count <= limit {
                result.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<reader.read(into: piece)]))
            }
        }
        guard result.count > limit else { return true }
        result.removeLast(result.count - limit)
        return false
    }
}
