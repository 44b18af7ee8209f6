import CInflate
import CLibdeflate

/// Inflates a stream with the decompressor for small streams and with libdeflate: what the first one makes of a stream
/// must be what the second one does. It may leave any stream to the second one.
///
/// - Parameter bytes: A DEFLATE stream without a header, and anything behind it; checksums are not looked at.
func checkInflate(_ bytes: UnsafeRawBufferPointer, largestSize: Int) {
    let inputSlack = Int(WINDSOCK_INFLATE_INPUT_SLACK)
    let outputSlack = Int(WINDSOCK_INFLATE_OUTPUT_SLACK)
    let stream: [UInt8] = [0x78, 0x01] + bytes + [0, 0, 0, 0]
    // Of their exact sizes, for the address sanitizer.
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: stream.count + inputSlack, alignment: 1)
    defer { input.deallocate() }
    _ = input.initializeMemory(as: UInt8.self, repeating: 0xff)
    input.copyBytes(from: stream)
    var known = [UInt8](repeating: 0, count: largestSize)
    var consumed = 0
    var size = 0
    let decompressor = libdeflate_alloc_decompressor()
    defer { libdeflate_free_decompressor(decompressor) }
    let isGood =
        libdeflate_deflate_decompress_ex(
            decompressor, input.baseAddress! + 2, stream.count - 6, &known, known.count, &consumed, &size)
        == LIBDEFLATE_SUCCESS

    let inflater = windsock_inflater_create()
    defer { windsock_inflater_free(inflater) }
    // Also of another size than it has.
    for tried in isGood ? [size, size + 1, max(0, size - 1)] : [0, 100, largestSize] {
        let output = UnsafeMutableRawBufferPointer.allocate(byteCount: tried + outputSlack, alignment: 1)
        defer { output.deallocate() }
        let count = windsock_inflate(inflater, input.baseAddress, stream.count, output.baseAddress, tried)
        guard count > 0 else { continue }
        precondition(isGood && tried == size && count == consumed + 6, "inflates what libdeflate does not")
        precondition(output.prefix(size).elementsEqual(known.prefix(size)), "inflates it to something else")
    }
}
