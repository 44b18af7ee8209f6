/// Takes typed fields out of a TOML table and knows which were never asked for, so that a misspelt field is an
/// error and not silence.
struct TableReader {
    let table: TOMLTable
    let file: String
    let line: Int?
    /// What the table is, for messages: `rule acme-api-key`.
    var name: String
    /// Whether the table stands within another, whose name goes before its own.
    private let isInner: Bool
    private var asked: Set<String> = []
    /// Takes down fields that are not known; `nil`: there must be none.
    private let unknown: UnknownFields?

    init(
        table: TOMLTable, file: String, line: Int?, name: String, isInner: Bool = false,
        passingOver unknown: UnknownFields? = nil
    ) {
        self.isInner = isInner
        self.unknown = unknown
        self.table = table
        self.file = file
        self.line = line
        self.name = name
    }

    /// The whole of a file.
    init(text: String, file: String, passingOver unknown: UnknownFields? = nil) throws(RuleFileError) {
        // The parser takes it for the end of the text.
        if let end = text.utf8.firstIndex(of: 0) {
            throw RuleFileError(
                file: file, line: text.utf8[..<end].count { $0 == UInt8(ascii: "\n") } + 1,
                reason: "not valid TOML: there is a NUL byte; save the file as UTF-8 text without it")
        }
        do {
            self.init(table: try TOMLTable(text), file: file, line: nil, name: "the file", passingOver: unknown)
        } catch {
            throw RuleFileError(file: file, line: error.line, reason: "not valid TOML: \(error.reason)")
        }
    }

    func error(_ reason: String) -> RuleFileError {
        RuleFileError(file: file, line: line, reason: "\(name)\(isInner ? "," : "") \(reason)")
    }

    /// Fields that are known and of no interest here.
    mutating func ignore(_ keys: [String]) { asked.formUnion(keys) }

    func rejectUnknown() throws(RuleFileError) {
        let unknown = table.values.keys.filter { !asked.contains($0) }.sorted()
        guard unknown.isEmpty else {
            if let passedOver = self.unknown {
                passedOver.names.append("\(name)\(isInner ? "," : "") has \(Self.quoted(unknown))")
                return
            }
            let meant = unknown.compactMap { NearestWord.to($0, in: asked) }.sorted()
            throw error(
                "has the unknown field \(Self.quoted(unknown))"
                    + (meant.isEmpty ? "" : ": did you mean \(Self.quoted(meant))?"))
        }
    }

    private static func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

    /// Whether the table has a key, whatever stands behind it.
    func holds(_ key: String) -> Bool { table.values.keys.contains(key) }

    private mutating func value(_ key: String) -> TOMLValue? {
        asked.insert(key)
        return table.values[key]
    }

    private func wrongKind(_ key: String, _ wanted: String) -> RuleFileError {
        error("needs \(wanted) as \"\(key)\"")
    }

    mutating func string(_ key: String) throws(RuleFileError) -> String? {
        guard let value = value(key) else { return nil }
        guard let string = value.text else { throw wrongKind(key, "a string") }
        return string
    }

    /// A text, where the key has one.
    mutating func textIfItIsOne(_ key: String) -> String? { value(key)?.text }

    mutating func bool(_ key: String) throws(RuleFileError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let bool = value.bool else { throw wrongKind(key, "true or false") }
        return bool
    }

    mutating func integer(_ key: String) throws(RuleFileError) -> Int? {
        guard let value = value(key) else { return nil }
        guard let integer = value.integer, integer >= 0 else { throw wrongKind(key, "a number of zero or more") }
        return integer
    }

    mutating func number(_ key: String) throws(RuleFileError) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.number ?? value.integer.map(Double.init) else { throw wrongKind(key, "a number") }
        return number
    }

    mutating func strings(_ key: String) throws(RuleFileError) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let array = value.list else { throw wrongKind(key, "a list of strings") }
        var result: [String] = []
        for element in array {
            guard let string = element.text else { throw wrongKind(key, "a list of strings") }
            result.append(string)
        }
        return result
    }

    mutating func integers(_ key: String) throws(RuleFileError) -> [Int]? {
        guard let value = value(key) else { return nil }
        guard let array = value.list else { throw wrongKind(key, "a list of numbers") }
        var result: [Int] = []
        for element in array {
            guard let integer = element.integer else { throw wrongKind(key, "a list of numbers") }
            result.append(integer)
        }
        return result
    }

    /// A table of texts, whole numbers and truth values, sorted by name.
    mutating func scalars(_ key: String) throws(RuleFileError) -> [(String, VerificationSpec.Scalar)]? {
        guard let value = value(key) else { return nil }
        guard let table = value.table else { throw wrongKind(key, "a table") }
        var result: [(String, VerificationSpec.Scalar)] = []
        for name in table.values.keys.sorted() {
            let field = table.values[name]
            if let text = field?.text {
                result.append((name, .text(text)))
            } else if let bool = field?.bool {
                result.append((name, .bool(bool)))
            } else if let integer = field?.integer {
                result.append((name, .integer(integer)))
            } else {
                throw error("needs a text, a whole number, true or false as \"\(key).\(name)\"")
            }
        }
        return result
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String
    ) throws(RuleFileError) -> Choice? where Choice.RawValue == String {
        guard let text = try string(key) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("has \"\(text)\" as \"\(key)\"; it must be one of \(known)")
        }
        return choice
    }

    /// A text, or a whole number as text.
    mutating func textOrNumber(_ key: String) throws(RuleFileError) -> String? {
        guard let value = value(key) else { return nil }
        if let number = value.integer { return String(number) }
        guard let text = value.text else { throw wrongKind(key, "a number or a text") }
        return text
    }

    /// A list of which each element is a text or a table.
    mutating func textsOrTables(_ key: String) throws(RuleFileError) -> [TextOrTable] {
        guard let value = value(key) else { return [] }
        guard let array = value.list else { throw wrongKind(key, "a list of texts and tables") }
        var result: [TextOrTable] = []
        for element in array {
            if let text = element.text {
                result.append(.text(text))
            } else if let table = element.table {
                result.append(
                    .table(
                        TableReader(
                            table: table, file: file, line: line, name: "\(name), \(key) \(result.count + 1)",
                            isInner: true, passingOver: unknown))
                )
            } else {
                throw wrongKind(key, "a list of texts and tables")
            }
        }
        return result
    }

    enum TextOrTable {
        case text(String)
        case table(TableReader)
    }

    mutating func tables(_ key: String) throws(RuleFileError) -> [TOMLTable] {
        guard let value = value(key) else { return [] }
        guard let array = value.list else { throw wrongKind(key, "tables, written [[\(key)]],") }
        var result: [TOMLTable] = []
        for element in array {
            guard let table = element.table else { throw wrongKind(key, "tables, written [[\(key)]],") }
            result.append(table)
        }
        return result
    }

    mutating func readers(_ key: String) throws(RuleFileError) -> [TableReader] {
        try tables(key).enumerated().map {
            TableReader(
                table: $1, file: file, line: line, name: "\(name), \(key) \($0 + 1)", isInner: true,
                passingOver: unknown)
        }
    }

    /// The tables within a table, sorted by name.
    mutating func namedTables(_ key: String) throws(RuleFileError) -> [(String, TableReader)] {
        guard var outer = try table(key) else { return [] }
        var result: [(String, TableReader)] = []
        for name in outer.table.values.keys.sorted() {
            guard let inner = try outer.table(name) else { continue }
            result.append((name, inner))
        }
        return result
    }

    mutating func table(_ key: String) throws(RuleFileError) -> TableReader? {
        guard let value = value(key) else { return nil }
        guard let table = value.table else { throw wrongKind(key, "a table") }
        return TableReader(
            table: table, file: file, line: line, name: "\(name), \(key)", isInner: true, passingOver: unknown)
    }
}

/// Fields of another program's file that mean nothing here, to be named.
final class UnknownFields {
    /// What has which: `rule acme has "entropie"`.
    var names: [String] = []
}
