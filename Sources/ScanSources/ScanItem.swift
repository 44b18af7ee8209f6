package import Bytes
package import Git

/// Where the bytes of an item are.
package enum ItemOrigin: Hashable, Sendable {
    /// In the file system.
    case file
    /// A blob the index would commit.
    case index(ObjectID)
    /// A blob of the history. Its path is unknown until attribution, except in a range.
    case blob(ObjectID)
    /// A commit's author, committer and message, one after the other.
    case commitMessage(ObjectID)
    /// An annotated tag's name, tagger and message.
    case tagMessage(ObjectID)
    /// The full names of all references, one a line.
    case referenceNames
    case standardInput
}

/// One thing to scan.
package struct ScanItem: Sendable, Hashable {
    /// Relative to the root of the plan. Shown to people and used by rules that look at paths.
    package var path: PathBytes?
    package var origin: ItemOrigin
    /// In bytes, as far as it is known before reading.
    package var size: Int?

    package init(path: PathBytes?, origin: ItemOrigin, size: Int?) {
        self.path = path
        self.origin = origin
        self.size = size
    }

    /// Names the item in an omission or a problem.
    package var subject: String {
        let name =
            switch origin {
            case .file, .standardInput: "standard input"
            case .index(let id): "staged blob \(id)"
            case .blob(let id): "blob \(id)"
            case .commitMessage(let id): "commit \(id)"
            case .tagMessage(let id): "tag \(id)"
            case .referenceNames: "reference names"
            }
        return path?.description ?? name
    }
}
