import Testing

@testable import Judge

/// What a candidate costs does not grow with the candidate.
@Suite struct BoundTests {
    /// Names and values of many words, which have the most features, with bytes of one kind put where nobody looks.
    static let longOnes: [(String, String)] = [
        ("secretKey", "correct horse battery staple "), ("A", "aB"), ("p4ssWord_", "hunter2-"), ("密码", "пароль "),
        ("x.", "${a}"), ("1", "0"),
    ]

    private func sample(_ name: String, _ value: String, before: UInt8, behind: UInt8) -> Sample {
        func filled(_ text: String, _ count: Int) -> [UInt8] {
            let bytes = Array(text.utf8)
            return (0..<count).map { bytes[$0 % bytes.count] }
        }
        return Sample(
            name: [UInt8](repeating: before, count: 32) + filled(name, 64),
            value: filled(value, 256) + [UInt8](repeating: behind, count: 256))
    }

    @Test(arguments: longOnes) func bytesBehindTheLimitsAreNotRead(_ name: String, _ value: String) {
        let one = sample(name, value, before: 0x61, behind: 0x61)
        let other = sample(name, value, before: 0x2d, behind: 0xff)
        #expect(one.features().found == other.features().found)
        #expect(one.features().dense == other.features().dense)
        #expect(one.score() == other.score())
    }

    @Test(arguments: longOnes) func numberOfFeaturesIsBounded(_ name: String, _ value: String) {
        let found = sample(name, value, before: 0x61, behind: 0x61).features().found
        // 8 words of a name, 38 pieces of them, 8 words of a value with 21 pieces each, and single ones.
        #expect(found.count <= 300)
        #expect(found.allSatisfy { $0 & 0xff_ffff < UInt32(JudgeModel.size) })
    }

    @Test func oneByteIsEnough() {
        for byte in UInt8.min...UInt8.max {
            let sample = Sample(name: [byte], value: [byte])
            #expect((0...1000).contains(sample.score().thousandths), "byte \(byte)")
        }
    }
}
