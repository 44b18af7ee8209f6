import PackFile

/// Reads a pack in several ways, which must agree; nothing else is known about it.
func check(_ pack: PackFile, _ limits: PackLimits) {
    guard pack.count < 10_000, let plan = try? PackPlan(pack) else { return }
    for (_, error) in plan.unreadable { precondition(!error.description.isEmpty) }
    let walker = PackWalker(plan, limits: limits)
    for kind in PackedKind.allCases {
        let all = walk(plan, walker, kind, unitCount: 1) { _ in true }
        let parts = walk(plan, walker, kind, unitCount: 1000) { _ in true }
        precondition(all == parts, "depends on the units")
        let some = walk(plan, walker, kind, unitCount: 1) { $0.position % 3 == 1 }
        precondition(all.filter { $0.key.position % 3 == 1 } == some, "depends on what is wanted")

        for entry in plan.entries(of: kind) {
            switch all[entry] {
            case .object(let content)?:
                precondition((try? walker.read(entry) { Array($0) }) == content, "reads something else")
            case .beginning(let content, let size)?:
                precondition(size.map { content.count <= $0 } ?? true)
                checkBeginning(plan, entry, content, size)
            case .failure?: precondition((try? walker.read(entry) { _ in }) == nil, "reads what a walk cannot")
            case nil: preconditionFailure("not visited")
            }
        }
    }
    checkSmallObjects(plan)
    let verifying = PackWalker(plan, limits: limits, verifies: true)
    for unit in plan.workUnits(of: .blob) { verifying.walk(unit) { _, _ -> Void? in nil } }
    try? pack.verifyChecksums()

    // An object, its base and the delta, each at most the maximum and its rounding.
    let bound =
        max(limits.memoryBudget, 3 * (limits.maximumObjectSize + limits.maximumObjectSize / 4 + 4096))
        + 4 * (limits.beginningSize + 4096)
    precondition(walker.peakBufferBytes <= bound, "takes \(walker.peakBufferBytes) bytes")
}

/// What a visitor saw of an object.
private enum Seen: Equatable {
    case object([UInt8])
    case beginning([UInt8], UInt64?)
    case failure
}

private func walk(
    _ plan: PackPlan, _ walker: PackWalker, _ kind: PackedKind, unitCount: Int, wants: (PackPlan.Entry) -> Bool
) -> [PackPlan.Entry: Seen] {
    var seen: [PackPlan.Entry: Seen] = [:]
    for unit in plan.workUnits(of: kind, count: unitCount) { walk(walker, unit, into: &seen, wants: wants) }
    return seen
}

private func walk(
    _ walker: PackWalker, _ unit: PackWorkUnit, into seen: inout [PackPlan.Entry: Seen],
    wants: (PackPlan.Entry) -> Bool
) {
    withoutActuallyEscaping(wants) { wants in
        walker.walk(unit, wants: wants) { step, base -> PackPlan.Entry? in
            if let base { precondition(base == walker.plan.base(of: step.entry), "the state is another object's") }
            let isFirst: Bool
            switch step {
            case .object(let object):
                if let base = object.base { checkPieces(object.content, base) }
                isFirst = seen.updateValue(.object(Array(object.content)), forKey: object.entry) == nil
            case .beginning(let object):
                isFirst = seen.updateValue(.beginning(Array(object.content), object.size), forKey: object.entry) == nil
            case .failure(let entry, let error):
                precondition(!error.description.isEmpty)
                isFirst = seen.updateValue(.failure, forKey: entry) == nil
            }
            precondition(isFirst, "visited twice")
            return step.entry
        }
    }
}

/// A walker for small objects, with another for what it leaves, sees what that sees alone.
private func checkSmallObjects(_ plan: PackPlan) {
    let walker = PackWalker(plan, limits: PackLimits(maximumObjectSize: 1 << 22))
    for kind in PackedKind.allCases {
        let all = walk(plan, walker, kind, unitCount: 1) { _ in true }
        for count in [1, 1000] {
            var small = SmallObjectWalker(plan)
            var seen: [PackPlan.Entry: Seen] = [:]
            for unit in plan.workUnits(of: kind, count: count) {
                let left = small.walk(unit) { object, base -> PackPlan.Entry? in
                    if let base { precondition(base == plan.base(of: object.entry), "the state is another object's") }
                    if let base = object.base { checkPieces(object.content, base) }
                    let known = seen.updateValue(.object(Array(object.content)), forKey: object.entry)
                    precondition(known == nil, "visited twice")
                    return object.entry
                }
                for unit in left {
                    walk(walker, unit, into: &seen) { _ in true }
                }
            }
            precondition(seen == all, "small objects are read otherwise")
        }
    }
}

private func checkPieces(_ content: UnsafeRawBufferPointer, _ base: PackedObject.Base) {
    var end = 0
    for piece in base.pieces {
        precondition(piece.target.lowerBound == end && !piece.target.isEmpty)
        end = piece.target.upperBound
        guard let start = piece.baseStart else { continue }
        precondition(content[piece.target].elementsEqual(base.content[start..<start + piece.target.count]))
    }
    precondition(end == content.count)
}

/// With more room, the object is whole or a failure; what was seen of it must be its beginning.
private func checkBeginning(_ plan: PackPlan, _ entry: PackPlan.Entry, _ content: [UInt8], _ size: UInt64?) {
    let walker = PackWalker(plan, limits: PackLimits(maximumObjectSize: 1 << 22))
    guard let whole = try? walker.read(entry, { Array($0) }) else { return }
    precondition(whole.starts(with: content), "another beginning")
    precondition(size.map { $0 == UInt64(whole.count) } ?? true, "another size")
}
