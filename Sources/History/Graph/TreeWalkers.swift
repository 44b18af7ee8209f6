internal import PackFile

/// What walks over the trees of a pack, for one worker.
final class TreeWalkers {
    /// For nearly all, where all are wanted.
    var small: SmallObjectWalker
    /// For what is large or damaged, and where few are wanted.
    let any: PackWalker

    private static let residentBytes = 96 << 20

    init(_ plan: PackPlan) {
        small = SmallObjectWalker(plan, residentBytes: Self.residentBytes)
        any = PackWalker(plan, limits: PackLimits(residentBytes: Self.residentBytes))
    }
}
