import Bytes

/// Where in a text a rule's pattern is to be tried: ranges that do not overlap, in order.
///
/// Hits come almost in order, so that each either widens the last window or begins a new one: the list stays shorter
/// than the text divided by the smallest window, however many hits there are.
struct WindowList {
    private(set) var ranges: [Range<Int>] = []

    init() {}

    /// What the ranges cover, in whatever order they come.
    init(_ ranges: some Sequence<Range<Int>>) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { insert(range) }
    }

    /// Whether a range has a byte in one of these.
    func overlaps(_ range: Range<Int>) -> Bool {
        let next = ranges.partitionPoint { $0.upperBound <= range.lowerBound }
        return next < ranges.count && ranges[next].overlaps(range)
    }

    mutating func insert(_ range: Range<Int>) {
        guard let last = ranges.last else {
            ranges.append(range)
            return
        }
        if range.lowerBound > last.upperBound {
            ranges.append(range)
        } else if range.lowerBound >= last.lowerBound {
            if range.upperBound > last.upperBound { ranges[ranges.count - 1] = last.lowerBound..<range.upperBound }
        } else {
            mergeBack(range)
        }
        assert(ranges.count < 2 || isOrderly(ranges[(ranges.count - 2)...]))
    }

    /// A hit that comes late, by at most a keyword's length, can reach over several of the last windows.
    private mutating func mergeBack(_ range: Range<Int>) {
        var merged = range
        while let last = ranges.last, last.upperBound >= merged.lowerBound {
            merged = min(last.lowerBound, merged.lowerBound)..<max(last.upperBound, merged.upperBound)
            ranges.removeLast()
        }
        ranges.append(merged)
    }

    mutating func removeAll() {
        checkInvariants()
        ranges.removeAll(keepingCapacity: true)
    }
}

extension WindowList {
    /// Stops a debug build in which two ranges overlap, touch or are out of order.
    func checkInvariants() { assert(isOrderly(ranges[...]), "windows overlap: \(ranges)") }

    private func isOrderly(_ ranges: ArraySlice<Range<Int>>) -> Bool {
        zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
    }
}
