import Testing

@testable import Judge

/// Swift and `Training/judge` compute the same, to the last bit.
@Suite struct GoldenTests {
    @Test func everyLineIsScoredAsByTheScript() throws {
        let lines = try GoldenLine.all()
        #expect(lines.count >= 500)
        for line in lines {
            let (found, dense) = line.sample.features()
            #expect(found.count == line.featureCount, "features of line \(line.number)")
            #expect(hash(found.sorted()) == line.featureHash, "features of line \(line.number)")
            #expect(hash(dense.map(UInt32.init(bitPattern:))) == line.denseHash, "numbers of line \(line.number)")
            var score = line.sample.score()
            score.isWeak = line.score.isWeak
            #expect(score == line.score, "line \(line.number)")
        }
    }

    @Test func everySyntaxAndQuoteIsThere() throws {
        let samples = try GoldenLine.all().map(\.sample)
        #expect(Set(samples.map(\.syntax)) == Set(Syntax.allCases))
        #expect(Set(samples.map(\.quote)) == Set(Quote.allCases))
    }

    private func hash(_ numbers: [UInt32]) -> UInt32 {
        var hash = FeatureHash()
        for number in numbers { withUnsafeBytes(of: number.bigEndian) { hash.add($0) } }
        return hash.state
    }
}
