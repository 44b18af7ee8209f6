/// A validator for what the schemas of SARIF (draft 4) and GitLab (draft 7) use of JSON Schema.
///
/// A keyword it does not know is an error, not a keyword without effect: a schema that is only partly checked would
/// make a test that proves less than it seems to.
struct JSONSchema {
    /// Say something to readers and nothing to validators.
    private static let annotations: Set<String> = [
        "$schema", "$id", "id", "title", "description", "default", "examples", "definitions", "self",
    ]

    let root: JSONValue

    /// The violations, each with the path to the value.
    func violations(of value: JSONValue) -> [String] { check(value, root, "$") }

    private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard let keywords = schema.object else {
            return schema == .bool(true) ? [] : ["\(path): nothing is allowed here"]
        }
        // Beside a reference all else is ignored (drafts 4 to 7).
        if let reference = keywords["$ref"]?.string {
            guard let target = resolve(reference) else { return ["\(path): no \(reference) in the schema"] }
            return check(value, target, path)
        }
        return keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument in
            check(value, keyword, argument, keywords, path)
        }
    }

    private func check(
        _ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: [String: JSONValue], _ path: String
    ) -> [String] {
        switch keyword {
        case _ where Self.annotations.contains(keyword): []
        case "type", "enum", "const", "pattern", "format", "minimum", "maximum", "minLength", "maxLength":
            isValid(value, keyword, argument) ? [] : ["\(path): \(value) violates \(keyword) \(argument)"]
        case "items", "minItems", "maxItems", "uniqueItems": checkArray(value, keyword, argument, path)
        case "required", "properties", "patternProperties", "additionalProperties", "dependencies":
            checkObject(value, keyword, argument, schema, path)
        case "allOf": (argument.array ?? []).flatMap { check(value, $0, path) }
        case "not": check(value, argument, path).isEmpty ? ["\(path): \(value) is what \(argument) says"] : []
        case "anyOf", "oneOf": checkAlternatives(value, keyword, argument.array ?? [], path)
        default: ["\(path): the validator does not know the keyword \(keyword)"]
        }
    }

    private func isValid(_ value: JSONValue, _ keyword: String, _ argument: JSONValue) -> Bool {
        switch (keyword, value) {
        case ("type", _): (argument.strings ?? [argument.string ?? ""]).contains { Self.is(value, a: $0) }
        case ("enum", _): (argument.array ?? []).contains(value)
        case ("const", _): value == argument
        case ("pattern", .string(let text)): (try? Regex(argument.string ?? "")).map { text.contains($0) } ?? false
        case ("format", .string(let text)): Self.hasFormat(text, argument.string ?? "")
        case ("minimum", .number(let number)): number >= (argument.number ?? .infinity)
        case ("maximum", .number(let number)): number <= (argument.number ?? -.infinity)
        case ("minLength", .string(let text)): Double(text.unicodeScalars.count) >= (argument.number ?? .infinity)
        case ("maxLength", .string(let text)): Double(text.unicodeScalars.count) <= (argument.number ?? -1)
        default: true
        }
    }

    private func checkArray(_ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ path: String) -> [String] {
        guard let values = value.array else { return [] }
        switch keyword {
        case "items":
            guard argument.array == nil else { return ["\(path): the validator does not know lists of items"] }
            return values.enumerated().flatMap { check($1, argument, "\(path)[\($0)]") }
        case "minItems" where Double(values.count) < (argument.number ?? .infinity): return ["\(path): too few items"]
        case "maxItems" where Double(values.count) > (argument.number ?? -1): return ["\(path): too many items"]
        case "uniqueItems" where argument == .bool(true) && Set(values).count < values.count:
            return ["\(path): items are not unique"]
        default: return []
        }
    }

    private func checkObject(
        _ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: [String: JSONValue], _ path: String
    ) -> [String] {
        guard let members = value.object else { return [] }
        let patterns = (schema["patternProperties"]?.object ?? [:]).compactMap { try? Regex($0.key) }
        switch keyword {
        case "required":
            return (argument.strings ?? []).filter { members[$0] == nil }.map { "\(path): \($0) is missing" }
        case "properties":
            return (argument.object ?? [:]).flatMap { name, schema in
                members[name].map { check($0, schema, "\(path).\(name)") } ?? []
            }
        case "patternProperties":
            return (argument.object ?? [:]).flatMap { pattern, schema in
                members.filter { name, _ in (try? Regex(pattern)).map { name.contains($0) } ?? false }
                    .flatMap { check($1, schema, "\(path).\($0)") }
            }
        case "additionalProperties":
            let additional = members.filter { name, _ in
                schema["properties"]?[name] == nil && !patterns.contains { name.contains($0) }
            }
            return additional.flatMap { check($1, argument, "\(path).\($0)") }
        default:
            return (argument.object ?? [:]).filter { members[$0.key] != nil }.flatMap { name, needed in
                needed.array == nil
                    ? check(value, needed, path)
                    : (needed.strings ?? []).filter { members[$0] == nil }.map { "\(path): \(name) needs \($0)" }
            }
        }
    }

    private func checkAlternatives(
        _ value: JSONValue, _ keyword: String, _ schemas: [JSONValue], _ path: String
    ) -> [String] {
        let outcomes = schemas.map { check(value, $0, path) }
        let count = outcomes.count { $0.isEmpty }
        if keyword == "anyOf" ? count > 0 : count == 1 { return [] }
        return ["\(path): \(count) of \(schemas.count) alternatives hold"] + outcomes.joined()
    }

    private func resolve(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(root) { $0?[String($1)] }
    }

    private static func `is`(_ value: JSONValue, a type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
            ("number", .number):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private static func hasFormat(_ text: String, _ format: String) -> Bool {
        // RFC 3986's characters, and percent signs only where two hex digits follow.
        let reference = /(?:[A-Za-z0-9\-._~:\/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*/
        switch format {
        case "uri-reference":
            // A colon before the first slash would make a scheme of the first component.
            return text.wholeMatch(of: reference) != nil
                && (text.contains(/^[A-Za-z][A-Za-z0-9+.\-]*:/) || !text.prefix { $0 != "/" }.contains(":"))
        case "uri": return text.wholeMatch(of: reference) != nil && text.contains(/^[A-Za-z][A-Za-z0-9+.\-]*:./)
        case "date-time":
            return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+\-]\d\d:\d\d)/) != nil
        default: return false
        }
    }
}
