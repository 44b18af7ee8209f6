/// The kinds of objects in a pack; the numbers are the format's.
package enum PackedKind: UInt8, Sendable, Hashable, CaseIterable {
    case commit = 1
    case tree = 2
    case blob = 3
    case tag = 4

    /// As git writes it before an object's size: `blob`.
    package var name: String {
        switch self {
        case .commit: "commit"
        case .tree: "tree"
        case .blob: "blob"
        case .tag: "tag"
        }
    }
}
