import Bytes
internal import Git
internal import PackFile

/// What a cache says of the objects of packs, and which of the packs it has settled.
///
/// Packs list their objects in the order of ids, and so does the cache: both are gone through side by side, and no object
/// is looked for.
struct KnownObjects {
    /// What is known of an object.
    struct Answer {
        /// `nil`: nothing is.
        var state: ScanCache.State?
        /// It lay in a file of its own when the stores were settled.
        var wasLoose = false
        /// It names an object that is missing.
        var hasGap = false
        /// A pack before has the object, too.
        var isRepeated = false
    }

    /// For each pack and each of its objects, by its index.
    private(set) var answers: [[Answer]] = []
    /// For each pack, whether the cache has settled it.
    private(set) var isPackSettled: [Bool] = []
    /// Whether objects that lay in files of their own are settled.
    private(set) var isLooseSettled = false
    /// How many objects nothing is known of, or have to be read again.
    private(set) var openCount = 0
    /// Whether there is nothing but what is settled.
    private(set) var isSettledAsAWhole = false

    init(_ table: RecordTable, _ packs: PackFolders, _ loose: [ObjectID]) {
        var isFound = [Bool](repeating: false, count: table.records.count)
        answers.reserveCapacity(packs.files.count)
        for pack in packs.files {
            answers.append(Self.answers(pack, table, &isFound))
        }
        let looseRecords = loose.map { table.index(of: $0) }
        for case let index? in looseRecords { isFound[index] = true }
        settle(table, packs, isFound)
        countOpen(table, looseRecords)
    }

    private static func answers(_ pack: PackFile, _ table: RecordTable, _ isFound: inout [Bool]) -> [Answer] {
        var answers = [Answer](repeating: Answer(), count: pack.count)
        table.records.withUnsafeBufferPointer { records in
            var cursor = RecordCursor(records)
            pack.forEachID { index, id in
                guard let place = cursor.find(Record(idBytes: id)) else { return }
                let record = records[place]
                answers[index] = Answer(
                    state: record.state, wasLoose: record.isLoose, hasGap: record.hasGap, isRepeated: isFound[place])
                isFound[place] = true
            }
        }
        return answers
    }

    /// What was settled holds as long as all of it is there: an object may name others in any store.
    private mutating func settle(_ table: RecordTable, _ packs: PackFolders, _ isFound: [Bool]) {
        var packCount = 0
        var isComplete = true
        for (index, record) in table.records.enumerated() {
            if record.state == .pack { packCount += 1 }
            if record.isLoose {
                isLooseSettled = true
                if !isFound[index] { isComplete = false }
            }
        }
        let ids = packs.files.map { ObjectListing.packID($0.path) }
        isPackSettled = ids.map { $0.flatMap { table.find($0)?.state } == .pack }
        let present = Set(zip(ids, isPackSettled).filter { $0.1 }.compactMap { $0.0 })
        guard isComplete, present.count == packCount else {
            isLooseSettled = false
            isPackSettled = ids.map { _ in false }
            return
        }
    }

    private mutating func countOpen(_ table: RecordTable, _ loose: [Int?]) {
        var unsettledCount = 0
        func count(_ state: ScanCache.State?, isSettled: Bool) {
            if !isSettled { unsettledCount += 1 }
            if state == .pending || state == nil && !isSettled { openCount += 1 }
        }
        for (pack, answers) in self.answers.enumerated() {
            for answer in answers { count(answer.state, isSettled: isSettled(answer, pack)) }
        }
        for index in loose {
            let record = index.map { table.records[$0] }
            count(record?.state, isSettled: isLooseSettled && record?.isLoose ?? false)
        }
        isSettledAsAWhole = unsettledCount == 0
    }

    /// Whether an object of a pack is in a settled store.
    func isSettled(_ answer: Answer, _ pack: Int) -> Bool {
        isPackSettled[pack] || isLooseSettled && answer.wasLoose
    }
}

/// Goes through records along with ids in the same order.
private struct RecordCursor {
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
