internal import CLibdeflate

/// Owns decompressors of libdeflate.
struct Inflater: ~Copyable {
    private let handle: OpaquePointer
    /// For streams that begin with a block of the fixed codes, as those of small objects do: the tables of these codes
    /// stay as they are until other codes take their place, and to make them takes longer than to inflate a short delta.
    private let fixedHandle: OpaquePointer

    init() {
        guard let handle = libdeflate_alloc_decompressor(), let fixedHandle = libdeflate_alloc_decompressor() else {
            fatalError("out of memory")
        }
        self.handle = handle
        self.fixedHandle = fixedHandle
    }

    deinit {
        libdeflate_free_decompressor(handle)
        libdeflate_free_decompressor(fixedHandle)
    }

    /// Inflates a zlib stream whose size is known.
    ///
    /// - Parameters:
    ///   - input: Where the stream starts; more may follow it.
    ///   - inputSlack: How many bytes that are not the stream's may be looked at behind the input. The library is slow
    ///     where it has to look out for the end of either side.
    ///   - output: Is filled, to the last byte.
    ///   - outputSlack: How many bytes may be written behind the output.
    /// - Returns: How long the stream is; `nil` if it is damaged, cut off, or not of that size.
    borrowing func inflate(
        _ input: UnsafeRawBufferPointer, inputSlack: Int = 0, into output: UnsafeMutableRawBufferPointer,
        outputSlack: Int = 0
    ) -> Int? {
        var consumed = 0
        var written = 0
        let result = libdeflate_zlib_decompress_ex(
            Self.startsWithFixedCodes(input) ? fixedHandle : handle, input.baseAddress, input.count + inputSlack,
            output.baseAddress, output.count + outputSlack, &consumed, &written)
        guard result == LIBDEFLATE_SUCCESS, written == output.count, consumed <= input.count else { return nil }
        return consumed
    }

    /// Two bytes of a header; a bit for the last block; two bits for the kind of the block.
    private static func startsWithFixedCodes(_ input: UnsafeRawBufferPointer) -> Bool {
        input.count > 2 && input[2] >> 1 & 3 == 1
    }

    /// The CRC-32 that indexes have.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        libdeflate_crc32(0, bytes.baseAddress, bytes.count)
    }
}
