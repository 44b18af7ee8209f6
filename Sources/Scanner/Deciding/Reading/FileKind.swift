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
        if let folders, !path.folders.contains(where: { folder in folders.contains { folder.equalsCaseless($0) } }) {
            return false
        }
        if let files, !files.contains(where: { path.name.equalsCaseless($0) }) { return false }
        if let names, !names.contains(where: { path.name.containsCaseless($0) }) { return false }
        if let suffixes, !suffixes.contains(where: { path.name.endsCaseless(with: $0) }) { return false }
        if let endings, !endings.contains(where: { path.ending.equalsCaseless($0) }) { return false }
        return true
    }
}

/// A path, taken apart.
private struct PathParts {
    let folders: ArraySlice<UnsafeRawBufferPointer>
    let name: UnsafeRawBufferPointer
    let ending: UnsafeRawBufferPointer

    /// `nil` for a path without a name.
    init?(_ path: UnsafeRawBufferPointer) {
        let components = Self.split(path, at: .slash)
        guard let name = components.last else { return nil }
        folders = components.dropLast()
        self.name = name
        let pieces = Self.split(name, at: .period)
        // A copy is of the kind of what it was copied from: `fr.json.orig`.
        let isCopy = pieces.count > 2 && Words.endingsOfCopies.contains { pieces[pieces.count - 1].equalsCaseless($0) }
        ending = isCopy ? pieces[pieces.count - 2] : pieces.last ?? name
    }

    /// What stands between the separators and is not empty.
    private static func split(
        _ text: UnsafeRawBufferPointer, at separator: UInt8
    ) -> [UnsafeRawBufferPointer] {
        text.split(separator: separator).map { UnsafeRawBufferPointer(rebasing: $0) }
    }
}
