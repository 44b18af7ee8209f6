internal import Bytes

/// The values of a row, as they stand in a record.
struct SQLiteRecord {
    enum Value {
        case null
        case integer(Int64)
        case real(Double)
        /// Where it stands in the record's bytes.
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    let values: [Value]

    /// More columns SQLite itself does not make.
    private static let maximumColumns = 32_767

    /// - Parameter payload: The header with the types, and the values behind it.
    /// - Returns: `nil` for what cannot be one.
    init?(_ payload: UnsafeRawBufferPointer) {
        guard let header = payload.sqliteNumber(at: 0), header.value >= header.end, header.value <= payload.count,
            let types = Self.types(payload, from: header.end, to: Int(header.value))
        else { return nil }
        self.init(types, payload, from: Int(header.value), isCutOff: true)
    }

    /// - Parameters:
    ///   - start: Where the first value begins.
    ///   - isCutOff: Whether of one that goes on behind the end what is there is taken.
    init?(_ types: [Int64], _ payload: UnsafeRawBufferPointer, from start: Int, isCutOff: Bool = false) {
        var values: [Value] = []
        values.reserveCapacity(types.count)
        var offset = start
        for type in types {
            guard let size = Self.size(of: type) else { return nil }
            guard size <= payload.count - offset else {
                guard isCutOff else { return nil }
                // A number that is not whole is none.
                if type >= 12 { values.append(Self.value(type, payload, offset..<payload.count)) }
                break
            }
            values.append(Self.value(type, payload, offset..<(offset + size)))
            offset += size
        }
        self.values = values
    }

    /// The types in a header.
    static func types(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> [Int64]? {
        var types: [Int64] = []
        var offset = start
        while offset < end {
            guard types.count < maximumColumns, let type = bytes.sqliteNumber(at: offset), type.end <= end,
                size(of: type.value) != nil
            else { return nil }
            types.append(type.value)
            offset = type.end
        }
        return types
    }

    /// How many bytes a value of a type takes; `nil`: there is no such type.
    static func size(of type: Int64) -> Int? {
        switch type {
        case 0, 8, 9: 0
        case 1...4: Int(type)
        case 5: 6
        case 6, 7: 8
        case 12...(1 << 32): Int((type - 12) / 2)
        default: nil
        }
    }

    private static func value(_ type: Int64, _ payload: UnsafeRawBufferPointer, _ range: Range<Int>) -> Value {
        switch type {
        case 0: return .null
        case 8, 9: return .integer(type - 8)
        case 7: return .real(Double(bitPattern: payload.bigEndian(range.lowerBound, as: UInt64.self)))
        case 1...6:
            let negative = payload[range.lowerBound] & 0x80 != 0
            return .integer(payload[range].reduce(negative ? -1 : 0) { $0 << 8 | Int64($1) })
        default: return type % 2 == 0 ? .blob(range) : .text(range)
        }
    }
}
