import Archives
import Bytes
import CDigest
import Images
import Testing

/// Digests of what is streamed, and of what is held.
struct DigestTests {
    @Test(
        arguments: [
            ("sha256:" + String(repeating: "0f", count: 32), true),
            ("sha256:" + String(repeating: "0F", count: 32), false),
            ("sha256:0f", false), ("sha1:" + String(repeating: "0f", count: 20), false), ("", false),
            ("sha256:" + String(repeating: "0g", count: 32), false),
            ("sha512:" + String(repeating: "0f", count: 64), true),
            ("sha256:../" + String(repeating: "0", count: 61), false),
        ])
    func onlyADigestIsOne(_ text: String, _ isOne: Bool) { #expect((ImageDigest(text) != nil) == isOne) }

    /// By the processor's instructions, where it has them, and without; the other implementation is Bytes'.
    @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 1000, 70_001])
    func everyLengthIsHashedAsItShouldBe(_ count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let expected = "sha256:" + SHA256.hexadecimal(of: bytes)
        for usesInstructions: Int32 in [0, 1] {
            windsock_sha256_use_instructions(usesInstructions)
            #expect(ImageDigest.sha256(of: bytes)?.description == expected)
        }
    }

    @Test func aStreamIsHashedToItsEndWhoeverReadItsBeginning() throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let stream = DigestingStream(MemoryStream(bytes))
        _ = try stream.next()
        #expect(try stream.finish(upTo: .max, while: { true }) == ImageDigest.sha256(of: bytes))
        #expect(stream.count == bytes.count)
        let cut = DigestingStream(MemoryStream(bytes))
        #expect(try cut.finish(upTo: 100_000, while: { true }) == nil)
    }
}
