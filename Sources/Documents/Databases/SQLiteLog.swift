internal import Bytes

/// Pages that SQLite keeps beside a database: those that are still to be written (`-wal`), and those that were written over
/// (`-journal`). Of which table they are, only the database says: columns have numbers here.
struct SQLiteLog {
    private let bytes: UnsafeRawBufferPointer
    private let pageSize: Int
    /// Where the first page's own header begins, and how long each is.
    private let start: Int
    private let headerSize: Int
    private let trailerSize: Int

    private static let journalMark: [UInt8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]

    static func isLog(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x37, 0x7f, 0x06]) && bytes.count >= 32 && bytes[3] & 0xfe == 0x82
            || bytes.starts(with: journalMark)
    }

    init?(_ bytes: UnsafeRawBufferPointer) {
        guard Self.isLog(bytes), bytes.count >= 32 else { return nil }
        self.bytes = bytes
        if bytes[0] == 0x37 {
            pageSize = Int(bytes.bigEndian(8, as: UInt32.self))
            (start, headerSize, trailerSize) = (32, 24, 0)
        } else {
            pageSize = Int(bytes.bigEndian(24, as: UInt32.self))
            start = Int(bytes.bigEndian(20, as: UInt32.self))
            (headerSize, trailerSize) = (4, 4)
        }
        guard (512...65_536).contains(pageSize), pageSize & (pageSize - 1) == 0, (32...65_536).contains(start) else {
            return nil
        }
    }

    /// Goes through all pages; what stands in several of them is told of once.
    func read(_ visit: (DatabaseReader.Piece) -> Bool) {
        var seen: Set<[UInt8]> = []
        var text = DatabaseText(table: "")
        var offset = start
        while offset + headerSize + pageSize <= bytes.count {
            let number = Int(bytes.bigEndian(offset, as: UInt32.self))
            let page = bytes.slice((offset + headerSize)..<(offset + headerSize + pageSize))
            offset += headerSize + pageSize + trailerSize
            var remains = SQLiteRemains(page, encoding: .utf8, columns: nil)
            remains.read(gap: 0..<page.count)
            remains.write(into: &text, page: number, columns: [], unless: &seen)
            if text.isFull {
                if !visit(.text(text)) { return }
                text = DatabaseText(table: "")
            }
        }
        if !text.isEmpty { _ = visit(.text(text)) }
    }
}
