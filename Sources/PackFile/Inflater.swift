internal import CLibdeflate

/// Owns a decompressor of libdeflate.
struct Inflater: ~Copyable {
    private let handle: OpaquePointer

    init() {
        guard let handle = libdeflate_alloc_decompressor() else { fatalError("out of memory") }
        self.handle = handle
    }

    deinit { libdeflate_free_decompressor(handle) }

    /// Inflates a zlib stream whose size is known.
    ///
    /// - Parameters:
    ///   - input: Where the stream starts; more may follow it.
    ///   - output: Is filled, to the last byte.
    /// - Returns: How long the stream is; `nil` if it is damaged, cut off, or not of that size.
    borrowing func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int? {
        var consumed = 0
        // Without a place for the size that came out, any other size is an error.
        let result = libdeflate_zlib_decompress_ex(
            handle, input.baseAddress, input.count, output.baseAddress, output.count, &consumed, nil)
        return result == LIBDEFLATE_SUCCESS ? consumed : nil
    }

    /// The CRC-32 that indexes have.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        libdeflate_crc32(0, bytes.baseAddress, bytes.count)
    }
}
