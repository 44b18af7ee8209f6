internal import Rules

/// A JSON schema of rule files, for editors that check TOML by one (taplo, Even Better TOML). Also of what stands beside them,
/// `shared.toml` and files of answers: editors have one schema for a folder.
package enum RuleSchema {
    /// The schema as JSON, draft 7, which those editors know.
    package static func json() -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("$schema", "http://json-schema.org/draft-07/schema#")
            writer.field("title", "A rule file of windsock, or what stands beside one")
            write(document, to: &writer)
        }
        writer.endLine()
        return writer.bytes
    }

    /// The three kinds of files: what one may hold stands beside nothing of another.
    private static var document: FieldKind {
        let kinds = [RuleFieldTable.file, RuleFieldTable.shared, RuleFieldTable.answers]
        let demands = kinds.indices.flatMap { own in
            let others = kinds.indices.filter { $0 != own }.flatMap { kinds[$0].map(\.name) }
            return kinds[own].map { TableDemand.apart($0.name, from: others) }
        }
        return .table(kinds.flatMap { $0 }, demands)
    }

    private static func write(_ kind: FieldKind, to writer: inout JSONWriter) {
        switch kind {
        case .text, .pattern: writer.field("type", "string")
        case .textLike(let pattern):
            writer.field("type", "string")
            writer.field("pattern", pattern)
        case .integer(let range):
            writer.field("type", "integer")
            if range.lowerBound > .min { writer.field("minimum", range.lowerBound) }
            if range.upperBound < .max { writer.field("maximum", range.upperBound) }
        case .number: writer.field("type", "number")
        case .truth: writer.field("type", "boolean")
        case .choice(let words, let spelling): write(words, spelling, to: &writer)
        case .several(let kind, let isNeverEmpty):
            writer.field("type", "array")
            if isNeverEmpty { writer.field("minItems", 1) }
            writer.field("items", object: { write(kind, to: &$0) })
        case .named(let kind):
            writer.field("type", "object")
            writer.field("additionalProperties", object: { write(kind, to: &$0) })
        case .table(let fields, let demands): write(fields, demands, to: &writer)
        case .either(let left, let right):
            writer.field("anyOf", array: [left, right]) { writer, kind in writer.object { write(kind, to: &$0) } }
        case .anything: break
        case .refused: writer.field("not", object: { _ in })
        }
    }

    private static func write(_ words: [String], _ spelling: FieldKind.Spelling, to writer: inout JSONWriter) {
        writer.field("type", "string")
        let pattern: String
        switch spelling {
        case .exact: return writer.field("enum", words)
        case .anyCase:
            pattern = "^(" + words.map(anyCase).joined(separator: "|") + ")$"
        case .like(let expression): pattern = expression
        }
        // The words for themselves, since editors offer them.
        writer.field("anyOf", array: [true, false]) { writer, isList in
            writer.object { writer in
                if isList { writer.field("enum", words) } else { writer.field("pattern", pattern) }
            }
        }
    }

    /// `[lL][oO][wW]`
    private static func anyCase(_ word: String) -> String {
        word.reduce(into: "") { $0 += $1.isLetter ? "[\($1.lowercased())\($1.uppercased())]" : String($1) }
    }

    private static func write(_ fields: [FieldDescription], _ demands: [TableDemand], to writer: inout JSONWriter) {
        writer.field("type", "object")
        writer.field("additionalProperties", false)
        writer.field("properties") { writer in
            for field in fields {
                writer.field(field.name) { writer in
                    writer.field("description", field.summary)
                    write(field.kind, to: &writer)
                }
            }
        }
        guard !demands.isEmpty else { return }
        writer.field("allOf", array: demands) { writer, demand in writer.object { write(demand, to: &$0) } }
    }

    private static func write(_ demand: TableDemand, to writer: inout JSONWriter) {
        switch demand {
        case .all(let names): writer.field("required", names)
        case .any(let names): writeAny(names, to: &writer)
        case .anyElement(let names):
            writer.field("anyOf", array: names) { writer, name in
                writer.object { writer in
                    writer.field("required", [name])
                    writer.field("properties") { $0.field(name) { $0.field("minItems", 1) } }
                }
            }
        case .apart(let name, let others):
            writer.field("dependencies") { writer in
                writer.field(name) { writer in writer.field("not") { writeAny(others, to: &$0) } }
            }
        case .beside(let name, let others):
            writer.field("dependencies") { writer in writer.field(name) { writeAny(others, to: &$0) } }
        case .tied(let name, let other, let value, let isPresent):
            writer.field("anyOf", array: [true, false]) { writer, holds in
                writer.object { writer in
                    let required = (holds ? [other] : []) + (holds == isPresent ? [name] : [])
                    if !required.isEmpty { writer.field("required", required) }
                    if holds != isPresent { writer.field("not") { $0.field("required", [name]) } }
                    writer.field("properties") { writer in
                        writer.field(other) { writer in
                            if holds { return writer.field("const", value) }
                            writer.field("not") { $0.field("const", value) }
                        }
                    }
                }
            }
        }
    }

    private static func writeAny(_ names: [String], to writer: inout JSONWriter) {
        writer.field("anyOf", array: names) { writer, name in writer.object { $0.field("required", [name]) } }
    }
}
