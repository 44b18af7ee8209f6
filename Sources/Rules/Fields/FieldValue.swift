/// The value of a field: how it is read out of TOML, and written to and read from the compiled form.
protocol FieldValue: Sendable, CompiledValue {
    static var kind: FieldKind { get }
    /// The value of a key; `nil` if the table has none.
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Self?
    static func readSeveral(_ key: String, from table: inout TableReader) throws(RuleFileError) -> [Self]?
    /// What a listing of rules shows; `nil`: nothing.
    var listed: ListedValue? { get }
}

/// A value as listings of rules show it.
package indirect enum ListedValue: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case number(Double)
    case truth(Bool)
    case texts([String])
    case table([Member])
    case tables([ListedValue])

    /// Whether there is nothing to show to a person.
    package var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .integer(let number): number == 0
        case .number: false
        case .truth(let truth): !truth
        case .texts(let texts): texts.isEmpty
        case .table(let members): members.allSatisfy(\.value.isEmpty)
        case .tables(let tables): tables.isEmpty
        }
    }

    /// A member of a table: what a file calls it, and its value.
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: ListedValue
    }
}

extension FieldValue {
    static func readSeveral(_ key: String, from table: inout TableReader) throws(RuleFileError) -> [Self]? {
        throw table.error("cannot hold several of \"\(key)\"")
    }
}

extension String: FieldValue {
    static var kind: FieldKind { .text }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> String? {
        try table.string(key)
    }
    static func readSeveral(_ key: String, from table: inout TableReader) throws(RuleFileError) -> [String]? {
        try table.strings(key)
    }
    func write(to writer: inout FieldWriter) { writer.put(self) }
    init(from reader: inout FieldReader) { self = reader.string() }
    var listed: ListedValue? { .text(self) }
}

extension Int: FieldValue {
    static var kind: FieldKind { .count }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Int? {
        try table.integer(key)
    }
    static func readSeveral(_ key: String, from table: inout TableReader) throws(RuleFileError) -> [Int]? {
        try table.integers(key)
    }
    func write(to writer: inout FieldWriter) { writer.put(self) }
    init(from reader: inout FieldReader) { self = reader.integer() }
    var listed: ListedValue? { .integer(self) }
}

extension Bool: FieldValue {
    static var kind: FieldKind { .truth }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Bool? {
        try table.bool(key)
    }
    func write(to writer: inout FieldWriter) { writer.put(self ? 1 : 0) }
    init(from reader: inout FieldReader) { self = reader.integer() == 1 }
    var listed: ListedValue? { .truth(self) }
}

extension Double: FieldValue {
    static var kind: FieldKind { .number }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Double? {
        try table.number(key)
    }
    func write(to writer: inout FieldWriter) { writer.put("\(self)") }
    init(from reader: inout FieldReader) { self = Double(reader.string()) ?? 0 }
    var listed: ListedValue? { .number(self) }
}

extension Optional: FieldValue, CompiledValue where Wrapped: FieldValue {
    static var kind: FieldKind { Wrapped.kind }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Wrapped?? {
        try Wrapped.read(key, from: &table)
    }
    func write(to writer: inout FieldWriter) {
        writer.put(self == nil ? 0 : 1)
        self?.write(to: &writer)
    }
    init(from reader: inout FieldReader) { self = reader.integer() == 1 ? Wrapped(from: &reader) : nil }
    var listed: ListedValue? { self?.listed }
}

extension Array: FieldValue, CompiledValue where Element: FieldValue {
    static var kind: FieldKind { .several(Element.kind) }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> [Element]? {
        try Element.readSeveral(key, from: &table)
    }
    func write(to writer: inout FieldWriter) {
        writer.put(count)
        for element in self { element.write(to: &writer) }
    }
    init(from reader: inout FieldReader) { self = (0..<reader.integer()).map { _ in Element(from: &reader) } }
    var listed: ListedValue? {
        if let texts = self as? [String] { return .texts(texts) }
        return .tables(compactMap(\.listed))
    }
}

/// A value that is one of a few words.
protocol ChoiceValue: FieldValue, CaseIterable, RawRepresentable where RawValue == String {
    /// What a compiled form of another version is taken for.
    static var fallback: Self { get }
}

extension ChoiceValue {
    static var kind: FieldKind { .choice(allCases.map(\.rawValue)) }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> Self? {
        try table.choice(key)
    }
    func write(to writer: inout FieldWriter) { writer.put(rawValue) }
    init(from reader: inout FieldReader) { self = Self(rawValue: reader.string()) ?? Self.fallback }
    var listed: ListedValue? { .text(rawValue) }
}

extension Severity: ChoiceValue { static var fallback: Severity { .high } }
extension Confidence: ChoiceValue { static var fallback: Confidence { .medium } }
extension Validator: ChoiceValue { static var fallback: Validator { .password } }
