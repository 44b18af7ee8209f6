import Bytes
internal import PackFile

/// What a cache says of the objects of packs, and which of the packs it has checked.
///
/// Packs list their objects in the order of ids, and so does the cache: both are gone through side by side, and no object
/// is looked for.
struct KnownObjects {
    /// What is known of an object.
    struct Answer {
        /// `nil`: nothing is.
        var state: ObjectState?
        /// It lay in a file of its own when these were checked.
        var wasLoose = false
        /// It names an object that is missing.
        var hasGap = false
        /// A pack before has the object, too.
        var isRepeated = false
    }

    /// For each pack and each of its objects, by its index.
    private(set) var answers: [[Answer]] = []
    /// For each pack, whether the cache has checked it.
    private(set) var isPackChecked: [Bool] = []
    /// Whether objects that lay in files of their own are checked.
    private(set) var isLooseChecked = false
    /// How many objects nothing is known of, or have to be read again.
    private(set) var openCount = 0
    /// Whether there is nothing but what is checked.
    private(set) var isWhollyChecked = false

    init(_ table: RecordTable, of packs: PackFolders, loose: [ObjectID]) {
        var isFound = [Bool](repeating: false, count: table.records.count)
        answers.reserveCapacity(packs.files.count)
        for pack in packs.files {
            answers.append(Self.answers(pack, table, &isFound))
        }
        let looseRecords = loose.map { table.index(of: $0) }
        for case let index? in looseRecords { isFound[index] = true }
        markChecked(packs, table, isFound: isFound)
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

    /// What was checked holds as long as all of it is there: an object may name others in any store.
    private mutating func markChecked(_ packs: PackFolders, _ table: RecordTable, isFound: [Bool]) {
        var packCount = 0
        var isComplete = true
        for (index, record) in table.records.enumerated() {
            if record.state == .pack { packCount += 1 }
            if record.isLoose {
                isLooseChecked = true
                if !isFound[index] { isComplete = false }
            }
        }
        let ids = packs.files.map { PackFolders.id(ofPack: $0.path) }
        isPackChecked = ids.map { $0.flatMap { table.find($0)?.state } == .pack }
        let present = Set(zip(ids, isPackChecked).filter { $0.1 }.compactMap { $0.0 })
        guard isComplete, present.count == packCount else {
            isLooseChecked = false
            isPackChecked = ids.map { _ in false }
            return
        }
    }

    private mutating func countOpen(_ table: RecordTable, _ loose: [Int?]) {
        var uncheckedCount = 0
        func count(_ state: ObjectState?, isChecked: Bool) {
            if !isChecked { uncheckedCount += 1 }
            if state == .pending || state == nil && !isChecked { openCount += 1 }
        }
        for (pack, answers) in self.answers.enumerated() {
            for answer in answers { count(answer.state, isChecked: isChecked(answer, inPack: pack)) }
        }
        for index in loose {
            let record = index.map { table.records[$0] }
            count(record?.state, isChecked: isLooseChecked && record?.isLoose ?? false)
        }
        isWhollyChecked = uncheckedCount == 0
    }

    /// Whether an object of a pack is in a checked store.
    func isChecked(_ answer: Answer, inPack pack: Int) -> Bool {
        isPackChecked[pack] || isLooseChecked && answer.wasLoose
    }
}
