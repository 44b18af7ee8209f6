/// How likely an assigned value is a secret: bytes in, numbers out, the same on every machine.
///
/// It looks at 64 bytes of a name, 256 of a value, and the one behind: what it costs has a bound. It does not see where the
/// text stands.
package struct AssignmentJudge: Sendable {
    /// What was trained: `Training/judge`.
    package static let builtin = AssignmentJudge(model: .builtin)

    var model: JudgeModel

    /// Of what was learned, 32 hex digits: another one may judge otherwise.
    package var digest: StaticString { model.digest }

    /// Judges one assignment.
    ///
    /// - Parameters:
    ///   - text: What the ranges of the assignment are of.
    ///   - name: What its name says to the judge; `nil`: what stands in the text.
    package func score(
        _ assignment: Assignment, in text: UnsafeRawBufferPointer, named name: UnsafeRawBufferPointer? = nil
    ) -> Score {
        withUnsafeTemporaryAllocation(byteCount: AssignmentFeatures.scratchByteCount, alignment: 8) { scratch in
            let features = AssignmentFeatures(of: assignment, in: text, named: name, model: model, scratch: scratch)
            var sums = LinearSums(weights: model.linear)
            features.add(to: &sums)
            return score(sums, features)
        }
    }

    private func score(_ sums: LinearSums, _ features: AssignmentFeatures) -> Score {
        let linear = model.bias + sums.name + sums.value + sums.syntax
        var score = Score(
            thousandths: model.calibration.thousandths(of: linear), name: logOdds(sums.name),
            value: logOdds(sums.value), syntax: logOdds(sums.syntax), isWeak: features.isWeak)
        if let trees = model.trees, trees.band.contains(linear) {
            let sum = ask(trees, linear: linear, features)
            score.thousandths = trees.calibration.thousandths(of: sum)
            score.trees = logOdds(sum - linear)
        }
        return score
    }

    private func ask(_ trees: TreeEnsemble, linear: Int, _ features: AssignmentFeatures) -> Int {
        let count = AssignmentFeatures.denseCount + 1
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { numbers in
            features.writeDense(to: numbers)
            let range = TreeEnsemble.numberRange
            numbers[count - 1] = Int32(max(range.lowerBound, min(linear, range.upperBound)))
            return trees.sum(of: UnsafeBufferPointer(numbers), linear: linear)
        }
    }

    private func logOdds(_ sum: Int) -> Int { (sum * 1000).floorDivided(by: model.scale) }
}

/// The weights of an assignment's features, added up.
private struct LinearSums: FeatureSink {
    let weights: PackedNumbers
    private(set) var name = 0
    private(set) var value = 0
    private(set) var syntax = 0

    init(weights: PackedNumbers) { self.weights = weights }

    @inline(__always)
    mutating func add(_ group: FeatureGroup, _ index: Int) {
        let weight = weights.signed(at: 2 &* index, digits: 2)
        switch group {
        case .name: name &+= weight
        case .value: value &+= weight
        case .syntax: syntax &+= weight
        }
    }
}
