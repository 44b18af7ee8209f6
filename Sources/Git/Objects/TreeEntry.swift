package import Bytes
internal import Platform

/// What stands in a tree under a name.
package struct TreeEntry: Sendable, Hashable {
    /// As git has it; need not be UTF-8.
    package var name: [UInt8]
    package var id: ObjectID
    package var mode: FileMode
}

/// The mode of a tree or index entry.
package struct FileMode: RawRepresentable, Sendable, Hashable {
    package var rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private var format: UInt32 { rawValue & 0o170000 }

    package var isTree: Bool { format == 0o040000 }
    package var isFile: Bool { format == 0o100000 }
    package var isSymbolicLink: Bool { format == 0o120000 }
    /// The commit of a submodule, whose objects are elsewhere.
    package var isSubmodule: Bool { format == 0o160000 }
    /// Whether the entry's id names a blob.
    package var isBlob: Bool { !isTree && !isSubmodule }
}

extension Repository {
    /// Reads a tree's own entries.
    package func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
        var entries: [TreeEntry] = []
        try forEachEntry(ofTree: id) { name, id, mode in
            entries.append(TreeEntry(name: Array(name), id: id, mode: mode))
        }
        return entries
    }

    /// Passes a tree's own entries to `body` without copying their names.
    package func forEachEntry(
        ofTree id: ObjectID, _ body: (_ name: Slice<UnsafeRawBufferPointer>, ObjectID, FileMode) -> Void
    ) throws(GitError) {
        let isWhole = try objects.withObject(id, expecting: .tree) { bytes in
            TreeContent.forEachEntry(of: bytes) { body(bytes[$0.nameRange], $0.id, $0.mode) }
        }
        guard isWhole else { throw Self.damaged("read tree", id) }
    }
}

/// The content of a tree object: `MODE NAME\0` and 20 bytes, again and again.
package enum TreeContent {
    /// An entry where it stands: it may be looked at for as long as the content.
    package struct Entry {
        package let mode: FileMode
        /// The bytes of the content that it takes.
        package let range: Range<Int>
        /// Where its name starts.
        let nameStart: Int
        let content: UnsafeRawBufferPointer

        var nameRange: Range<Int> { nameStart..<range.upperBound - ObjectID.byteCount - 1 }
        /// As git has it; need not be UTF-8.
        package var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: content[nameRange]) }
        package var id: ObjectID { ObjectID(unchecked: content, at: range.upperBound - ObjectID.byteCount) }
        /// The 20 bytes of the id.
        package var idBytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: content[range.upperBound - ObjectID.byteCount..<range.upperBound])
        }
    }

    /// How many bytes an entry has at least, were its mode and name empty.
    package static let smallestEntrySize = 2 + ObjectID.byteCount

    /// Passes the entries to `body`.
    ///
    /// - Returns: False if the content is malformed; what came before was passed.
    package static func forEachEntry(of bytes: UnsafeRawBufferPointer, _ body: (Entry) -> Void) -> Bool {
        var position = 0
        while position < bytes.count {
            guard let entry = entry(at: position, of: bytes) else { return false }
            body(entry)
            position = entry.range.upperBound
        }
        return true
    }

    /// The entry that starts at a place of the content, if it has one of the modes that nearly all have, and is not among the
    /// last bytes.
    @inline(__always)
    private static func ordinaryEntry(at entryStart: Int, of bytes: UnsafeRawBufferPointer) -> Entry? {
        guard let start = bytes.baseAddress, entryStart <= bytes.count - 8 - ObjectID.byteCount else { return nil }
        let mode: UInt32
        let nameStart: Int
        // The digits as a number, and the space.
        switch UInt64(bigEndian: start.loadUnaligned(fromByteOffset: entryStart, as: UInt64.self)) {
        case 0x3130_3036_3434_2000...0x3130_3036_3434_20ff: (mode, nameStart) = (0o100644, entryStart + 7)
        case 0x3430_3030_3020_0000...0x3430_3030_3020_ffff: (mode, nameStart) = (0o40000, entryStart + 6)
        case 0x3130_3037_3535_2000...0x3130_3037_3535_20ff: (mode, nameStart) = (0o100755, entryStart + 7)
        default: return nil
        }
        guard let nameEnd = memchr(start + nameStart, 0, bytes.count - nameStart) else { return nil }
        let end = UnsafeRawPointer(nameEnd) - start + 1 + ObjectID.byteCount
        guard end <= bytes.count else { return nil }
        return Entry(mode: FileMode(rawValue: mode), range: entryStart..<end, nameStart: nameStart, content: bytes)
    }

    /// The entry that starts at a place of the content; `nil` if it is malformed.
    package static func entry(at entryStart: Int, of bytes: UnsafeRawBufferPointer) -> Entry? {
        if let entry = ordinaryEntry(at: entryStart, of: bytes) { return entry }
        var position = entryStart
        var mode: UInt32 = 0
        while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 8, mode < 1 << 28 else { return nil }
            mode = mode << 3 | UInt32(digit)
            position += 1
        }
        position += 1
        let nameStart = position
        guard nameStart < bytes.count, let start = bytes.baseAddress,
            let nameEnd = memchr(start + nameStart, 0, bytes.count - nameStart)
        else { return nil }
        position = UnsafeRawPointer(nameEnd) - start
        let end = position + 1 + ObjectID.byteCount
        guard end <= bytes.count else { return nil }
        return Entry(mode: FileMode(rawValue: mode), range: entryStart..<end, nameStart: nameStart, content: bytes)
    }
}
