/// A value that is a table of fields.
protocol TableValue: FieldValue {
    static var fields: [TableField<Self>] { get }
    init()
    /// Complains of what no single field is wrong with, and adds what follows from several.
    mutating func finish(_ table: TableReader) throws(RuleFileError)
}

extension TableValue {
    static var kind: FieldKind { .table([FieldDescription](fields)) }

    init(reading table: inout TableReader) throws(RuleFileError) {
        self.init()
        for field in Self.fields { try field.read(&self, &table) }
        try table.rejectUnknown()
        try finish(table)
    }

    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Self? {
        guard var inner = try table.table(key) else { return nil }
        return try Self(reading: &inner)
    }

    static func readSeveral(_ key: String, from table: inout TableReader) throws(RuleFileError) -> [Self]? {
        var result: [Self] = []
        for var inner in try table.readers(key) { result.append(try Self(reading: &inner)) }
        return result
    }

    func write(to writer: inout FieldWriter) {
        for field in Self.fields { field.encode?(self, &writer) }
    }

    init(from reader: inout FieldReader) {
        self.init()
        for field in Self.fields { field.decode?(&self, &reader) }
    }

    var listed: ListedValue? { .table(members) }

    var members: [ListedValue.Member] {
        Self.fields.compactMap { field in
            field.listed?(self).map { ListedValue.Member(name: field.name, value: $0) }
        }
    }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {}
}
