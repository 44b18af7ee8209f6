import Bytes

/// What the judge has learned: integers, packed. `Training/judge/weights_file.py` says what they mean, and writes
/// `JudgeModel.builtin` in `Weights.swift`.
struct JudgeModel: Sendable {
    /// A weight of two digits, signed, for each of `size` features.
    var linear: PackedNumbers
    /// What is added to the weights of every assignment.
    var bias: Int
    /// How many units of a sum are 1 in log-odds.
    var scale: Int
    var calibration: Calibration
    /// Of two digits, signed: how much likelier a pair of letters is in words than at random; 26 rows of what follows.
    var likeness: PackedNumbers
    /// Of two digits: 16 · log2(n), rounded down, for n from 0 to 256.
    var logarithms: PackedNumbers
    var providers: ProviderHashes
    /// Who is asked about sums in between.
    var trees: TreeEnsemble?
    /// SHA-256 of all of this, its first 32 hex digits: other weights, other verdicts.
    var digest: StaticString
}

/// Makes a probability of a sum: sorted breakpoints, and straight lines between them.
struct Calibration: Sendable {
    /// For each breakpoint the sum, four digits, signed, and thousandths, two digits. Both ascend; there are two or more.
    var points: PackedNumbers

    /// - Returns: 0 to 1,000.
    func thousandths(of sum: Int) -> Int {
        let count = points.count / 6
        let above = (0..<count).partitionPoint { self.sum($0) <= sum }
        if above == 0 { return probability(0) }
        if above == count { return probability(count - 1) }
        let (low, high) = (self.sum(above - 1), self.sum(above))
        let (least, most) = (probability(above - 1), probability(above))
        return least + (most - least) * (sum - low) / (high - low)
    }

    private func sum(_ index: Int) -> Int { points.signed(at: 6 * index, digits: 4) }

    private func probability(_ index: Int) -> Int { points.unsigned(at: 6 * index + 4, digits: 2) }
}
