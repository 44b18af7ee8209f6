/// Some of the rules, by index; a look costs a byte, and clearing no more than was marked. Owns its memory.
struct MarkedRules: ~Copyable {
    private let isMarked: UnsafeMutableBufferPointer<Bool>
    private var marked: [Int] = []

    init(ruleCount: Int) {
        isMarked = .allocate(capacity: ruleCount)
        isMarked.initialize(repeating: false)
    }

    deinit { isMarked.deallocate() }

    @inline(__always)
    func contains(_ rule: Int) -> Bool { isMarked[rule] }

    mutating func insert(_ rule: Int) {
        guard !isMarked[rule] else { return }
        isMarked[rule] = true
        marked.append(rule)
    }

    mutating func removeAll() {
        for rule in marked { isMarked[rule] = false }
        marked.removeAll(keepingCapacity: true)
    }
}
