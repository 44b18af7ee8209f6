import Bytes
internal import CInflate
internal import CLibdeflate

/// Owns decompressors: our own, made for small streams, and that of libdeflate, which judges what the first leaves to it.
struct Inflater: ~Copyable {
    private let handle: OpaquePointer
    private let smallHandle: OpaquePointer

    /// How many bytes behind a stream should be there to be looked at: the end of a pack is slower to inflate.
    static let inputSlack = Int(WINDSOCK_INFLATE_INPUT_SLACK)
    /// How many bytes behind the output should be there to be written to.
    static let outputSlack = Int(WINDSOCK_INFLATE_OUTPUT_SLACK)

    init() {
        guard let handle = libdeflate_alloc_decompressor(), let smallHandle = windsock_inflater_create() else {
            fatalError("out of memory")
        }
        self.handle = handle
        self.smallHandle = smallHandle
    }

    deinit {
        libdeflate_free_decompressor(handle)
        windsock_inflater_free(smallHandle)
    }

    /// Inflates a zlib stream whose size is known.
    ///
    /// - Parameters:
    ///   - input: Where the stream starts; more may follow it.
    ///   - inputSlack: How many bytes that are not the stream's may be looked at behind the input.
    ///   - output: Is filled, to the last byte.
    ///   - outputSlack: How many bytes may be written behind the output.
    /// - Returns: How long the stream is; `nil` if it is damaged, cut off, or not of that size.
    borrowing func inflate(
        _ input: UnsafeRawBufferPointer, inputSlack: Int = 0, into output: UnsafeMutableRawBufferPointer,
        outputSlack: Int = 0
    ) -> Int? {
        if inputSlack >= Self.inputSlack, outputSlack >= Self.outputSlack, let source = input.baseAddress,
            let target = output.baseAddress
        {
            let count = windsock_inflate(smallHandle, source, input.count, target, output.count)
            if count > 0, libdeflate_adler32(1, target, output.count) == input.bigEndian(count - 4, as: UInt32.self) {
                return count
            }
        }
        var consumed = 0
        var written = 0
        let result = libdeflate_zlib_decompress_ex(
            handle, input.baseAddress, input.count + inputSlack, output.baseAddress, output.count + outputSlack,
            &consumed, &written)
        guard result == LIBDEFLATE_SUCCESS, written == output.count, consumed <= input.count else { return nil }
        return consumed
    }

    /// The CRC-32 that indexes have.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        libdeflate_crc32(0, bytes.baseAddress, bytes.count)
    }
}
