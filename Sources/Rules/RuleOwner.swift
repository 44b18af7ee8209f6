/// How the provider of a rule's secrets is named.
package struct RuleOwner: Sendable {
    /// As people know it; empty for rules of no single provider.
    package var provider = ""
    /// What it is called besides, in one word in small letters.
    package var aliases: [String] = []
    /// The words of the rule's context.
    package var words: [String] = []
}

extension RuleContent {
    var owner: RuleOwner { RuleOwner(provider: provider, aliases: aliases, words: context?.words ?? []) }
}

extension Rule {
    /// How its provider is named. Of a rule that was compiled in no more than this is read.
    package var owner: RuleOwner { content.glance(\.owner) { RuleOwner(from: &$0) } }
}

extension RuleOwner: CompiledValue {
    func write(to writer: inout FieldWriter) {
        var fields = FieldWriter()
        fields.put(provider)
        fields.put(aliases)
        fields.put(words)
        writer.put(fields.text)
    }

    init(from reader: inout FieldReader) {
        var fields = FieldReader(bytes: reader.field())
        provider = fields.string()
        aliases = fields.strings()
        words = fields.strings()
    }

    /// Passes over one.
    static func skip(_ reader: inout FieldReader) { _ = reader.field() }
}
