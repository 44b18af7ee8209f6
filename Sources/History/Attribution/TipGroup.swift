/// Up to 64 references, as bits.
struct TipGroup {
    let names: [TipName]
    /// Which of them are branches, and which are tags.
    let branches: UInt64
    let tags: UInt64

    init(_ names: [TipName]) {
        self.names = names
        branches = Self.bits(of: .branch, names)
        tags = Self.bits(of: .tag, names)
    }

    private static func bits(of kind: TipName.Kind, _ names: [TipName]) -> UInt64 {
        names.indices.reduce(0) { names[$1].kind == kind ? $0 | 1 << UInt64($1) : $0 }
    }
}
