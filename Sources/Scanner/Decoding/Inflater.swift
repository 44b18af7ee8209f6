internal import CZlib

/// Reads what was compressed with gzip (RFC 1952), member after member.
struct Inflater: ~Copyable {
    /// zlib keeps the address of the structure and refuses to work if it moves.
    private let stream: UnsafeMutablePointer<z_stream>
    private let bytes: UnsafeRawBufferPointer
    /// How many of the bytes zlib has been given.
    private var given = 0
    private(set) var isAtEnd = false

    /// Whether the bytes begin like a gzip member.
    static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // Two bytes that stand for gzip, deflate, and flags whose upper bits are reserved.
        bytes.count >= 18 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8 && bytes[3] & 0xe0 == 0
    }

    /// - Parameter bytes: Must outlive this value.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 added to the window's size: gzip only. It fails for want of memory alone.
        let windowBits: Int32 = 15 + 16
        if inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK {
            preconditionFailure("zlib could not allocate its state")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Fills as much of a buffer as there is, and returns how much; where the data are damaged or cut off, they end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(clamping: buffer.count)
        let size = stream.pointee.avail_out
        while !isAtEnd, stream.pointee.avail_out > 0 {
            refill()
            let status = inflate(stream, Z_NO_FLUSH)
            if status == Z_STREAM_END {
                beginNextMember()
            } else if status != Z_OK {
                // Damaged, or nothing more to read.
                isAtEnd = true
            }
        }
        return Int(size - stream.pointee.avail_out)
    }

    private mutating func refill() {
        guard stream.pointee.avail_in == 0, given < bytes.count, let base = bytes.baseAddress else { return }
        let part = UInt32(clamping: bytes.count - given)
        // zlib does not write to its input.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self) + given)
        stream.pointee.avail_in = part
        given += Int(part)
    }

    private mutating func beginNextMember() {
        let consumed = given - Int(stream.pointee.avail_in)
        if !Self.begins(bytes.slice(consumed..<bytes.count)) || inflateReset(stream) != Z_OK { isAtEnd = true }
    }
}
