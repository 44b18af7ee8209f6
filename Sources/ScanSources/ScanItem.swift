internal import Bytes
package import Findings

/// One thing to scan.
package struct ScanItem: Sendable, Hashable {
    /// Relative to the root of the plan. Shown to people and used by rules that look at paths.
    package var path: PathBytes?
    package var origin: Origin
    /// In bytes, as far as it is known before reading.
    package var size: Int?
    /// Whether the user named it, and not a folder that it is in: not reading it is then no matter of course.
    package var isNamed = false

    package init(path: PathBytes?, origin: Origin, size: Int?) {
        self.path = path
        self.origin = origin
        self.size = size
    }

    /// Names the item in an omission or a problem.
    package var subject: String {
        let name =
            switch origin {
            case .file, .standardInput, .address: "standard input"
            case .index(let id): "staged blob \(id)"
            case .blob(let id): "blob \(id)"
            case .commitMessage(let id): "commit \(id)"
            case .tagMessage(let id): "tag \(id)"
            case .referenceNames: "reference names"
            }
        return path?.description ?? name
    }

    /// What a report shows as the place of what is found in the item.
    package var displayPath: String {
        if let path { return path.description }
        return switch origin {
        case .commitMessage: "commit message"
        case .tagMessage: "tag message"
        case .referenceNames: "reference names"
        case .standardInput: "standard input"
        case .file, .address: "file"
        case .index(let id), .blob(let id): "blob \(id)"
        }
    }
}
