internal import Git
public import PackFile

/// The packs of a repository that can be read as packs; libgit2 reads what is elsewhere.
public final class PackedObjects: Sendable {
    /// One for each pack, in the order of folders and names.
    public let plans: [PackPlan]

    /// Opens every pack of some folders.
    ///
    /// - Parameter folders: Folders named `objects`, alternates included.
    init(folders: [String]) {
        // Of a pack that cannot be opened libgit2 reads what it can, and says what it cannot.
        plans = folders.flatMap(Self.packs).compactMap { path in try? PackPlan(PackFile(path: path)) }
    }

    private static func packs(ofFolder folder: String) -> [String] {
        let packs = folder + "/pack"
        // A folder that cannot be listed is named by whoever lists the objects.
        guard let listing = try? entries(ofFolder: Array(packs.utf8)).entries else { return [] }
        let names = listing.map { String(decoding: $0.name, as: UTF8.self) }
        return names.filter { $0.hasSuffix(".pack") }.sorted().map { packs + "/" + $0 }
    }

    /// Where an object is.
    public struct Place: Sendable, Hashable {
        /// Index of the plan.
        public var pack: Int
        public var entry: PackPlan.Entry
    }

    /// The first pack that has an object, and can say what it is.
    func place(of id: ObjectID) -> Place? {
        id.withUnsafeBytes { bytes in
            for (pack, plan) in plans.enumerated() {
                if let entry = plan.entry(id: bytes), plan.kind(of: entry) != nil {
                    return Place(pack: pack, entry: entry)
                }
            }
            return nil
        }
    }

    /// The kind of an object that one of the packs has.
    func kind(of id: ObjectID) -> ObjectKind? {
        guard let place = place(of: id) else { return nil }
        return switch plans[place.pack].kind(of: place.entry) {
        case .commit: .commit
        case .tree: .tree
        case .blob: .blob
        case .tag: .tag
        case nil: nil
        }
    }
}
