/// For each rule, where in the current text it is to be tried.
///
/// Owns its memory. No array: it would be asked at each keyword whether it is shared.
struct WindowTable: ~Copyable {
    private let windows: UnsafeMutableBufferPointer<WindowList>
    private let isActive: UnsafeMutableBufferPointer<Bool>
    /// Rules that have windows, so that only theirs need clearing.
    private var active: [Int] = []

    init(ruleCount: Int) {
        windows = .allocate(capacity: ruleCount)
        windows.initialize(repeating: WindowList())
        isActive = .allocate(capacity: ruleCount)
        isActive.initialize(repeating: false)
    }

    deinit {
        windows.deinitialize()
        windows.deallocate()
        isActive.deallocate()
    }

    var isEmpty: Bool { active.isEmpty }

    /// Rules that have windows, in order.
    mutating func rules() -> [Int] {
        active.sort()
        return active
    }

    /// Where a rule is to be tried: in order, not overlapping.
    func ranges(of rule: Int) -> [Range<Int>] { windows[rule].ranges }

    @inline(__always)
    func last(of rule: Int) -> Range<Int>? { windows[rule].ranges.last }

    mutating func insert(_ window: Range<Int>, for rule: Int) {
        if !isActive[rule] {
            isActive[rule] = true
            active.append(rule)
        }
        windows[rule].insert(window)
    }

    /// - Parameter places: In order of their beginning; some may overlap.
    mutating func replace(_ places: [Range<Int>], for rule: Int) {
        windows[rule].removeAll()
        for place in places { insert(place, for: rule) }
    }

    mutating func removeAll() {
        for rule in active {
            windows[rule].removeAll()
            isActive[rule] = false
        }
        active.removeAll(keepingCapacity: true)
    }
}
