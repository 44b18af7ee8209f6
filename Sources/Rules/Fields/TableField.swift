/// One field of a table in a rule file: its name, what it may be, what it means, how it is read, compiled and listed.
///
/// All that is done with fields one by one is done over lists of these, so that a new field is a new entry: the reader,
/// the complaint about an unknown field, the compiled form, `windsock rules show`, the table in `Rules/README.md` and the
/// schema for editors.
struct TableField<Subject>: Sendable {
    typealias Decoding = @Sendable (inout Subject, inout FieldReader) -> Void
    typealias Reading = @Sendable (inout Subject, inout TableReader) throws(RuleFileError) -> Void

    var description: FieldDescription
    let read: Reading
    /// How the compiled form has it; `nil`: it does not, since what it says is part of other fields by then.
    let encode: (@Sendable (Subject, inout FieldWriter) -> Void)?
    let decode: Decoding?
    let listed: (@Sendable (Subject) -> ListedValue?)?

    var name: String { description.name }

    /// A field that is stored as it is read, but for `normalized`.
    ///
    /// Closures, not key paths: those would take a third of the time to start.
    init<Value: FieldValue>(
        _ name: String, _ summary: String, isOfGitleaks: Bool = false, isOlder: Bool = false,
        kind: FieldKind = Value.kind, get: @escaping @Sendable (Subject) -> Value,
        set: @escaping @Sendable (inout Subject, Value) -> Void,
        normalized: @escaping @Sendable (Value) -> Value = { $0 }
    ) {
        description = FieldDescription(
            name: name, kind: kind, summary: summary, isOfGitleaks: isOfGitleaks, isOlder: isOlder)
        read = { (subject: inout Subject, table: inout TableReader) throws(RuleFileError) in
            guard let value = try Value.read(name, from: &table) else { return }
            set(&subject, normalized(value))
        }
        encode = { get($0).write(to: &$1) }
        decode = { set(&$0, Value(from: &$1)) }
        listed = { get($0).listed }
    }

    /// A field that is only read.
    init(
        _ name: String, _ summary: String, isOfGitleaks: Bool = false, isOlder: Bool = false, kind: FieldKind,
        read: @escaping Reading
    ) {
        description = FieldDescription(
            name: name, kind: kind, summary: summary, isOfGitleaks: isOfGitleaks, isOlder: isOlder)
        self.read = read
        encode = nil
        decode = nil
        listed = nil
    }

    private init(
        description: FieldDescription, read: @escaping Reading,
        listed: (@Sendable (Subject) -> ListedValue?)?
    ) {
        self.description = description
        self.read = read
        self.listed = listed
        encode = nil
        decode = nil
    }

    /// The field as one of what holds the subject.
    func lifted<Whole>(
        get: @escaping @Sendable (Whole) -> Subject, set: @escaping @Sendable (inout Whole, Subject) -> Void
    ) -> TableField<Whole> {
        let (read, listed) = (self.read, self.listed)
        let readWhole: TableField<Whole>.Reading = {
            (whole: inout Whole, table: inout TableReader) throws(RuleFileError) in
            var subject = get(whole)
            try read(&subject, &table)
            set(&whole, subject)
        }
        var listWhole: (@Sendable (Whole) -> ListedValue?)?
        if let listed { listWhole = { listed(get($0)) } }
        return TableField<Whole>(description: description, read: readWhole, listed: listWhole)
    }
}

extension [FieldDescription] {
    /// The descriptions of fields.
    init<Subject>(_ fields: [TableField<Subject>]) { self = fields.map(\.description) }
}
