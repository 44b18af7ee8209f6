internal import Bytes

/// The pages of an SQLite file in memory, read without SQLite: nothing that the file says is run.
///
/// The format is that of "Database File Format" in SQLite's documentation. Pages are numbered from 1.
struct SQLitePages {
    let bytes: UnsafeRawBufferPointer
    let pageSize: Int
    /// What of a page is not left to extensions, in bytes.
    let usableSize: Int
    let encoding: DocumentEncoding

    static let mark = Array("SQLite format 3\0".utf8)

    /// - Returns: `nil` for what is none.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 512, bytes.starts(with: Self.mark) else { return nil }
        let stated = Int(bytes.bigEndian(16, as: UInt16.self))
        // 65,536 has no room in 16 bits.
        pageSize = stated == 1 ? 65_536 : stated
        guard (512...65_536).contains(pageSize), pageSize & (pageSize - 1) == 0 else { return nil }
        usableSize = pageSize - Int(bytes[20])
        guard usableSize >= 480 else { return nil }
        self.bytes = bytes
        encoding = DocumentEncoding(rawValue: bytes.bigEndian(56, as: UInt32.self)) ?? .utf8
    }

    /// Pages that are there, whatever the header says; one that was cut off is none.
    var count: Int { bytes.count / pageSize }

    /// A page; `nil`: there is none of that number.
    func page(_ number: Int) -> SQLitePage? {
        guard (1...max(1, count)).contains(number), number * pageSize <= bytes.count else { return nil }
        let start = (number - 1) * pageSize
        return SQLitePage(
            bytes: bytes.slice(start..<(start + usableSize)), headerStart: number == 1 ? 100 : 0)
    }
}

/// A page of a tree, or what looks like one.
struct SQLitePage {
    enum Kind: UInt8 {
        case indexInterior = 2
        case tableInterior = 5
        case indexLeaf = 10
        case tableLeaf = 13

        var isInterior: Bool { self == .indexInterior || self == .tableInterior }
        var isTable: Bool { self == .tableInterior || self == .tableLeaf }
    }

    /// The usable part.
    let bytes: UnsafeRawBufferPointer
    /// Behind the file's header, which is in the first page.
    let headerStart: Int

    /// `nil`: it is no page of a tree.
    var kind: Kind? { Kind(rawValue: bytes[headerStart]) }

    /// Where cells begin; in no certain order, and each within the page.
    var cells: [Int] {
        guard let kind else { return [] }
        let first = headerStart + (kind.isInterior ? 12 : 8)
        let count = min(Int(bytes.bigEndian(headerStart + 3, as: UInt16.self)), (bytes.count - first) / 2)
        return (0..<count).compactMap { index in
            let offset = Int(bytes.bigEndian(first + 2 * index, as: UInt16.self))
            return offset >= first && offset + 4 <= bytes.count ? offset : nil
        }
    }

    /// The page behind all cells of an inner page.
    var lastChild: Int { Int(bytes.bigEndian(headerStart + 8, as: UInt32.self)) }

    /// The page before a cell of an inner page.
    func child(ofCellAt offset: Int) -> Int { Int(bytes.bigEndian(offset, as: UInt32.self)) }

    /// What no cell takes up: between the list of cells and the first of them, and the blocks of those that were deleted.
    var freeRanges: (gap: Range<Int>, blocks: [Range<Int>]) {
        guard let kind else { return (0..<bytes.count, []) }
        let listEnd =
            headerStart + (kind.isInterior ? 12 : 8) + 2 * Int(bytes.bigEndian(headerStart + 3, as: UInt16.self))
        let stated = Int(bytes.bigEndian(headerStart + 5, as: UInt16.self))
        let contentStart = stated == 0 ? 65_536 : stated
        let end = min(contentStart, bytes.count)
        let gap = listEnd <= end ? listEnd..<end : 0..<0
        var blocks: [Range<Int>] = []
        var block = Int(bytes.bigEndian(headerStart + 1, as: UInt16.self))
        // They are in order, so that no list is without end.
        while block > 0, block + 4 <= bytes.count {
            let size = Int(bytes.bigEndian(block + 2, as: UInt16.self))
            if size >= 4 { blocks.append(block..<min(block + size, bytes.count)) }
            let next = Int(bytes.bigEndian(block, as: UInt16.self))
            guard next > block else { break }
            block = next
        }
        return (gap, blocks)
    }
}

extension UnsafeRawBufferPointer {
    /// SQLite's numbers of one to nine bytes.
    ///
    /// - Returns: `nil` where the bytes end within it.
    func sqliteNumber(at offset: Int) -> (value: Int64, end: Int)? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard offset >= 0, offset + index < count else { return nil }
            let byte = self[offset + index]
            if index == 8 { return (Int64(bitPattern: value << 8 | UInt64(byte)), offset + 9) }
            value = value << 7 | UInt64(byte & 0x7f)
            if byte & 0x80 == 0 { return (Int64(bitPattern: value), offset + index + 1) }
        }
        return nil
    }
}
