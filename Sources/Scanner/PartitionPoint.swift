extension RandomAccessCollection where Index == Int {
    /// The first index whose element, and every later one, does not belong before; `endIndex` if all do.
    ///
    /// - Parameter belongsBefore: True for a beginning of the collection and false for the rest.
    func partitionPoint(where belongsBefore: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if belongsBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
