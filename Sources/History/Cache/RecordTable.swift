import Bytes

/// Records in the order of their ids, an object once.
struct RecordTable: Sendable {
    private(set) var records: [Record] = []

    static let empty = RecordTable()

    private init() {}

    /// - Returns: `nil` if the records are not in order.
    init?(sorted records: [Record]) {
        for (record, next) in zip(records, records.dropFirst())
        where (record.high, record.lowID) >= (next.high, next.lowID) { return nil }
        self.records = records
    }

    /// - Parameters:
    ///   - current: What was there.
    ///   - added: What a scan adds to it.
    ///   - checked: What the scan says of the stores, in place of what was said before; `nil`: that stays.
    init(merging current: [Record], adding added: [Record], checked: [Record]?) {
        var all = checked == nil ? current : current.compactMap(\.ofContent)
        all += added
        all += checked ?? []
        all.sort()
        records.reserveCapacity(all.count)
        for record in all {
            if let last = records.last, last.names(sameObjectAs: record) {
                records[records.count - 1] = last.marked(like: record)
            } else {
                records.append(record)
            }
        }
    }

    func find(_ id: ObjectID) -> Record? { index(of: id).map { records[$0] } }

    /// The place of the record of an object.
    func index(of id: ObjectID) -> Int? {
        let wanted = id.withUnsafeBytes { Record(idBytes: $0) }
        return records.withUnsafeBufferPointer { records in
            let place = Self.place(of: wanted, in: records)
            guard place < records.count, records[place].names(sameObjectAs: wanted) else { return nil }
            return place
        }
    }

    /// Where the first record is that does not precede another.
    private static func place(of wanted: Record, in records: UnsafeBufferPointer<Record>) -> Int {
        // Before `start` all precede it, from `end` on none.
        var (start, end) = (0, records.count)
        // Ids are spread evenly, so that two guesses come near, nearly always. Looked up are all objects there are.
        for _ in 0..<2 where end - start > 64 {
            let (first, last) = (records[start].high, records[end - 1].high)
            guard first < wanted.high, wanted.high < last else { break }
            let count = Double(end - start)
            let guess = start + Int(Double(wanted.high - first) / Double(last - first) * (count - 1))
            let margin = 1 + Int(count.squareRoot())
            for bound in [guess - margin, guess + margin] where bound >= start && bound < end {
                if records[bound].precedes(wanted) { start = bound + 1 } else { end = bound }
            }
        }
        while start < end {
            let middle = (start + end) / 2
            if records[middle].precedes(wanted) { start = middle + 1 } else { end = middle }
        }
        return start
    }
}
