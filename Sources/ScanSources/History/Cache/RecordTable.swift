import Bytes
internal import Git

/// 15 bytes of an id, its state, and two marks: it lay in a file of its own, it names an object that is missing.
struct Record: Comparable {
    let high: UInt64
    /// The last byte is the state and the marks.
    let low: UInt64

    static let byteCount = 16
    private static let looseMark: UInt64 = 0x80
    private static let gapMark: UInt64 = 0x40
    /// The part of the last byte that is the state.
    static let stateMask: UInt64 = 0x3f
    private static let idMask: UInt64 = ~0xff

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ id: ObjectID, _ state: ScanCache.State, isLoose: Bool = false, hasGap: Bool = false) {
        let record = id.withUnsafeBytes { Record(idBytes: $0) }
        high = record.high
        low =
            record.lowID | UInt64(state.rawValue) | (isLoose ? Self.looseMark : 0) | (hasGap ? Self.gapMark : 0)
    }

    /// Stands for an id that is looked for; it has no state.
    ///
    /// - Parameter bytes: All 20.
    init(idBytes bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) & Self.idMask
    }

    /// The id's part of the second word.
    var lowID: UInt64 { low & Self.idMask }
    /// Files with other states are refused when they are read.
    var state: ScanCache.State { ScanCache.State(rawValue: UInt8(low & Self.stateMask)) ?? .pending }
    var isLoose: Bool { low & Self.looseMark != 0 }
    var hasGap: Bool { low & Self.gapMark != 0 }

    func names(sameObjectAs other: Record) -> Bool { high == other.high && lowID == other.lowID }

    func precedes(_ other: Record) -> Bool {
        high != other.high ? high < other.high : lowID < other.lowID
    }

    /// This record with another's marks, too.
    func marked(like other: Record) -> Record {
        Record(high: high, low: low | other.low & (Self.looseMark | Self.gapMark))
    }

    /// This record without what is only true of settled stores; `nil` if nothing is left.
    var unsettled: Record? {
        state.isClean ? Record(high: high, low: low & ~(Self.looseMark | Self.gapMark)) : nil
    }

    /// By id; of the same object, what is clean comes before what is not.
    static func < (left: Record, right: Record) -> Bool {
        (left.high, left.lowID, left.low & stateMask) < (right.high, right.lowID, right.low & stateMask)
    }
}

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

    /// What was there, what a scan adds to it, and what it says of the stores, if it does.
    init(merging current: [Record], _ added: [Record], _ settled: [Record]?) {
        var all = settled == nil ? current : current.compactMap(\.unsettled)
        all += added
        all += settled ?? []
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
