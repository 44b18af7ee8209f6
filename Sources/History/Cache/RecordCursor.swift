import Bytes

/// Goes through records along with ids in the same order.
struct RecordCursor {
    private let records: UnsafeBufferPointer<Record>
    private var place = 0

    init(_ records: UnsafeBufferPointer<Record>) { self.records = records }

    /// The place of the record of an id.
    mutating func find(_ wanted: Record) -> Int? {
        // An index that is not in its order is damaged, and still to be answered.
        if place > 0, !records[place - 1].precedes(wanted) { place = 0 }
        if place < records.count, records[place].precedes(wanted) {
            var (low, step) = (place, 1)
            while low + step < records.count, records[low + step].precedes(wanted) {
                low += step
                step *= 2
            }
            var high = min(low + step, records.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if records[middle].precedes(wanted) { low = middle } else { high = middle }
            }
            place = high
        }
        return place < records.count && records[place].names(sameObjectAs: wanted) ? place : nil
    }
}
