import Bytes
import Findings

/// Files of one kind, known by what they are called: a row of a table.
///
/// Of each list that a row has, one word must fit. All words are lower case, and ASCII case is ignored in paths.
struct FileKind: Sendable {
    let reason: DropReason
    /// The file lies in a folder of this name, at any depth.
    var folders: [StaticString]?
    /// This is the file's whole name.
    var files: [StaticString]?
    /// The file's name holds this.
    var names: [StaticString]?
    /// The file's name ends with this.
    var suffixes: [StaticString]?
    /// This stands behind the name's last dot, or is all of the name.
    var endings: [StaticString]?

    /// The first row of a table that a path fits.
    static func first(in table: [FileKind], for path: String) -> FileKind? {
        // Bytes: this is asked of nearly every file.
        var path = path
        return path.withUTF8 { bytes in
            PathParts(UnsafeRawBufferPointer(bytes)).flatMap { parts in table.first { $0.fits(parts) } }
        }
    }

    private func fits(_ path: PathParts) -> Bool {
        if let folders, !path.isInFolder({ folder in folders.contains { folder.equalsCaseless($0) } }) { return false }
        if let files, !files.contains(where: { path.name.equalsCaseless($0) }) { return false }
        if let names, !names.contains(where: { path.name.containsCaseless($0) }) { return false }
        if let suffixes, !suffixes.contains(where: { path.name.endsCaseless(with: $0) }) { return false }
        if let endings, !endings.contains(where: { path.ending.equalsCaseless($0) }) { return false }
        return true
    }
}

/// A path, taken apart. Without arrays: this is made for nearly every file.
private struct PathParts {
    /// The folders that the file is in, with what separates them.
    private let folders: UnsafeRawBufferPointer
    let name: UnsafeRawBufferPointer
    let ending: UnsafeRawBufferPointer

    /// `nil` for a path without a name.
    init?(_ path: UnsafeRawBufferPointer) {
        guard let name = Self.last(of: path, behind: .slash) else { return nil }
        folders = path.slice(0..<name.lowerBound)
        self.name = path.slice(name)
        ending = Self.ending(of: self.name)
    }

    func isInFolder(_ isMeant: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        var rest = folders
        while let folder = Self.last(of: rest, behind: .slash) {
            if isMeant(rest.slice(folder)) { return true }
            rest = rest.slice(0..<folder.lowerBound)
        }
        return false
    }

    private static func ending(of name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let last = last(of: name, behind: .period) else { return name }
        let ending = name.slice(last)
        // A copy is of the kind of what it was copied from: `fr.json.orig`.
        guard Words.endingsOfCopies.contains(where: { ending.equalsCaseless($0) }) else { return ending }
        let rest = name.slice(0..<last.lowerBound)
        guard let original = Self.last(of: rest, behind: .period),
            Self.last(of: rest.slice(0..<original.lowerBound), behind: .period) != nil
        else { return ending }
        return rest.slice(original)
    }

    /// The last piece that is not empty of what a separator divides.
    private static func last(of text: UnsafeRawBufferPointer, behind separator: UInt8) -> Range<Int>? {
        var end = text.count
        while end > 0, text[end - 1] == separator { end -= 1 }
        var start = end
        while start > 0, text[start - 1] != separator { start -= 1 }
        return start < end ? start..<end : nil
    }
}
