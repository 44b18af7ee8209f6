internal import CLibgit2
internal import Glibc

/// Reads what zlib packed into a file, from front to back.
struct InflatedFile: ~Copyable {
    private let descriptor: Int32
    // On the heap: zlib remembers the address of its stream and refuses a moved one.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    private var hasEnded = false

    init(path: String) throws(LooseObjects.Failure) {
        self.init(descriptor: try Self.open(path))
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(byteCount: 16384, alignment: 16)
        // Should this fail, `inflate` does, too, and says so.
        _ = windsock_inflate_init(stream)
    }

    private static func open(_ path: String) throws(LooseObjects.Failure) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .notFound : .damaged(String(cString: strerror(errno)))
        }
        return descriptor
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
        close(descriptor)
    }

    mutating func readByte() throws(LooseObjects.Failure) -> UInt8? {
        var byte: UInt8 = 0
        let count = try withUnsafeMutableBytes(of: &byte) { bytes throws(LooseObjects.Failure) in
            try read(into: bytes)
        }
        return count == 1 ? byte : nil
    }

    /// Whether nothing follows, and zlib's checksum agrees.
    mutating func isAtEnd() throws(LooseObjects.Failure) -> Bool {
        try readByte() == nil && hasEnded
    }

    /// Fills a buffer.
    ///
    /// - Returns: How much there was.
    mutating func read(into output: UnsafeMutableRawBufferPointer) throws(LooseObjects.Failure) -> Int {
        var count = 0
        while count < output.count, !hasEnded {
            if stream.pointee.avail_in == 0 {
                let received = Glibc.read(descriptor, input.baseAddress, input.count)
                if received < 0, errno == EINTR { continue }
                guard received >= 0 else { throw .damaged(String(cString: strerror(errno))) }
                // The end of the file before the end of zlib's data: it is cut off.
                if received == 0 { return count }
                stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_in = uInt(received)
            }
            // zlib counts in 32 bits.
            let room = min(output.count - count, 1 << 30)
            stream.pointee.next_out = output.baseAddress?.advanced(by: count).assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = uInt(room)
            let code = inflate(stream, Z_NO_FLUSH)
            count += room - Int(stream.pointee.avail_out)
            hasEnded = code == Z_STREAM_END
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
                throw .damaged(stream.pointee.msg.map { "zlib says: " + String(cString: $0) } ?? "zlib error \(code)")
            }
        }
        return count
    }
}
