import Bytes
internal import Zlib

/// Reads what was compressed with gzip (RFC 1952), member after member, or with zlib (RFC 1950).
struct GzipReader: ~Copyable {
    private var stream: InflateStream
    private let format: InflateStream.Format
    private let bytes: UnsafeRawBufferPointer
    private var consumed = 0
    private(set) var isAtEnd = false

    /// Whether the bytes begin like a gzip member.
    static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // Two bytes that stand for gzip, deflate, and flags whose upper bits are reserved.
        bytes.count >= 18 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8 && bytes[3] & 0xe0 == 0
    }

    /// - Parameter bytes: Must outlive this value.
    init(_ bytes: UnsafeRawBufferPointer, _ format: InflateStream.Format = .gzip) {
        self.bytes = bytes
        self.format = format
        stream = InflateStream(format)
    }

    /// Fills as much of a buffer as there is, and returns how much; where the data are damaged or cut off, they end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var count = 0
        while !isAtEnd, count < buffer.count {
            let step = stream.inflate(
                bytes.slice(consumed..<bytes.count), into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            consumed += step.consumed
            count += step.written
            switch step.status {
            case .unfinished: isAtEnd = step.isStuck
            case .ended: beginNextMember()
            case .damaged: isAtEnd = true
            }
        }
        return count
    }

    private mutating func beginNextMember() {
        isAtEnd = format != .gzip || !Self.begins(bytes.slice(consumed..<bytes.count))
        stream.reset()
    }
}
