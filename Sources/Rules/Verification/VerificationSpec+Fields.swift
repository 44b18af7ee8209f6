/// Reads `[rules.verify]`. What could send a key astray, or call a firewall's page "live", is refused here.
extension VerificationSpec: TableValue {
    private static let maximumAlternatives = 8

    static let fields: [TableField<VerificationSpec>] =
        Attempt.fields.filter { $0.name != "name" }.map { field in
            field.lifted(get: { $0.attempts[0] }, set: { $0.attempts[0] = $1 })
        } + [
            .init(
                "alternatives", "Further requests, made one after another as long as the answer is `dead`.",
                kind: [Attempt].kind, read: readAlternatives),
            .init(
                "examples", "Recorded answers, each with the verdict it must get.", kind: [Example].kind,
                get: { $0.examples }, set: { $0.examples = $1 }),
        ]

    static let demands: [TableDemand] = Attempt.demands + [.anyElement(["answers"])]

    init() { self.init(attempts: [Attempt()]) }

    private static let readAlternatives: TableField<VerificationSpec>.Reading = {
        (spec: inout VerificationSpec, table: inout TableReader) throws(RuleFileError) in
        for var alternative in try table.readers("alternatives") {
            spec.attempts.append(try Attempt(reading: &alternative))
        }
    }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        try attempts[0].finish(table)
        guard !attempts[0].answers.isEmpty else {
            throw table.error("has no answers, so that nothing could be told from one")
        }
        guard attempts.count <= Self.maximumAlternatives + 1 else {
            throw table.error("has more than \(Self.maximumAlternatives) alternatives")
        }
        guard examples.allSatisfy({ $0.attempt < attempts.count }) else {
            throw table.error("has an example that is of an alternative that there is not")
        }
        // An alternative without answers of its own has those of the main request.
        for index in attempts.indices where attempts[index].answers.isEmpty {
            attempts[index].answers = attempts[0].answers
            if attempts[index].identity.isEmpty { attempts[index].identity = attempts[0].identity }
        }
    }

    func write(to writer: inout FieldWriter) { attempts.write(to: &writer) }

    init(from reader: inout FieldReader) { self.init(attempts: [Attempt](from: &reader)) }
}
