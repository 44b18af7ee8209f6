internal import Bytes
internal import Platform

/// Finds the entries of an index that a tree does not have as they are, without looking at folders that are the same.
struct StagedSearch {
    private let file: IndexFile
    private let repository: Repository
    private(set) var found: [Int] = []

    init(_ file: IndexFile, _ repository: Repository) {
        self.file = file
        self.repository = repository
    }

    /// - Parameter tree: `nil`: the empty one.
    mutating func run(from tree: ObjectID?) throws(GitError) {
        try compare(0..<file.count, prefix: 0, tree, file.trees == nil ? nil : 0)
    }

    /// - Parameters:
    ///   - range: The entries of a folder.
    ///   - prefix: How much of their paths says which it is, the slash included.
    ///   - tree: What the folder is compared with.
    ///   - noted: Its number among the trees that the index has noted.
    private mutating func compare(
        _ range: Range<Int>, prefix: Int, _ tree: ObjectID?, _ noted: Int?
    ) throws(GitError) {
        if let noted, let own = file.trees?.folders[noted].tree, own == tree { return }
        let entries = try tree.map { id throws(GitError) in try repository.tree(id) } ?? []
        let inner = noted.flatMap { file.trees?.inner(of: $0) } ?? [:]
        // Both are in the same order: that of names, to which a folder's has a slash at its end.
        var other = 0
        var number = range.lowerBound
        while number < range.upperBound {
            let name = component(number, behind: prefix)
            while other < entries.count, Self.precedes(entries[other], name) { other += 1 }
            let known = other < entries.count && Self.isSame(entries[other], name) ? entries[other] : nil
            guard name.isFolder else {
                if file.stage(number) > 0 || known?.id != file.id(number) || known?.mode != file.mode(number) {
                    found.append(number)
                }
                number += 1
                continue
            }
            let folder = inner[name.bytes]
            let end = end(of: number..<range.upperBound, prefix: prefix + name.bytes.count + 1, folder)
            try compare(number..<end, prefix: prefix + name.bytes.count + 1, known?.id, folder)
            number = end
        }
    }

    /// What stands in a folder: a file, or a folder of which the entry is the first.
    private struct Component {
        var bytes: [UInt8]
        var isFolder: Bool
    }

    private func component(_ number: Int, behind prefix: Int) -> Component {
        file.withPath(number) { path in
            let rest = path[prefix...]
            guard let slash = rest.firstIndex(of: .slash) else { return Component(bytes: Array(rest), isFolder: false) }
            return Component(bytes: Array(rest[..<slash]), isFolder: true)
        }
    }

    /// Behind the last entry of a folder.
    ///
    /// - Parameter range: Begins with its first.
    private func end(of range: Range<Int>, prefix: Int, _ noted: Int?) -> Int {
        let first = file.withPath(range.lowerBound) { Array($0.prefix(prefix)) }
        func isInFolder(_ number: Int) -> Bool { file.withPath(number) { $0.starts(with: first) } }
        if let noted, let folder = file.trees?.folders[noted], folder.tree != nil, folder.entryCount > 0 {
            let end = range.lowerBound + folder.entryCount
            if end <= range.upperBound, isInFolder(end - 1), end == range.upperBound || !isInFolder(end) { return end }
        }
        return range.partitionPoint(where: isInFolder)
    }

    // MARK: Order

    private static func precedes(_ entry: TreeEntry, _ component: Component) -> Bool {
        let common = min(entry.name.count, component.bytes.count)
        let order = entry.name.withUnsafeBytes { left in
            component.bytes.withUnsafeBytes { right -> Int32 in
                guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
                return memcmp(left, right, common)
            }
        }
        if order != 0 { return order < 0 }
        func next(_ name: [UInt8], _ isFolder: Bool) -> UInt8 {
            common < name.count ? name[common] : isFolder ? .slash : 0
        }
        let (left, right) = (next(entry.name, entry.mode.isTree), next(component.bytes, component.isFolder))
        if left != right { return left < right }
        return entry.name.count < component.bytes.count
    }

    private static func isSame(_ entry: TreeEntry, _ component: Component) -> Bool {
        entry.mode.isTree == component.isFolder && entry.name == component.bytes
    }
}
