import Bytes
internal import ScanSources

extension HistoryPlanner {
    /// Plans what an earlier scan left to do, in a repository that has stayed as it was.
    ///
    /// - Parameter wanted: Which of `remembered` are to be read again, by index; `nil`: all.
    /// - Returns: `nil` if the repository has been damaged since.
    func plan(
        from snapshot: HistorySnapshot, placedBy places: SnapshotPlaces, readingAgain wanted: Set<Int>?
    ) -> HistoryPlan? {
        let isRead = remembered.indices.map { item in
            remembered[item].payload == nil || wanted?.contains(item) ?? true
        }
        let read = zip(remembered, isRead).filter(\.1).map(\.0)
        guard let histories = places.histories(snapshot, of: Set(read.compactMap(\.origin.object))) else { return nil }
        let attribution = attribution(by: SnapshotAttribution(snapshot: snapshot, places: histories))
        var plan = HistoryPlan(contents: emptyContents, attribution: attribution)
        if snapshot.namesArePending {
            plan.contents.items.append(ScanItem(path: nil, origin: .referenceNames, size: nil))
        }
        for item in read {
            plan.recollection.found[plan.contents.items.count] = item.payload
            // Of most of them it is known where they belong: they need not be scanned without a path first.
            let path: PathBytes? = if case .blob(let id) = item.origin { histories[id]?.paths.first } else { nil }
            plan.contents.items.append(ScanItem(path: path, origin: item.origin, size: nil))
        }
        plan.recollection.leftOut = zip(remembered, isRead).filter { !$0.1 }.map(\.0)
        plan.contents.commitCount = snapshot.commitCount
        plan.known = snapshot.known
        plan.cache = cache
        addSubmodules(to: &plan.contents)
        return plan
    }
}
