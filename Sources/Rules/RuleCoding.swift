import Bytes

/// The form in which rules are compiled into the executable: text fields, each its length in bytes, a colon, and
/// the bytes. Reading it is one pass without a search; the text is valid UTF-8. What only reports and verification ask for is a
/// field of fields, which is passed over and read when it is asked for.
///
/// Examples are left out: only tests and `rules check` need them, and they read the TOML files.
package enum RuleCoding {
    /// Writes rules in the compiled form.
    package static func encode(_ rules: [Rule]) -> String {
        var writer = FieldWriter()
        writer.put(rules.count)
        for rule in rules { encode(rule, to: &writer) }
        return writer.text
    }

    /// Tells a compiled form from others: 64 hex digits.
    package static func digest(of compiled: String) -> String {
        var hash = SHA256()
        hash.update(Array(compiled.utf8))
        return hash.finalize().withUnsafeBytes(\.hexadecimal)
    }

    /// Reads what `encode` wrote.
    ///
    /// - Precondition: The text was made by `encode` of the same version of this package.
    package static func decode(_ compiled: PermanentBytes) -> [Rule] {
        var reader = FieldReader(bytes: compiled.bytes)
        return (0..<reader.integer()).map { _ in decodeRule(&reader) }
    }

    private static func encode(_ rule: Rule, to writer: inout FieldWriter) {
        for field in Rule.fields { field.encode?(rule, &writer) }
        rule.shape.write(to: &writer)
        var texts = FieldWriter()
        rule.reportTexts.values.write(to: &texts)
        writer.put(texts.text)
    }

    private static func decodeRule(_ reader: inout FieldReader) -> Rule {
        var rule = Rule(texts: .none)
        for decode in Rule.decoders { decode(&rule, &reader) }
        rule.shape = PatternShape?(from: &reader)
        rule.reportTexts = DeferredTexts(compiled: PermanentBytes(reader.field()))
        return rule
    }

    static func decodeTexts(_ compiled: PermanentBytes) -> RuleTexts {
        var reader = FieldReader(bytes: compiled.bytes)
        return RuleTexts(from: &reader)
    }
}
