import Testing

@testable import Bytes

struct ByteSetTests {
    /// Members, as one would say it: each in lower case, once, in order.
    private func members(_ set: ByteSet) -> [UInt8] {
        let folded = (0...255).map { UInt8($0) }.filter(set.contains).map { UnsafeRawBufferPointer.folded($0) }
        return Set(folded).sorted()
    }

    @Test func everyByteIsFoldedAsAscii() {
        for byte in UInt8.min...UInt8.max {
            #expect(ByteSet(byte...byte).foldedMembers == [UnsafeRawBufferPointer.folded(byte)])
        }
    }

    @Test func membersComeInOrderAndOnce() {
        var generator = SystemRandomNumberGenerator()
        for set in [ByteSet(), .all, .word, .token, .verticalSpace, ByteSet.word.inverted] {
            #expect(set.foldedMembers == members(set))
        }
        for _ in 0..<200 {
            var set = ByteSet()
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                set.insert(UInt8.random(in: 0...255, using: &generator))
            }
            #expect(set.foldedMembers == members(set))
        }
    }
}
