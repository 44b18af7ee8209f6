import Testing

@testable import Judge

/// What packed numbers mean, with numbers packed by hand.
@Suite struct ModelTests {
    @Test func literalsHaveTheirLengths() {
        let model = JudgeModel.builtin
        #expect(model.linear.count == 2 * JudgeModel.size)
        #expect(model.likeness.count == 2 * 26 * 26)
        #expect(model.logarithms.count == 2 * 257)
        #expect(model.providers.starts.count == 2 * 257)
        #expect(model.calibration.points.count % 6 == 0 && model.calibration.points.count >= 12)
        #expect(JudgeModel.size & (JudgeModel.size - 1) == 0)
        #expect(model.scale > 0)
    }

    @Test func logarithmsAreRoundedDown() {
        let table = JudgeModel.builtin.logarithms
        let cases = [(0, 0), (1, 0), (2, 16), (3, 25), (10, 53), (128, 112), (255, 127), (256, 128)]
        for (number, logarithm) in cases { #expect(table.unsigned(at: 2 * number, digits: 2) == logarithm) }
    }

    @Test func digitsAreReadMostSignificantFirst() {
        let numbers = PackedNumbers("(()(gg((Hg")
        let cases = [(0, 2, 0), (1, 2, 1), (2, 2, 64), (4, 2, 4095), (8, 2, 32 * 64 + 63), (4, 3, 4095 * 64)]
        for (offset, digits, number) in cases {
            #expect(numbers.unsigned(at: offset, digits: digits) == number)
            #expect(numbers.signed(at: offset, digits: digits) == number - (1 << (6 * digits - 1)))
        }
    }

    /// (-64, 100), (0, 400), (64, 900).
    private let calibration = Calibration(points: PackedNumbers("Ggg()LH(((.8H()(6,"))

    @Test(arguments: [
        (-5000, 100), (-65, 100), (-64, 100), (-63, 104), (-32, 250), (-1, 395), (0, 400), (1, 407), (63, 892),
        (64, 900), (9000, 900),
    ])
    func probabilitiesLieOnLines(_ sum: Int, _ thousandths: Int) {
        #expect(calibration.thousandths(of: sum) == thousandths)
    }

    /// Two trees. The first asks number 0: at most 5, then 7, else number 1, the linear sum: at most -1, then -9, else 100.
    /// The second asks the linear sum: at most 0, then 1, else 2.
    private var trees: TreeEnsemble {
        TreeEnsemble(
            band: -10...10, share: 128, bias: 1000, calibration: calibration,
            roots: PackedNumbers("((((((((*((+"),
            nodes: PackedNumbers("((H(-H(()()GggH)H*()H((H(H)"),
            leaves: PackedNumbers("H(/Gg_H)LH()H(*"))
    }

    @Test(arguments: [
        (Int32(5), 10, 1000 + 5 + 7 + 2), (5, -10, 1000 - 5 + 7 + 1), (6, -1, 1000 - 1 - 9 + 1), (6, 0, 1000 + 100 + 1),
        (6, 1, 1000 + 100 + 2), (-3, 0, 1000 + 7 + 1),
    ])
    func treesAreFollowedToTheirLeaves(_ number: Int32, _ linear: Int, _ sum: Int) {
        let numbers = [number, Int32(linear)]
        numbers.withUnsafeBufferPointer { #expect(trees.sum(of: $0, linear: linear) == sum) }
    }

    @Test func treesAreAskedInTheirBandOnly() {
        var judge = AssignmentJudge(model: .builtin)
        let sample = Sample(name: Array("password".utf8), value: Array("hunter2".utf8))
        judge.model.trees = nil
        let linear = sample.score(judge)
        #expect(linear.trees == 0)
        // Every leaf is 0, and the linear sum stays.
        let sum = judge.model.bias + 1000
        judge.model.trees = TreeEnsemble(
            band: -100_000_000...100_000_000, share: 256, bias: sum, calibration: calibration,
            roots: PackedNumbers("(((((("), nodes: PackedNumbers("((H((H(H("), leaves: PackedNumbers("H(("))
        let within = sample.score(judge)
        #expect(within.trees == (sum * 1000).floorDivided(by: judge.model.scale))
        #expect((within.name, within.value, within.syntax) == (linear.name, linear.value, linear.syntax))
        judge.model.trees?.band = 100_000_000...100_000_001
        #expect(sample.score(judge) == linear)
    }

    @Test(arguments: [(7, 2, 3), (-7, 2, -4), (-8, 2, -4), (0, 5, 0), (-1, 8, -1)])
    func divisionRoundsDown(_ number: Int, _ divisor: Int, _ quotient: Int) {
        #expect(number.floorDivided(by: divisor) == quotient)
    }
}
