internal import Findings
import FoundationEssentials
internal import Platform

/// A file that says how a scan is to be done, and that belongs to what is scanned.
package struct SetupFile: Sendable, Hashable {
    /// As messages and reports name it.
    package var name: String
    /// The folder that it stands in, absolute; of a committed one the folder that would have it.
    package var folder: String
    package var text: String

    /// Larger ones are no file of settings.
    static let maximumSize = 16 << 20

    /// Why a file that is there is not read.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        package var name: String
        package var reason: String

        package var description: String { "could not read \(name): \(reason)" }
    }

    init(name: String, folder: String, bytes: [UInt8]) throws(Failure) {
        guard bytes.count <= Self.maximumSize else { throw Failure(name: name, reason: "it is larger than 16 MiB") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(name: name, reason: "it is not a file of UTF-8 text")
        }
        self.init(name: name, folder: folder, text: text.withoutByteOrderMark)
    }

    package init(name: String, folder: String, text: String = "") {
        self.name = name
        self.folder = folder
        self.text = text
    }

    /// The file of a name in a folder; `nil` if there is none.
    ///
    /// Who may change what is scanned may have made a pipe of it, or a link to a file that is not theirs to read.
    ///
    /// - Parameters:
    ///   - folder: Absolute, links resolved.
    ///   - root: Where a link may lead to.
    static func read(_ name: String, in folder: String, below root: String) throws(Failure) -> SetupFile? {
        let path = folder == "/" ? "/" + name : "\(folder)/\(name)"
        let shown = shown(path)
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let target = realpath(path, nil) else { return nil }
            defer { free(target) }
            guard String(cString: target).hasPrefix(root == "/" ? "/" : root + "/") else {
                throw Failure(
                    name: shown, reason: "it is a link that leads out of what is scanned; copy the file there")
            }
            guard stat(path, &status) == 0 else { return nil }
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            if status.st_mode & S_IFMT == S_IFDIR { return nil }
            throw Failure(name: shown, reason: "it is no regular file")
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Failure(name: shown, reason: String(cString: strerror(errno)))
        }
        return try SetupFile(name: shown, folder: folder, bytes: Array(content))
    }

    /// Its path from a folder that it lies in; `nil`: it lies elsewhere.
    ///
    /// A committed one is called by its path; one that was read by how people read it.
    package func path(from top: String) -> String? {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        if folder == top { return last }
        let above = top == "/" ? "/" : top + "/"
        return folder.hasPrefix(above) ? "\(folder.dropFirst(above.count))/\(last)" : nil
    }

    /// A path as people read it: from the current directory where it lies below.
    package static func shown(_ path: String) -> String {
        let current = FileManager.default.currentDirectoryPath
        let prefix = current == "/" ? "/" : current + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}
