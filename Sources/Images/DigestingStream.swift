package import Archives
internal import Bytes
internal import CDigest

/// A stream that counts and hashes what goes through it.
package final class DigestingStream: ByteStream {
    private let stream: any ByteStream
    private var hash = windsock_sha256()
    package private(set) var count = 0
    private var isAtEnd = false

    package init(_ stream: any ByteStream) {
        self.stream = stream
        windsock_sha256_begin(&hash)
    }

    package func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        let piece = try stream.next()
        if piece.isEmpty { isAtEnd = true }
        count += piece.count
        if let start = piece.baseAddress { windsock_sha256_add(&hash, start, piece.count) }
        return piece
    }

    /// Reads what is left, and tells the digest of all of it.
    ///
    /// - Parameters:
    ///   - limit: More bytes than these are not read: then there is no digest.
    ///   - goesOn: Asked from time to time.
    package func finish(upTo limit: Int, while goesOn: () -> Bool) throws(ByteStreamFailure) -> ImageDigest? {
        while !isAtEnd {
            guard count <= limit, goesOn() else { return nil }
            _ = try next()
        }
        var copy = hash
        let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            windsock_sha256_end(&copy, buffer.baseAddress)
            count = 32
        }
        return ImageDigest(sha256: digest.withUnsafeBytes(\.hexadecimal))
    }
}

extension ImageDigest {
    /// The digest of bytes that are held in memory.
    package static func sha256(of bytes: [UInt8]) -> ImageDigest? {
        var hash = windsock_sha256()
        windsock_sha256_begin(&hash)
        bytes.withUnsafeBytes { windsock_sha256_add(&hash, $0.baseAddress, $0.count) }
        let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            windsock_sha256_end(&hash, buffer.baseAddress)
            count = 32
        }
        return ImageDigest("sha256:" + digest.withUnsafeBytes(\.hexadecimal))
    }
}
