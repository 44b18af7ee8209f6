import CZlib
import TestSupport
import Testing
import Zlib

struct InflateStreamTests {
    private static let formats: [InflateStream.Format] = [.zlib, .gzip]

    private let content: [UInt8]

    init() {
        var generator = SeededGenerator(seed: 31)
        content = (0..<40_000).map { _ in UInt8.random(in: 0x20...0x2f, using: &generator) }
    }

    private func deflate(_ content: [UInt8], _ format: InflateStream.Format, level: Int32 = 6) -> [UInt8] {
        var stream = z_stream()
        let windowBits: Int32 = format == .gzip ? 31 : 15
        precondition(
            deflateInit2_(
                &stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = content
        return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(content.count)))) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END)
            }
            count = output.count - Int(stream.avail_out)
        }
    }

    /// Goes on until the stream ends, is damaged, or nothing more comes.
    private func inflate(
        _ bytes: [UInt8], _ stream: inout InflateStream, pieces: Int = .max, room: Int = 1 << 16
    ) -> (content: [UInt8], consumed: Int, status: InflateStream.Status) {
        var content: [UInt8] = []
        var consumed = 0
        var output = [UInt8](repeating: 0, count: room)
        while true {
            let input = bytes[consumed..<min(bytes.count, consumed + min(pieces, bytes.count))]
            let step = input.withUnsafeBytes { input in
                output.withUnsafeMutableBytes { stream.inflate(input, into: $0) }
            }
            content += output[..<step.written]
            consumed += step.consumed
            if step.status != .unfinished || step.isStuck { return (content, consumed, step.status) }
        }
    }

    @Test(arguments: formats, [0, 1, 9] as [Int32])
    func pieceByPieceIsAllAtOnce(format: InflateStream.Format, level: Int32) {
        for count in [0, 1, 40_000] {
            let expected = Array(content.prefix(count))
            let bytes = deflate(expected, format, level: level)
            for (pieces, room) in [(Int.max, 1 << 16), (1, 1), (7, 1000), (1000, 7)] {
                var stream = InflateStream(format)
                let result = inflate(bytes + [1, 2, 3], &stream, pieces: pieces, room: room)
                #expect(result.content == expected)
                #expect(result.status == .ended)
                #expect(result.consumed == bytes.count, "what follows is left alone")
            }
        }
    }

    @Test(arguments: formats) func whatIsCutOffGivesItsBeginning(format: InflateStream.Format) {
        let bytes = deflate(content, format)
        for count in [0, 1, 2, 10, 100, bytes.count / 2, bytes.count - 1] {
            var stream = InflateStream(format)
            let result = inflate(Array(bytes.prefix(count)), &stream)
            #expect(result.status == .unfinished)
            #expect(result.consumed == count)
            #expect(content.starts(with: result.content))
            if count > bytes.count / 3 { #expect(result.content.count > content.count / 4) }
        }
    }

    @Test(arguments: formats) func damageIsToldAndWhatWasBeforeItIsGood(format: InflateStream.Format) {
        let bytes = deflate(content, format)
        // Checksum and length come last.
        for place in [bytes.count - 1, bytes.count - 4] {
            var damaged = bytes
            damaged[place] ^= 0x40
            var stream = InflateStream(format)
            let result = inflate(damaged, &stream)
            guard case .damaged(let message) = result.status else {
                Issue.record("damage at \(place) was not told")
                continue
            }
            #expect(!message.isEmpty)
            #expect(result.content == content)
        }
        var stream = InflateStream(format)
        let other = deflate(content, format == .zlib ? .gzip : .zlib)
        #expect(inflate(other, &stream).status == .damaged("incorrect header check"))
    }

    @Test func aStreamWithADictionaryIsDamaged() {
        // The flag in the second byte, and the dictionary's checksum.
        var stream = InflateStream(.zlib)
        #expect(inflate([0x78, 0xbb, 1, 2, 3, 4, 0], &stream).status == .damaged("it needs a dictionary"))
    }

    @Test(arguments: formats) func oneStateIsForManyStreams(format: InflateStream.Format) {
        var stream = InflateStream(format)
        for length in [100, 40_000, 0, 5] {
            let expected = Array(content.prefix(length))
            #expect(inflate(deflate(expected, format), &stream).content == expected)
            stream.reset()
            #expect(inflate([0xff, 0xff, 0xff], &stream).status != .ended)
            stream.reset()
        }
    }

    @Test func withoutRoomNothingHappens() {
        let bytes = deflate(content, .zlib)
        var stream = InflateStream(.zlib)
        let step = bytes.withUnsafeBytes {
            stream.inflate($0, into: UnsafeMutableRawBufferPointer(start: nil, count: 0))
        }
        #expect(step.isStuck)
        #expect(inflate(bytes, &stream).content == content)
    }
}
