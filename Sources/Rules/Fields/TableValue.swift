/// A value that is a table of fields.
protocol TableValue: FieldValue {
    static var fields: [TableField<Self>] { get }
    /// How the compiled form is read, field by field: by itself for types of which each start reads hundreds, for to copy a
    /// whole field is dearer than to read it.
    static var decoders: [TableField<Self>.Decoding] { get }
    /// What goes together in such a table; `finish` complains of the same.
    static var demands: [TableDemand] { get }
    init()
    /// Complains of what no single field is wrong with, and adds what follows from several.
    mutating func finish(_ table: TableReader) throws(RuleFileError)
}

extension TableValue {
    static var kind: FieldKind { .table([FieldDescription](fields), demands) }

    static var demands: [TableDemand] { [] }

    static var decoders: [TableField<Self>.Decoding] { fields.compactMap(\.decode) }

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
        for decode in Self.decoders { decode(&self, &reader) }
    }

    var listed: ListedValue? { .table(members) }

    var members: [ListedValue.Member] {
        Self.fields.compactMap { field in
            field.listed?(self).map { ListedValue.Member(name: field.name, value: $0) }
        }
    }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {}
}
