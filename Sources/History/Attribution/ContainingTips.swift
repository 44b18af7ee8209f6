/// The references that contain a blob: how many there are, and the names of the first.
///
/// A repository with a reference for each pull request has tens of thousands; nobody reads all their names.
struct ContainingTips {
    /// Of all kinds together.
    private(set) var names: [String] = []
    private(set) var branches: [String] = []
    private(set) var tags: [String] = []
    private(set) var count = 0
    private(set) var branchCount = 0
    private(set) var tagCount = 0
    private var last: TipName?

    private static let shownNames = 20
    private static let shownOfAKind = 100

    /// Adds a name; what was just added is not added twice.
    mutating func add(_ tip: TipName) {
        if tip == last { return }
        last = tip
        count += 1
        if names.count < Self.shownNames { names.append(tip.short) }
        switch tip.kind {
        case .branch:
            branchCount += 1
            if branches.count < Self.shownOfAKind { branches.append(tip.short) }
        case .tag:
            tagCount += 1
            if tags.count < Self.shownOfAKind { tags.append(tip.short) }
        case .other: break
        }
    }

    /// Adds those of a group whose bits are set, each of them another reference.
    mutating func add(_ bits: UInt64, of group: TipGroup) {
        count += bits.nonzeroBitCount
        branchCount += (bits & group.branches).nonzeroBitCount
        tagCount += (bits & group.tags).nonzeroBitCount
        Self.append(bits, of: group, to: &names, upTo: Self.shownNames)
        Self.append(bits & group.branches, of: group, to: &branches, upTo: Self.shownOfAKind)
        Self.append(bits & group.tags, of: group, to: &tags, upTo: Self.shownOfAKind)
    }

    private static func append(_ bits: UInt64, of group: TipGroup, to names: inout [String], upTo limit: Int) {
        var rest = bits
        while rest != 0, names.count < limit {
            names.append(group.names[rest.trailingZeroBitCount].short)
            rest &= rest - 1
        }
    }
}
