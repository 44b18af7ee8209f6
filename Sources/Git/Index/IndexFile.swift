internal import Bytes
internal import Platform
internal import Synchronization

/// An index file as it stands on the disk: where its entries are, and the trees of the folders in which nothing is staged.
///
/// The library makes an object of each entry, adds up the file, and compares each entry with HEAD: with 150,000 files that
/// takes a tenth of a second each time. Here nothing is made of an entry until somebody asks for it. The format:
/// gitformat-index(5).
///
/// `@unchecked Sendable`: it is mapped for reading, and nothing of it changes.
final class IndexFile: @unchecked Sendable {
    /// What has to be the same for the file to be that which was read.
    struct Identity: Equatable {
        var inode: UInt64
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    /// Where an entry stands.
    private struct Place {
        /// Of what is as long for each entry.
        var entry: UInt32
        /// Of its path: in the file, or, where paths are shortened by what they have in common (version 4), in `paths`.
        var path: UInt32
        var pathLength: UInt32
    }

    private let content: UnsafeRawBufferPointer
    private let places: [Place]
    private let paths: [UInt8]
    /// `nil`: it notes none.
    let trees: CachedTrees?

    /// The file that was read last, for as long as somebody has it: a scan opens its repository several times.
    private struct Last {
        weak var file: IndexFile?
        var path = ""
        var identity: Identity?
    }

    private static let last = Mutex(Last())

    /// Reads a file.
    ///
    /// - Returns: `nil` for one that has parts of which this knows nothing, that is damaged or is not there: the library, or
    ///   git, says what it is.
    static func read(_ path: String) -> (file: IndexFile, identity: Identity)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let identity = identity(descriptor), (1...maximumSize).contains(identity.size) else { return nil }
        let known = last.withLock { $0.path == path && $0.identity == identity ? $0.file : nil }
        if let known { return (known, identity) }
        // Git puts a new file in the place of the old one, and never changes one that is there.
        let mapped = mmap(nil, identity.size, PROT_READ, MAP_PRIVATE | Int32(MAP_POPULATE), descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { return nil }
        let content = UnsafeRawBufferPointer(start: mapped, count: identity.size)
        guard let layout = Layout(content) else {
            munmap(mapped, identity.size)
            return nil
        }
        let file = IndexFile(content, layout)
        last.withLock { $0 = Last(file: file, path: path, identity: identity) }
        return (file, identity)
    }

    /// Offsets are kept in four bytes.
    private static let maximumSize = Int(Int32.max)

    static func identity(ofFileAt path: String) -> Identity? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return identity(descriptor)
    }

    private static func identity(_ descriptor: Int32) -> Identity? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Identity(
            inode: UInt64(status.st_ino), size: Int(status.st_size), seconds: status.modificationTime.tv_sec,
            nanoseconds: status.modificationTime.tv_nsec)
    }

    private init(_ content: UnsafeRawBufferPointer, _ layout: Layout) {
        self.content = content
        places = layout.places
        paths = layout.paths
        trees = layout.trees
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: content.baseAddress), content.count) }

    // MARK: Entries

    var count: Int { places.count }

    /// Lends the path of an entry for the duration of `body`.
    func withPath<Result>(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let place = places[number]
        let range = Int(place.path)..<Int(place.path) + Int(place.pathLength)
        if paths.isEmpty { return body(UnsafeRawBufferPointer(rebasing: content[range])) }
        return paths.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    func mode(_ number: Int) -> FileMode { FileMode(rawValue: big(number, 24)) }

    func id(_ number: Int) -> ObjectID {
        ObjectID(unchecked: content, at: Int(places[number].entry) + 40)
    }

    /// 0, or in a conflict 1 (base), 2 (ours), 3 (theirs).
    func stage(_ number: Int) -> Int { Int(Layout.stage(Layout.flags(content, entry(number)))) }

    func entry(_ number: Int) -> IndexEntry {
        let extended = Layout.extendedFlags(content, Int(places[number].entry))
        return IndexEntry(
            path: withPath(number) { Array($0) }, id: id(number), mode: mode(number), stage: stage(number),
            isIntentToAdd: extended & 0x2000 != 0, isSkippedInWorktree: extended & 0x4000 != 0)
    }

    private func entry(_ number: Int) -> Int { Int(places[number].entry) }

    private func big(_ number: Int, _ offset: Int) -> UInt32 {
        Layout.big(content, Int(places[number].entry) + offset)
    }

    /// The blob that the next commit has at a path; `nil` if it has none there, or there is a conflict.
    func blob(at path: String) -> ObjectID? {
        let wanted = Array(path.utf8)
        let first = (0..<count).partitionPoint { number in
            withPath(number) { $0.lexicographicallyPrecedes(wanted) }
        }
        guard first < count, withPath(first, { $0.elementsEqual(wanted) }), stage(first) == 0 else { return nil }
        let found = entry(first) as IndexEntry
        return found.mode.isBlob && !found.isIntentToAdd ? found.id : nil
    }
}

extension IndexFile {
    /// What one pass over the file finds out.
    private struct Layout {
        private(set) var places: [Place] = []
        private(set) var paths: [UInt8] = []
        private(set) var trees: CachedTrees?
        private let bytes: UnsafeRawBufferPointer
        private let version: UInt32
        private var position = 12

        private static let checksumSize = ObjectID.byteCount
        /// Of an entry without its path and extended flags.
        private static let fixedSize = 62
        /// Up to here the file is added up: a large one is not, as git itself does not.
        private static let summedSize = 1 << 20

        /// - Returns: `nil` for what is not wholly understood.
        init?(_ bytes: UnsafeRawBufferPointer) {
            guard bytes.count >= position + Self.checksumSize, bytes.starts(with: Array("DIRC".utf8)) else {
                return nil
            }
            self.bytes = bytes
            version = Self.big(bytes, 4)
            let count = Int(Self.big(bytes, 8))
            guard (2...4).contains(version), count <= bytes.count / Self.fixedSize, isSummedRight else { return nil }
            places.reserveCapacity(count)
            for number in 0..<count {
                guard readEntry(), number == 0 || isInOrder(number) else { return nil }
            }
            guard readExtensions() else { return nil }
        }

        /// Whether the sum at its end is right, or there is none (`index.skipHash`).
        private var isSummedRight: Bool {
            guard bytes.count <= Self.summedSize else { return true }
            let content = UnsafeRawBufferPointer(rebasing: bytes.dropLast(Self.checksumSize))
            let sum = UnsafeRawBufferPointer(rebasing: bytes.suffix(Self.checksumSize))
            return sum.allSatisfy { $0 == 0 } || SHA1.digest(content).withUnsafeBytes { $0.elementsEqual(sum) }
        }

        static func big(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }

        static func flags(_ bytes: UnsafeRawBufferPointer, _ entry: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: entry + 60, as: UInt16.self))
        }

        static func stage(_ flags: UInt16) -> UInt16 { flags >> 12 & 3 }

        private static func isExtended(_ flags: UInt16) -> Bool { flags & 0x4000 != 0 }

        static func extendedFlags(_ bytes: UnsafeRawBufferPointer, _ entry: Int) -> UInt16 {
            guard isExtended(flags(bytes, entry)) else { return 0 }
            return UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: entry + 62, as: UInt16.self))
        }

        // MARK: Entries

        private var end: Int { bytes.count - Self.checksumSize }

        private mutating func readEntry() -> Bool {
            let start = position
            guard start + Self.fixedSize < end else { return false }
            let flags = Self.flags(bytes, start)
            // The folder of a sparse index has no files here.
            guard Self.big(bytes, start + 24) & 0o170000 != 0o040000 else { return false }
            if Self.isExtended(flags), version < 3 { return false }
            let path = start + Self.fixedSize + (Self.isExtended(flags) ? 2 : 0)
            guard path < end else { return false }
            return version == 4 ? readShortened(start, path) : readWhole(start, path, flags)
        }

        private mutating func readWhole(_ start: Int, _ path: Int, _ flags: UInt16) -> Bool {
            var length = Int(flags & 0xfff)
            if length == 0xfff {
                guard let found = terminator(behind: path) else { return false }
                length = found - path
            }
            // One to eight zeros follow, so that the next begins at a multiple of eight.
            position = start + (path + length - start + 8) / 8 * 8
            guard length > 0, position <= end, bytes[path + length] == 0 else { return false }
            places.append(Place(entry: UInt32(start), path: UInt32(path), pathLength: UInt32(length)))
            return true
        }

        /// A path is how much of the last one's end goes, and what stands in its place.
        private mutating func readShortened(_ start: Int, _ path: Int) -> Bool {
            position = path
            guard let dropped = number(), let found = terminator(behind: position) else { return false }
            let previous = places.last.map { Int($0.path)..<Int($0.path) + Int($0.pathLength) } ?? 0..<0
            guard dropped <= previous.count else { return false }
            let begin = paths.count
            paths += paths[previous.dropLast(dropped)]
            paths += bytes[position..<found]
            position = found + 1
            guard paths.count > begin, paths.count <= IndexFile.maximumSize else { return false }
            places.append(
                Place(entry: UInt32(start), path: UInt32(begin), pathLength: UInt32(paths.count - begin)))
            return true
        }

        private func terminator(behind position: Int) -> Int? {
            guard let start = bytes.baseAddress, let found = memchr(start + position, 0, end - position) else {
                return nil
            }
            return UnsafeRawPointer(found) - start
        }

        /// A number as packs have the offsets of deltas.
        private mutating func number() -> Int? {
            var value = 0
            var isFirst = true
            while position < end {
                let byte = bytes[position]
                position += 1
                guard value < 1 << 40 else { return nil }
                value = (isFirst ? 0 : (value + 1) << 7) + Int(byte & 0x7f)
                isFirst = false
                if byte & 0x80 == 0 { return value }
            }
            return nil
        }

        /// Whether an entry belongs behind the one before it: what is looked for is looked for by halves.
        private func isInOrder(_ number: Int) -> Bool {
            let (left, right) = (places[number - 1], places[number])
            let order = paths.withUnsafeBytes { own -> Int in
                let source = version == 4 ? own : bytes
                guard let start = source.baseAddress else { return 0 }
                let common = Int(min(left.pathLength, right.pathLength))
                let order = memcmp(start + Int(left.path), start + Int(right.path), common)
                return order == 0 ? Int(left.pathLength) - Int(right.pathLength) : Int(order)
            }
            if order != 0 { return order < 0 }
            return Self.stage(Self.flags(bytes, Int(left.entry))) < Self.stage(Self.flags(bytes, Int(right.entry)))
        }

        // MARK: Extensions

        private mutating func readExtensions() -> Bool {
            while position < end {
                guard position + 8 <= end else { return false }
                let name = bytes[position..<position + 4]
                let size = Int(Self.big(bytes, position + 4))
                let start = position + 8
                guard size <= end - start else { return false }
                // What begins with a small letter changes what the rest means: a split index, a sparse one.
                guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[position]) else { return false }
                if name.elementsEqual("TREE".utf8) {
                    trees = CachedTrees(UnsafeRawBufferPointer(rebasing: bytes[start..<start + size]))
                }
                position = start + size
            }
            return true
        }
    }
}
