import Testing

/// The validator decides whether SARIF is right, so it has to be right itself.
struct JSONSchemaTests {
    private func isValid(_ document: String, _ schema: String) throws -> Bool {
        let schema = JSONSchema(root: try JSONValue(parsing: Array(schema.utf8)))
        return schema.violations(of: try JSONValue(parsing: Array(document.utf8))).isEmpty
    }

    @Test(arguments: [
        (#"{"type": "integer", "minimum": 1}"#, "1", "0"),
        (#"{"type": "integer"}"#, "2", "2.5"),
        (#"{"type": "integer"}"#, "1", "true"),
        (#"{"type": "boolean"}"#, "false", "0"),
        (#"{"type": ["string", "null"]}"#, "null", "1"),
        (#"{"maximum": 2.5}"#, "2.5", "3"),
        (#"{"enum": ["a", 1]}"#, "1", #""b""#),
        (#"{"const": "a"}"#, #""a""#, #""b""#),
        (#"{"pattern": "^[0-9]{2}$"}"#, #""12""#, #""123""#),
        (#"{"minLength": 1, "maxLength": 2}"#, #""ab""#, #""abc""#),
        (#"{"format": "uri-reference"}"#, #""a%20b/c""#, #""a b""#),
        (#"{"format": "uri-reference"}"#, #""%3A/b:c""#, #""a%3:b""#),
        (#"{"format": "uri"}"#, #""https://a/b""#, #""a/b""#),
        (#"{"format": "date-time"}"#, #""2024-01-01T00:00:00Z""#, #""2024-01-01""#),
        (#"{"items": {"type": "string"}}"#, #"["a"]"#, "[1]"),
        (#"{"uniqueItems": true}"#, "[1, 2]", "[[1], [1]]"),
        (#"{"minItems": 1, "maxItems": 2}"#, "[1]", "[]"),
        (#"{"required": ["a"]}"#, #"{"a": 1}"#, #"{"b": 1}"#),
        (#"{"properties": {"a": {}}, "additionalProperties": false}"#, #"{"a": 1}"#, #"{"b": 1}"#),
        (#"{"additionalProperties": {"type": "string"}}"#, #"{"a": "b"}"#, #"{"a": 1}"#),
        (#"{"patternProperties": {"^x": {"type": "string"}}}"#, #"{"x": "b", "y": 1}"#, #"{"x": 1}"#),
        (#"{"dependencies": {"a": ["b"]}}"#, #"{"b": 1}"#, #"{"a": 1}"#),
        (#"{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, #"{"a": 1, "b": 1}"#, "{}"),
        (#"{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, #"{"a": 1}"#, #"{"a": 1, "b": 1}"#),
        (#"{"allOf": [{"type": "number"}, {"minimum": 1}]}"#, "1", "0"),
        (##"{"definitions": {"d": {"type": "null"}}, "items": {"$ref": "#/definitions/d"}}"##, "[null]", "[1]"),
    ])
    func acceptsTheOneAndRefusesTheOther(schema: String, good: String, bad: String) throws {
        #expect(try isValid(good, schema))
        #expect(try !isValid(bad, schema))
    }

    @Test(arguments: [
        #"{"not": {}}"#, #"{"format": "hostname"}"#, ##"{"$ref": "#/definitions/none"}"##, #"{"items": [{}]}"#,
    ])
    func refusesWhatItDoesNotKnow(schema: String) throws {
        #expect(try !isValid(#"["a"]"#, schema) || !isValid(#""a""#, schema))
    }
}
