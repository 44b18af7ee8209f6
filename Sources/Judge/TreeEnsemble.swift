/// Boosted trees over the numbers of an assignment and its linear sum, for sums that say neither yes nor no.
struct TreeEnsemble: Sendable {
    /// The sums they are asked about.
    var band: ClosedRange<Int>
    /// How much of the linear sum stays, in 256ths.
    var share: Int
    /// What is added to the leaves.
    var bias: Int
    /// Makes a probability of the new sum.
    var calibration: Calibration
    /// For each tree its first node and its first leaf, three digits each.
    var roots: PackedNumbers
    /// Nine digits a node: the number that is asked (two; behind the last stands the linear sum), a threshold (three,
    /// signed), and two children (two each), the first for numbers that are not greater. A child is a later node of its
    /// tree, or, from 2,048, a leaf.
    var nodes: PackedNumbers
    /// Three digits each, signed.
    var leaves: PackedNumbers

    /// What three digits can say.
    static var numberRange: ClosedRange<Int> { -131_072...131_071 }

    /// A new sum for a linear one.
    func sum(of numbers: UnsafeBufferPointer<Int32>, linear: Int) -> Int {
        var sum = bias &+ (share &* linear) >> 8
        for tree in 0..<(roots.count / 6) {
            sum &+= leaf(
                numbers, node: roots.unsigned(at: 6 &* tree, digits: 3),
                leaf: roots.unsigned(at: 6 &* tree &+ 3, digits: 3))
        }
        return sum
    }

    @inline(__always)
    private func leaf(_ numbers: UnsafeBufferPointer<Int32>, node first: Int, leaf: Int) -> Int {
        var child = 0
        while child < 2048 {
            let node = 9 &* (first &+ child)
            let number = Int(numbers[nodes.unsigned(at: node, digits: 2)])
            let isGreater = number > nodes.signed(at: node &+ 2, digits: 3)
            child = nodes.unsigned(at: isGreater ? node &+ 7 : node &+ 5, digits: 2)
        }
        return leaves.signed(at: 3 &* (leaf &+ child &- 2048), digits: 3)
    }
}
