import TestSupport
import Testing

@testable import Remediation

@Suite struct LineDifferenceTests {
    @Test func whatIsKeptAndAddedIsTheNewText() {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<300 {
            let old = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                Int.random(in: 0...3, using: &generator)
            }
            let new = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                Int.random(in: 0...3, using: &generator)
            }
            let (left, right) = (Self.lines(old), Self.lines(new))
            let steps = LineDifference(left, right).steps
            var (before, after): ([ArraySlice<UInt8>], [ArraySlice<UInt8>]) = ([], [])
            for step in steps {
                switch step {
                case .kept(let old, let new):
                    #expect(left[old] == right[new])
                    before.append(left[old])
                    after.append(right[new])
                case .removed(let number): before.append(left[number])
                case .added(let number): after.append(right[number])
                }
            }
            #expect(before == left)
            #expect(after == right)
        }
    }

    private static func lines(_ numbers: [Int]) -> [ArraySlice<UInt8>] { numbers.map { [UInt8($0)][...] } }
}
