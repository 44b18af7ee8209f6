internal import Bytes

/// The trees that git has noted in an index: of each folder in which nothing was staged since, which tree it is. Git makes the
/// next commit of these.
struct CachedTrees {
    struct Folder {
        /// Without the folders above it.
        var name: [UInt8]
        /// `nil`: something in it was staged since.
        var tree: ObjectID?
        /// How many entries of the index are in it and below; only where there is a tree.
        var entryCount: Int
        /// Numbers of the folders in it.
        var folders: [Int] = []
    }

    /// The first is the top.
    private(set) var folders: [Folder] = []

    /// Deeper nests are not read.
    private static let maximumDepth = 512

    /// - Parameter bytes: What stands in the extension `TREE`.
    /// - Returns: `nil` if it is malformed: then nothing is known.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        guard read(bytes, &position, depth: 0) != nil, position == bytes.count else { return nil }
    }

    /// `NAME\0ENTRIES FOLDERS\n`, the id of the tree unless there are -1 entries, and the folders.
    ///
    /// - Returns: The number of the folder.
    private mutating func read(_ bytes: UnsafeRawBufferPointer, _ position: inout Int, depth: Int) -> Int? {
        guard depth <= Self.maximumDepth, let nameEnd = bytes[position...].firstIndex(of: 0),
            let space = bytes[nameEnd...].firstIndex(of: .space),
            let lineEnd = bytes[space...].firstIndex(of: .lineFeed),
            let entries = Int(String(decoding: bytes[(nameEnd + 1)..<space], as: UTF8.self)),
            let count = Int(String(decoding: bytes[(space + 1)..<lineEnd], as: UTF8.self)), entries >= -1, count >= 0,
            count <= bytes.count
        else { return nil }
        var folder = Folder(name: Array(bytes[position..<nameEnd]), entryCount: entries)
        position = lineEnd + 1
        if entries >= 0 {
            guard position + ObjectID.byteCount <= bytes.count else { return nil }
            folder.tree = ObjectID(unchecked: bytes, at: position)
            position += ObjectID.byteCount
        }
        let number = folders.count
        folders.append(folder)
        for _ in 0..<count {
            guard let inner = read(bytes, &position, depth: depth + 1) else { return nil }
            folders[number].folders.append(inner)
        }
        return number
    }

    /// The folders in a folder, by name.
    func inner(of number: Int) -> [[UInt8]: Int] {
        Dictionary(folders[number].folders.map { (folders[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
