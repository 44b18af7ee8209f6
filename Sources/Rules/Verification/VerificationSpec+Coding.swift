/// The compiled form of a specification: the fields of `RuleCoding`, without examples.
extension VerificationSpec {
    var compiled: String {
        var writer = FieldWriter()
        writer.put(attempts.count)
        for attempt in attempts { Self.encode(attempt, to: &writer) }
        return writer.text
    }

    /// - Precondition: The text was made by `compiled` of the same version of this package.
    init(compiled text: String) {
        var text = text
        attempts = text.withUTF8 { bytes in
            var reader = FieldReader(bytes: bytes)
            return (0..<reader.integer()).map { _ in Self.attempt(&reader) }
        }
        examples = []
    }

    private static func encode(_ attempt: Attempt, to writer: inout FieldWriter) {
        for text in [attempt.name, attempt.method.rawValue, attempt.url] { writer.put(text) }
        writer.put(attempt.headers.flatMap { [$0.name, $0.value] })
        writer.put(attempt.body)
        writer.put(attempt.answers.count)
        for answer in attempt.answers {
            writer.put(answer.statuses.map(String.init))
            writer.put(answer.kind.rawValue)
            writer.put(answer.has)
            writer.put(answer.equals.flatMap { [$0.path] + $0.value.fields })
            writer.put(answer.contains)
            writer.put(answer.isBare ? 1 : 0)
            writer.put(answer.liveness.rawValue)
            writer.put(answer.reason)
        }
    }

    private static func attempt(_ reader: inout FieldReader) -> Attempt {
        var attempt = Attempt(
            name: reader.string(), method: .init(rawValue: reader.string()) ?? .get, url: reader.string(), answers: [])
        let headers = reader.strings()
        attempt.headers = stride(from: 0, to: headers.count, by: 2).map {
            Header(name: headers[$0], value: headers[$0 + 1])
        }
        attempt.body = reader.optional()
        attempt.answers = (0..<reader.integer()).map { _ in
            let statuses = reader.strings().compactMap { Int($0) }
            let kind = BodyKind(rawValue: reader.string()) ?? .json
            let has = reader.strings()
            let fields = reader.strings()
            let equals = stride(from: 0, to: fields.count, by: 3).map {
                Expectation(path: fields[$0], value: Scalar(fields: fields[$0 + 1], fields[$0 + 2]))
            }
            return Answer(
                statuses: statuses, kind: kind, has: has, equals: equals, contains: reader.strings(),
                isBare: reader.integer() == 1, liveness: Liveness(rawValue: reader.string()) ?? .unknown,
                reason: reader.string())
        }
        return attempt
    }
}

extension VerificationSpec.Scalar {
    fileprivate var fields: [String] {
        switch self {
        case .text(let text): ["t", text]
        case .integer(let integer): ["i", String(integer)]
        case .bool(let bool): ["b", bool ? "1" : "0"]
        }
    }

    fileprivate init(fields kind: String, _ value: String) {
        self =
            switch kind {
            case "i": .integer(Int(value) ?? 0)
            case "b": .bool(value == "1")
            default: .text(value)
            }
    }
}
