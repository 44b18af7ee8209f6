internal import Bytes
internal import Zlib

/// What zlib has compressed in a document.
enum Inflation {
    /// - Returns: What can be read of it, `limit` bytes at the most: of a damaged stream what is in front of the damage.
    static func content(of bytes: UnsafeRawBufferPointer, limit: Int) -> [UInt8] {
        var stream = InflateStream(.zlib)
        var result: [UInt8] = []
        var offset = 0
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { piece in
            while offset < bytes.count || offset == 0, result.count < limit {
                let step = stream.inflate(bytes.slice(offset..<bytes.count), into: piece)
                result.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<step.written]))
                offset += step.consumed
                if step.status != .unfinished || step.isStuck { break }
            }
        }
        if result.count > limit { result.removeLast(result.count - limit) }
        return result
    }
}
