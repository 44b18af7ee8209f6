internal import Rules

/// A JSON schema of rule files, for editors that check TOML by one (taplo, Even Better TOML).
package enum RuleSchema {
    /// The schema as JSON, draft 7, which those editors know.
    package static func json() -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("$schema", "http://json-schema.org/draft-07/schema#")
            writer.field("title", "A rule file of windsock")
            write(.table(RuleFieldTable.file), to: &writer)
        }
        writer.endLine()
        return writer.bytes
    }

    private static func write(_ kind: FieldKind, to writer: inout JSONWriter) {
        switch kind {
        case .text, .pattern: writer.field("type", "string")
        case .integer:
            writer.field("type", "integer")
            writer.field("minimum", 0)
        case .number: writer.field("type", "number")
        case .truth: writer.field("type", "boolean")
        case .choice(let words):
            writer.field("type", "string")
            writer.field("enum", words)
        case .several(let kind):
            writer.field("type", "array")
            writer.field("items", object: { write(kind, to: &$0) })
        case .scalars: writer.field("type", "object")
        case .table(let fields):
            writer.field("type", "object")
            writer.field("additionalProperties", false)
            writer.field(
                "properties",
                object: { writer in
                    for field in fields {
                        writer.field(
                            field.name,
                            object: { writer in
                                writer.field("description", field.summary)
                                write(field.kind, to: &writer)
                            })
                    }
                })
        case .either(let left, let right):
            writer.field("anyOf", array: [left, right]) { writer, kind in writer.object { write(kind, to: &$0) } }
        }
    }
}
