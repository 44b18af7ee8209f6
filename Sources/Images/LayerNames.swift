/// What a layer does to the files of the layers below it.
///
/// A layer takes a file away by an empty file of its own: `.wh.NAME` beside it, `.wh..wh..opq` for all of a folder.
/// https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
package struct LayerNames: Sendable {
    /// How a file of a lower layer goes.
    package enum Fate: Sendable {
        case stays
        case removed
        /// Another one stands there.
        case replaced
    }

    private static let whiteout = ".wh."
    private static let opaque = ".wh..wh..opq"

    private var removed: Set<String> = []
    /// Folders of which nothing below is seen; empty: the top.
    private var emptied: Set<String> = []
    /// Hashes of what is no folder: a name may be a kilobyte, and a layer may have a million.
    private var present: Set<Int> = []

    private static let maximumCount = 2_000_000

    package init() {}

    /// Notes a member.
    ///
    /// - Parameter path: As the archive has it.
    package mutating func note(_ path: String, isFolder: Bool) {
        guard removed.count + present.count < Self.maximumCount else { return }
        let names = Self.names(path)
        guard let last = names.last else { return }
        if last == Self.opaque {
            emptied.insert(names.dropLast().joined(separator: "/"))
        } else if last.hasPrefix(Self.whiteout) {
            let name = last.dropFirst(Self.whiteout.count)
            // `.wh..wh.plnk` and the like are a file system's own notes.
            if !name.hasPrefix(Self.whiteout) { removed.insert((names.dropLast() + [name]).joined(separator: "/")) }
        } else if !isFolder {
            present.insert(names.joined(separator: "/").hashValue)
        }
    }

    /// What becomes of a file of a lower layer.
    package func fate(of path: String) -> Fate {
        let names = Self.names(path)
        let whole = names.joined(separator: "/")
        if present.contains(whole.hashValue) { return .replaced }
        if removed.contains(whole) || emptied.contains("") { return .removed }
        for count in stride(from: names.count - 1, to: 0, by: -1) {
            let folder = names[..<count].joined(separator: "/")
            // Where the folder was, something else may be now.
            if removed.contains(folder) || emptied.contains(folder) || present.contains(folder.hashValue) {
                return .removed
            }
        }
        return .stays
    }

    private static func names(_ path: String) -> [Substring] {
        var names: [Substring] = []
        for name in path.split(separator: "/") where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return names
    }
}
