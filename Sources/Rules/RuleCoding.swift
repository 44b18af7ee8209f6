import Bytes

/// The form in which rules are compiled into the executable: text fields, each its length in bytes, a colon, and
/// the bytes. Reading it is one pass without a search; the text is valid UTF-8. What a rule says besides its names is a field
/// of fields, which is passed over and read when it is asked for; in that, so is what only reports and verification ask for.
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
    package static func digest(of compiled: String) -> String { SHA256.hexadecimal(of: compiled.utf8) }

    /// Reads what `encode` wrote.
    ///
    /// - Precondition: The text was made by `encode` of the same version of this package.
    package static func decode(_ compiled: PermanentBytes) -> [Rule] {
        var reader = FieldReader(bytes: compiled.bytes)
        return (0..<reader.integer()).map { _ in decodeRule(&reader) }
    }

    private static func encode(_ rule: Rule, to writer: inout FieldWriter) {
        rule.names.write(to: &writer)
        var content = FieldWriter()
        rule.content.value.write(to: &content)
        writer.put(content.text)
    }

    private static func decodeRule(_ reader: inout FieldReader) -> Rule {
        let names = RuleNames(from: &reader)
        return Rule(names: names, content: Deferred(compiled: PermanentBytes(reader.field())))
    }
}

extension RuleNames: CompiledValue {
    func write(to writer: inout FieldWriter) {
        for field in Self.fields { field.encode?(self, &writer) }
    }

    init(from reader: inout FieldReader) {
        self.init()
        for decode in Self.decoders { decode(&self, &reader) }
    }
}

extension RuleContent: CompiledValue {
    func write(to writer: inout FieldWriter) {
        // First, so that it can be read alone: what provider a value is of is asked of all rules at once.
        owner.write(to: &writer)
        for field in Self.fields { field.encode?(self, &writer) }
        shape.write(to: &writer)
        var texts = FieldWriter()
        self.texts.value.write(to: &texts)
        writer.put(texts.text)
    }

    init(from reader: inout FieldReader) {
        self.init()
        RuleOwner.skip(&reader)
        for decode in Self.decoders { decode(&self, &reader) }
        shape = PatternShape?(from: &reader)
        texts = Deferred(compiled: PermanentBytes(reader.field()))
    }
}
