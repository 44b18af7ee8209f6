import Foundation

/// A file of the repository, found from where this file was compiled.
enum PackageFile {
    static func text(_ path: String) throws -> String {
        // A build of a copy may reach the sources by a link.
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
