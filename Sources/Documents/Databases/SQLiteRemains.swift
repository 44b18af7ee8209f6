internal import Bytes

/// What can be read in a part of a page that no row takes up: rows that were deleted, and else runs of printable text.
struct SQLiteRemains {
    private enum Found {
        /// Values that stood side by side; those in front of them that are lost.
        case row([[UInt8]?])
        case loose([UInt8])
    }

    private let page: UnsafeRawBufferPointer
    private let encoding: DocumentEncoding
    /// How many columns its table has; `nil`: it is not known whose it is.
    private let columns: Int?
    private var found: [Found] = []
    private var work = 0

    /// - Parameter columns: 0 is as good as `nil`.
    init(_ page: UnsafeRawBufferPointer, encoding: DocumentEncoding, columns: Int?) {
        self.page = page
        self.encoding = encoding
        self.columns = columns == 0 ? nil : columns
    }

    // MARK: Reading

    /// Reads what may hold whole rows.
    mutating func read(gap: Range<Int>) {
        var loose = gap.lowerBound
        var index = gap.lowerBound
        while index < gap.upperBound {
            // Most of a page that was never full is zeros.
            if page[index] == 0 {
                index += 1
                continue
            }
            if let end = readRow(at: index, in: gap) {
                addLoose(loose..<index)
                (index, loose) = (end, end)
            } else {
                index += 1
            }
        }
        addLoose(loose..<gap.upperBound)
    }

    /// A row as it was written.
    ///
    /// - Returns: Where it ends; `nil`: there is none.
    private mutating func readRow(at start: Int, in gap: Range<Int>) -> Int? {
        guard let size = page.sqliteNumber(at: start), size.value >= 3, size.value < gap.upperBound - start,
            let number = page.sqliteNumber(at: size.end), number.value >= 0
        else { return nil }
        let end = number.end + Int(size.value)
        guard end <= gap.upperBound, let header = page.sqliteNumber(at: number.end), header.value >= 2,
            header.value <= size.value
        else { return nil }
        let valuesStart = number.end + Int(header.value)
        // First without an array: nearly all places are none.
        guard valuesStart >= header.end, isRow(types: header.end..<valuesStart, size: end - valuesStart),
            let types = SQLiteRecord.types(page, from: header.end, to: valuesStart),
            let values = values(types, from: valuesStart)
        else { return nil }
        found.append(.row(values))
        return end
    }

    private mutating func isRow(types: Range<Int>, size: Int) -> Bool {
        let most = columns ?? Self.usualColumns
        var (offset, count, sum) = (types.lowerBound, 0, 0)
        while offset < types.upperBound {
            guard count < most, work < Self.maximumWork * page.count, let type = page.sqliteNumber(at: offset),
                type.end <= types.upperBound, let size = SQLiteRecord.size(of: type.value)
            else { return false }
            (offset, count, sum) = (type.end, count + 1, sum + size)
            work += 1
        }
        return sum == size && (columns.map { count > $0 / 2 } ?? (count > 0))
    }

    /// How many columns a table has that is not known, at the most.
    private static let usualColumns = 200
    /// How many types are looked at for each byte of a page: of a page that was made for it, each byte may begin a row of a thousand columns.
    private static let maximumWork = 32

    /// A row of which the first four bytes are lost: SQLite has put the number of the next block and its size there.
    mutating func read(block: Range<Int>) {
        guard let columns else { return read(gap: block) }
        let candidates = [(4, 0), (4, 1), (5, 0), (6, 0), (4, 2), (5, 1)]
        for (offset, lostCount) in candidates where lostCount < columns {
            if let values = values(in: block, typesAt: block.lowerBound + offset, lost: lostCount, columns) {
                found.append(.row([[UInt8]?](repeating: nil, count: lostCount) + values))
                return
            }
        }
        // Blocks side by side become one, in which other rows are whole.
        read(gap: min(block.lowerBound + 4, block.upperBound)..<block.upperBound)
    }

    private func values(
        in block: Range<Int>, typesAt start: Int, lost lostCount: Int, _ columns: Int
    ) -> [[UInt8]?]? {
        var types: [Int64] = []
        var offset = start
        while types.count < columns - lostCount {
            guard let type = page.sqliteNumber(at: offset), type.end <= block.upperBound,
                SQLiteRecord.size(of: type.value) != nil
            else { return nil }
            types.append(type.value)
            offset = type.end
        }
        let size = types.reduce(0) { $0 + (SQLiteRecord.size(of: $1) ?? 0) }
        // A number is all that a value that is lost can have been, if the rest is to be where it seems.
        guard size > 0, offset + size <= block.upperBound, block.upperBound - offset - size <= 8 * lostCount else {
            return nil
        }
        return values(types, from: block.upperBound - size)
    }

    private func values(_ types: [Int64], from start: Int) -> [[UInt8]?]? {
        guard let record = SQLiteRecord(types, page, from: start) else { return nil }
        var hasText = false
        let values = record.values.map { value -> [UInt8]? in
            switch value {
            case .text(let range):
                let text = encoding.text(page.slice(range))
                hasText = hasText || !text.isEmpty
                // What is no text shows that this was no row.
                return text
            case .blob(let range):
                hasText = hasText || !range.isEmpty
                return PrintableText.isText(page.slice(range))
                    ? Array(page.slice(range)) : PrintableText.runs(of: page.slice(range))
            case .integer(let number): return Array("\(number)".utf8)
            case .null, .real: return nil
            }
        }
        let areTexts = record.values.allSatisfy { value in
            if case .text(let range) = value { return encoding != .utf8 || PrintableText.isText(page.slice(range)) }
            return true
        }
        return hasText && areTexts ? values : nil
    }

    private mutating func addLoose(_ range: Range<Int>) {
        let text = PrintableText.runs(of: page.slice(range))
        if !text.isEmpty { found.append(.loose(text)) }
    }

    // MARK: Writing

    func write(into text: inout DatabaseText, page: Int, columns: [String]) {
        for part in found { write(part, into: &text, page, columns) }
    }

    /// Leaves out what was written before.
    func write(into text: inout DatabaseText, page: Int, columns: [String], unless seen: inout Set<[UInt8]>) {
        for part in found {
            let content =
                switch part {
                case .loose(let lines): lines
                case .row(let values): Array(values.map { $0 ?? [] }.joined(separator: [0]))
                }
            if seen.insert(content).inserted { write(part, into: &text, page, columns) }
        }
    }

    private func write(_ part: Found, into text: inout DatabaseText, _ page: Int, _ columns: [String]) {
        let row = DatabaseText.Row.remains(page: page)
        switch part {
        case .loose(let lines): text.add(loose: lines, row: row)
        case .row(let values):
            text.beginRow()
            for (index, value) in values.enumerated() {
                guard let value, !value.isEmpty else { continue }
                text.add(value, column: index < columns.count ? columns[index] : "column \(index + 1)", row: row)
            }
            text.endRow()
        }
    }
}
