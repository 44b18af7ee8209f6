extension RandomAccessCollection where Index == Int {
    /// The first index whose element, and every later one, does not belong before; `endIndex` if all do.
    ///
    /// - Parameter belongsBefore: True for a beginning of the collection and false for the rest.
    @inlinable
    package func partitionPoint(where belongsBefore: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if belongsBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first index from `start` whose element, and every later one, does not belong before. It looks near `start`
    /// first: for steps through a long collection.
    ///
    /// - Parameter start: No later than the index that is returned.
    @inlinable
    package func partitionPoint(from start: Int, where belongsBefore: (Element) -> Bool) -> Int {
        var (low, step) = (start, 1)
        while low + step <= endIndex, belongsBefore(self[low + step - 1]) {
            low += step
            step *= 2
        }
        return self[low..<Swift.min(endIndex, low + step - 1)].partitionPoint(where: belongsBefore)
    }
}
