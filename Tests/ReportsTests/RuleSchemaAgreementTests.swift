import Testing

@testable import Reports
@testable import Rules

/// Editors check rule files by the schema, windsock by its reader: documents made from the table of fields, right and wrong
/// in each field, are taken or refused by both.
struct RuleSchemaAgreementTests {
    private let schema: JSONSchema

    init() throws { schema = JSONSchema(root: try JSONValue(parsing: RuleSchema.json())) }

    /// What only the reader can say, for it is not of the form: what names mean, and what verification refuses.
    private static let meanings = [
        "uses the ", "names for the kind ", "judges by the status alone", "calls a key ", "looks into a body",
        "sends the key nowhere",
        "than 32 characters can hold", "is of an alternative", "one sha256 for each url", "which is no part of a name",
    ]

    @Test func rulesAreTakenByBothOrByNone() {
        let rule = RuleDocuments.documents(RuleFieldTable.rule, RuleFieldTable.ruleDemands)
        let pairs = RuleDocuments.pairs(
            RuleFieldTable.rule,
            bases: [
                ["id": .string("a")], ["id": .string("a"), "regex": .string("a")],
                ["id": .string("a"), "token": .object(["of": .string("hex"), "length": .number(32)])],
            ])
        compare((rule + pairs).map { .object(["rules": .array([$0])]) })
    }

    @Test func filesAreTakenByBothOrByNone() {
        let inner = [RuleFieldTable.file, RuleFieldTable.shared, RuleFieldTable.answers].flatMap { $0 }
            .filter { $0.name != "rules" }
        let rules = JSONValue.array([.object(["id": .string("a"), "regex": .string("a")])])
        let pairs = RuleDocuments.pairs(inner, bases: [[:], ["rules": rules]])
        compare(RuleDocuments.documents(inner, []) + pairs)
    }

    private func compare(_ documents: [JSONValue]) {
        var (taken, refused) = (0, 0)
        for document in documents {
            let violations = schema.violations(of: document)
            let complaint = complaint(of: document)
            if violations.isEmpty { taken += 1 } else { refused += 1 }
            if let complaint, violations.isEmpty, Self.meanings.contains(where: complaint.contains) { continue }
            #expect(
                violations.isEmpty == (complaint == nil),
                "\(RuleDocuments.toml(document))\nreader: \(complaint ?? "takes it")\nschema: \(violations)")
        }
        #expect(taken > 100 && refused > 100, "\(taken) taken, \(refused) refused")
    }

    /// What the reader says of a document; `nil`: it takes it.
    private func complaint(of document: JSONValue) -> String? {
        let text = RuleDocuments.toml(document)
        let names = document.object.map { Set($0.keys) } ?? []
        do {
            if !names.isDisjoint(with: RuleFieldTable.shared.map(\.name)) {
                _ = try SharedRules(text: text, file: "shared.toml")
            } else if names.contains("answers") {
                var table = try TableReader(text: text, file: "a.toml")
                _ = try [VerificationSpec.Example].read("answers", from: &table)
                try table.rejectUnknown()
            } else {
                _ = try RuleFile(text: text, file: "a.toml")
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}

/// Documents in which one thing at a time is as a table of fields says, or is not.
enum RuleDocuments {
    /// Texts that a regular expression of the table takes, the first among them, and texts that it does not.
    private static let texts: [String: [String]] = [
        #"[\s\S]"#: ["a b", ""], "^[ -~]*$": ["#@", "", "é", "a\nb"],
        "^[!-Z_-~][!-Z^-~]*$": ["base62", "A-Z2-9", "[a-z]", "a]bcdefgh", "^a-z", #"a-z\d"#, "é", "", "a-z b"],
        "^[0-9]*[1-9][0-9]*(-[0-9]*)?$": ["20-60", "20-", "32", "0", "a", "-3", "+3", "1-2-3", "", "00"],
        "^([1-9][0-9]* )?(digits?|upper|lower)$": [
            "upper", "2 digits", "12 lower", "0 upper", "vowel", "digit ", "+2 digits",
        ],
        "^[^«»]*«[^«»]+»[^«»]*$": ["a «b» c", "a b", "«»", "«a»«b»", "»a«"],
        "^[0-9a-fA-F]{64}$": [String(repeating: "aB", count: 32), "abc", ""],
        "^(header:[A-Za-z0-9_-]+|xml:[A-Za-z0-9_-]+|(?!header:|xml:)[^.]+([.][^.]+)*)$": [
            "data.*.id", "header:X-OAuth-Scopes", "xml:Arn", "header:", "xml:a b", "a..b", ".a", "",
        ],
        "^https://": ["https://a.example/{{secret}}", "http://a.example/{{secret}}", ""],
    ]
    private static let strays: [JSONValue] = [
        .string("x"), .number(7), .number(-7), .number(1.5), .bool(true), .array([]), .array([.string("x")]),
        .array([.number(7)]), .object([:]), .object(["x": .string("x")]),
    ]

    /// Values of a kind, the first one right, and of others.
    static func samples(_ kind: FieldKind) -> [JSONValue] { own(kind) + strays }

    private static func own(_ kind: FieldKind) -> [JSONValue] {
        switch kind {
        case .text, .pattern: return [.string("a b")]
        case .textLike(let pattern):
            guard let texts = texts[pattern] else {
                Issue.record("there are no samples for \(pattern)")
                return []
            }
            return texts.map(JSONValue.string)
        case .integer(let range):
            let ends = [range.lowerBound, range.upperBound].filter { $0 > .min && $0 < .max }
            return ([min(max(range.lowerBound, 32), range.upperBound)] + ends.flatMap { [$0 - 1, $0, $0 + 1] })
                .map { .number(Double($0)) }
        case .number: return [.number(2.5), .number(0)]
        case .truth: return [.bool(true), .bool(false)]
        case .choice(let words, _):
            return (words + words.flatMap { [$0.uppercased(), $0.lowercased()] } + ["", "||", "nonsense"]).map(
                JSONValue.string)
        case .several(let kind, _):
            let inner = samples(kind)
            return inner.map { .array([$0]) } + [.array([inner[0], inner[0]])]
        case .named(let kind): return samples(kind).map { .object(["a": $0]) }
        case .table(let fields, let demands): return documents(fields, demands)
        case .either(let left, let right): return own(left) + own(right)
        case .anything, .refused: return []
        }
    }

    /// The least that a table must hold, then with each field in each way, without each of what it must hold, and with a
    /// field that there is not.
    static func documents(_ fields: [FieldDescription], _ demands: [TableDemand]) -> [JSONValue] {
        let first = Dictionary(
            uniqueKeysWithValues: fields.compactMap { field in
                samples(field.kind).first.map { (field.name, $0) }
            })
        var base: [String: JSONValue] = [:]
        for demand in demands {
            switch demand {
            case .all(let names): for name in names { base[name] = first[name] }
            case .any(let names), .anyElement(let names): base[names[0]] = first[names[0]]
            case .tied(let name, let other, let value, let isPresent) where (base[other] == .string(value)) == isPresent:
                base[name] = first[name]
            case .apart, .beside, .tied: break
            }
        }
        // An answer of which nothing is told says nothing of the key, whatever it holds.
        if base["verdict"] != nil { base["verdict"] = .string("unknown") }
        var documents: [JSONValue] = [
            .object(base), .object([:]), .object(base.merging(["unheard-of": .bool(true)]) { $1 }),
        ]
        for name in base.keys { documents.append(.object(base.filter { $0.key != name })) }
        for field in fields {
            documents += samples(field.kind).map { .object(base.merging([field.name: $0]) { $1 }) }
            if let value = first[field.name] { documents.append(.object([field.name: value])) }
        }
        return documents
    }

    /// Tables with one more field, and with two.
    static func pairs(_ fields: [FieldDescription], bases: [[String: JSONValue]]) -> [JSONValue] {
        let first = fields.compactMap { field in samples(field.kind).first.map { [field.name: $0] } }
        return bases.flatMap { base in
            first.indices.flatMap { left in
                first[left...].map { right in .object(base.merging(first[left]) { $1 }.merging(right) { $1 }) }
            }
        }
    }

    static func toml(_ document: JSONValue) -> String {
        (document.object ?? [:]).sorted { $0.key < $1.key }.map { "\"\($0)\" = \(inline($1))\n" }.joined()
    }

    private static func inline(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let truth): "\(truth)"
        case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .string(let text):
            "\""
                + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
        case .array(let values): "[" + values.map(inline).joined(separator: ", ") + "]"
        case .object(let members):
            "{ " + members.sorted { $0.key < $1.key }.map { "\"\($0)\" = \(inline($1))" }.joined(separator: ", ") + " }"
        }
    }
}
