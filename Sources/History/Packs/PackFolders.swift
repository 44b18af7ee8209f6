import Bytes
internal import Git
internal import PackFile
internal import Platform
internal import ScanSources

/// The packs in the folders of objects, opened.
struct PackFolders {
    /// In the order of folders and names; those that cannot be opened are left out.
    private(set) var files: [PackFile] = []
    /// Whether these have all objects that are in packs: every pack and index could be opened, and there is no index for
    /// many packs, which might know of more.
    private(set) var isComplete = true

    /// - Parameter folders: Folders named `objects`, alternates included.
    init(_ folders: [String]) {
        for folder in folders.map({ $0 + "/pack" }) {
            do throws(SystemError) {
                open(try FolderListing.names(ofFolder: folder), in: folder)
            } catch {
                // A folder that cannot be listed is named by whoever lists the objects.
                if error.code != ENOENT { isComplete = false }
            }
        }
    }

    private mutating func open(_ names: [String], in folder: String) {
        if names.contains(where: { $0.hasPrefix("multi-pack-index") }) { isComplete = false }
        let packs = names.filter { $0.hasSuffix(".pack") }.sorted()
        let indexes = Set(names.filter { $0.hasSuffix(".idx") }.map { $0.dropLast(".idx".count) })
        if Set(packs.map { $0.dropLast(".pack".count) }) != indexes { isComplete = false }
        for name in packs {
            do throws(PackError) {
                files.append(try PackFile(path: folder + "/" + name))
            } catch {
                // Of such a pack libgit2 reads what it can, and says what it cannot.
                isComplete = false
            }
        }
    }

    /// How many objects the packs have together, counted once for each pack.
    var objectCount: Int { files.reduce(0) { $0 + $1.count } }

    /// The id in the name of a pack or of its index: `pack-0123….idx`, `pack-0123….pack`.
    static func id(ofPack path: String) -> ObjectID? {
        let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        guard name.hasPrefix("pack-"), let dot = name.lastIndex(of: ".") else { return nil }
        return ObjectID(hex: name[..<dot].dropFirst(5))
    }
}
