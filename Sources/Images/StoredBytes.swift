internal import Archives
internal import Bytes
internal import Platform

/// A file, or memory, of which any part can be read at any time and from any thread.
final class StoredBytes: Sendable {
    private enum Storage: Sendable {
        case descriptor(Int32)
        case memory([UInt8])
    }

    private let storage: Storage
    let count: Int

    /// Opens a regular file.
    init(path: String) throws(SystemError) {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(errno, attempt: "open", subject: path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw SystemError(EINVAL, attempt: "read", subject: path)
        }
        storage = .descriptor(descriptor)
        count = Int(status.st_size)
    }

    init(_ bytes: [UInt8]) {
        storage = .memory(bytes)
        count = bytes.count
    }

    deinit { if case .descriptor(let descriptor) = storage { close(descriptor) } }

    /// Reads from an offset as much as there is room for, or to the end.
    ///
    /// - Returns: How many bytes were read.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ByteStreamFailure) -> Int {
        switch storage {
        case .memory(let bytes):
            let count = max(0, min(buffer.count, bytes.count - offset))
            buffer.copyBytes(from: bytes[min(offset, bytes.count)..<(min(offset, bytes.count) + count)])
            return count
        case .descriptor(let descriptor):
            var count = 0
            while count < buffer.count {
                let received = pread(
                    descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(offset + count))
                if received < 0 {
                    if errno == EINTR { continue }
                    throw ByteStreamFailure(String(cString: strerror(errno)))
                }
                if received == 0 { break }
                count += received
            }
            return count
        }
    }
}

/// A part of a file or of memory, as a stream.
final class PartStream: ByteStream {
    private let bytes: StoredBytes
    private var offset: Int
    private let end: Int
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

    /// - Parameter range: In bytes. Where there is less, the stream fails at that place.
    init(_ bytes: StoredBytes, _ range: Range<Int>) {
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    deinit { piece.deallocate() }

    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        let wanted = min(piece.count, end - offset)
        guard wanted > 0 else { return UnsafeRawBufferPointer(rebasing: piece[..<0]) }
        let count = try bytes.read(into: UnsafeMutableRawBufferPointer(rebasing: piece[..<wanted]), at: offset)
        guard count == wanted else { throw ByteStreamFailure("it ends before it is whole") }
        offset += count
        return UnsafeRawBufferPointer(rebasing: piece[..<count])
    }
}
