/// What `[rules.verify]` says of answers. What could call a firewall's page "live" is refused here.
extension VerificationSpec.Answer: TableValue {
    static let fields: [TableField<VerificationSpec.Answer>] = [
        .init(
            "status", "HTTP status codes.", kind: .several(.integer(100...599), isNeverEmpty: true),
            get: { $0.statuses }, set: { $0.statuses = $1 }),
        .init("type", "What the body must be. Default `json`.", get: { $0.kind }, set: { $0.kind = $1 }),
        .init(
            "has", "Dotted paths that must lead to a value in the JSON body.", get: { $0.has }, set: { $0.has = $1 }),
        .init(
            "equals", "Dotted paths and the values they must lead to.", kind: .named(.scalar), get: { $0.equals },
            set: { $0.equals = $1 }),
        .init("contains", "Texts that must all stand in the body.", get: { $0.contains }, set: { $0.contains = $1 }),
        .init(
            "bare", "Status and type are enough: said on purpose where there is no body to look at.",
            get: { $0.isBare }, set: { $0.isBare = $1 }),
        .init("verdict", "What such an answer says of the key.", get: { $0.liveness }, set: { $0.liveness = $1 }),
        .init("reason", "One sentence without a full stop.", get: { $0.reason }, set: { $0.reason = $1 }),
    ]

    static let demands: [TableDemand] = [.all(["status", "verdict"])]

    init() { self.init(statuses: [], liveness: .unknown) }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        guard !statuses.isEmpty else { throw table.error("names no status, for example status = [200]") }
        guard statuses.allSatisfy({ (100...599).contains($0) }) else {
            throw table.error("has a status that lies outside of 100 to 599")
        }
        guard table.holds("verdict") else { throw table.error("has no verdict") }
        if kind != .json, !has.isEmpty || !equals.isEmpty {
            throw table.error("looks into a body of type \"\(kind.rawValue)\"; has and equals are for json alone")
        }
        if (has + equals.map(\.path)).contains(where: { $0.isEmpty || $0.hasPrefix(".") || $0.hasSuffix(".") }) {
            throw table.error("has an empty name in a path")
        }
        if contains.contains("") { throw table.error("has an empty text in \"contains\"") }
        guard liveness != .unknown else { return }
        if let status = statuses.first(where: { $0 == 429 || $0 == 407 || 300..<400 ~= $0 || $0 >= 500 || $0 < 200 }) {
            throw table.error("calls a key \(liveness.rawValue) for status \(status), which says nothing about it")
        }
        if !isBare, has.isEmpty, equals.isEmpty, contains.isEmpty {
            throw table.error(
                "judges by the status alone: name what the body must hold (has, equals, contains), or say bare = true")
        }
    }
}

extension VerificationSpec.BodyKind: ChoiceValue { static var fallback: VerificationSpec.BodyKind { .json } }
extension Liveness: ChoiceValue { static var fallback: Liveness { .unknown } }

extension VerificationSpec.Expectation: FieldValue {
    static var kind: FieldKind { .named(.scalar) }
    static func read(
        _ key: String, from table: inout TableReader
    ) throws(RuleFileError) -> VerificationSpec.Expectation? { nil }

    static func readSeveral(
        _ key: String, from table: inout TableReader
    ) throws(RuleFileError) -> [VerificationSpec.Expectation]? {
        try table.scalars(key)?.map { VerificationSpec.Expectation(path: $0.0, value: $0.1) }
    }

    func write(to writer: inout FieldWriter) {
        writer.put(path)
        switch value {
        case .text(let text):
            writer.put("t")
            writer.put(text)
        case .integer(let number):
            writer.put("i")
            writer.put(number)
        case .bool(let truth):
            writer.put("b")
            writer.put(truth ? 1 : 0)
        }
    }

    init(from reader: inout FieldReader) {
        let path = reader.string()
        let value: VerificationSpec.Scalar =
            switch reader.string() {
            case "i": .integer(reader.integer())
            case "b": .bool(reader.integer() == 1)
            default: .text(reader.string())
            }
        self.init(path: path, value: value)
    }

    var listed: ListedValue? {
        switch value {
        case .text(let text): .text("\(path) = \"\(text)\"")
        case .integer(let number): .text("\(path) = \(number)")
        case .bool(let truth): .text("\(path) = \(truth)")
        }
    }
}

extension VerificationSpec.Example: TableValue {
    static let fields: [TableField<VerificationSpec.Example>] = [
        .init("status", "The answer's HTTP status.", get: { $0.status }, set: { $0.status = $1 }),
        .init(
            "type", "Its Content-Type header.", get: { $0.contentType }, set: { $0.contentType = $1 }),
        .init("body", "Its body.", get: { $0.body }, set: { $0.body = $1 }),
        .init("verdict", "What must come out.", get: { $0.liveness }, set: { $0.liveness = $1 }),
        .init(
            "alternative", "The number, from 0, of the alternative that it answers. Default: the main request.",
            get: { $0.attempt - 1 }, set: { $0.attempt = $1 + 1 }),
    ]

    static let demands: [TableDemand] = [.all(["status", "verdict"])]

    init() { self.init(status: 0, contentType: "", body: "", liveness: .unknown) }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        guard table.holds("status") else { throw table.error("has no status") }
        guard table.holds("verdict") else { throw table.error("has no verdict") }
    }
}
