import Foundation

/// The files of a tree in memory, so that reading them is not measured.
struct Texts {
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    private(set) var byteCount = 0

    /// - Parameters:
    ///   - root: A file, or a folder; what is in `.git` is left out.
    ///   - limit: Files behind this many bytes are left out, in order of path.
    init(below root: String, limit: Int) {
        for path in Self.paths(below: root) {
            guard byteCount < limit else { return }
            guard let content = FileManager.default.contents(atPath: root + path) else { continue }
            files.append((path.isEmpty ? root : String(path.dropFirst()), Array(content)))
            byteCount += content.count
        }
    }

    /// One text.
    init(_ bytes: [UInt8]) {
        files = [("file.txt", bytes)]
        byteCount = bytes.count
    }

    private static func paths(below root: String) -> [String] {
        guard let names = FileManager.default.enumerator(atPath: root) else { return [""] }
        var paths: [String] = []
        for case let name as String in names {
            guard !name.split(separator: "/").contains(".git") else { continue }
            guard names.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            paths.append("/" + name)
        }
        return paths.sorted()
    }
}
