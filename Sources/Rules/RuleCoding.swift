/// The form in which rules are compiled into the executable: text fields, each its length in bytes, a colon, and
/// the bytes. Reading it is one pass without a search; the text is valid UTF-8, so that it can be a string literal. What only
/// reports and verification ask for is a field of fields, which is passed over and read when it is asked for.
///
/// Examples are left out: only tests need them, and they read the TOML files.
package enum RuleCoding {
    /// Writes rules in the compiled form.
    package static func encode(_ rules: [Rule]) -> String {
        var writer = FieldWriter()
        writer.put(rules.count)
        for rule in rules { encode(rule, to: &writer) }
        return writer.text
    }

    /// Reads what `encode` wrote.
    ///
    /// - Precondition: The text was made by `encode` of the same version of this package.
    package static func decode(_ compiled: PermanentBytes) -> [Rule] {
        var reader = FieldReader(bytes: compiled.bytes)
        return (0..<reader.integer()).map { _ in decodeRule(&reader) }
    }

    private static func encode(_ rule: Rule, to writer: inout FieldWriter) {
        for text in [rule.id, rule.provider, rule.severity.rawValue, rule.confidence.rawValue] { writer.put(text) }
        writer.put(rule.regex)
        writer.put(rule.secretGroup.map(String.init))
        writer.put(rule.entropy.map { "\($0)" })
        for number in [rule.minimumDigits, rule.minimumUppercase, rule.minimumLowercase] { writer.put(number) }
        writer.put(rule.keywords)
        writer.put(rule.path)
        writer.put(rule.tags)
        writer.put(rule.allowlists.count)
        for list in rule.allowlists {
            for text in [list.description, list.condition.rawValue, list.target.rawValue] { writer.put(text) }
            for texts in [list.regexes, list.paths, list.commits, list.stopwords, list.targetRules] {
                writer.put(texts)
            }
        }
        writer.put(rule.shape == nil ? 0 : 1)
        if let shape = rule.shape {
            writer.put(shape.maximumLength.map(String.init))
            writer.put(shape.crossesLines ? 1 : 0)
            writer.put(shape.looksAcrossLines ? 1 : 0)
            writer.put(shape.holdsKeyword ? 1 : 0)
            writer.put(shape.keywordPlace.map { "\($0.lowerBound)" })
            writer.put(shape.keywordPlace.map { "\($0.upperBound)" })
            writer.put(shape.exactKeywords)
            writer.put(shape.boundedRun == nil ? 0 : 1)
            if let run = shape.boundedRun {
                writer.put(run.bytes.rawValue)
                writer.put(run.length.lowerBound)
                writer.put(run.length.upperBound)
            }
            for run in [shape.hexRun, shape.alphanumericRun, shape.base64Run, shape.tokenRun] {
                writer.put(run.length)
                guard run.length > 0 else { continue }
                writer.put(run.place?.count ?? 0)
                if let place = run.place { writer.put(place.lowerBound) }
            }
            writer.put(shape.requiredWords)
        }
        writer.put(rule.validator?.rawValue)
        writer.put(rule.context == nil ? 0 : 1)
        if let context = rule.context {
            for texts in [context.words, context.file, context.paths, context.assigned] { writer.put(texts) }
            writer.put(context.lines)
            writer.put(context.nearby?.rawValue)
        }
        writer.put(encode(rule.reportTexts.values))
    }

    private static func encode(_ texts: RuleTexts) -> String {
        var writer = FieldWriter()
        writer.put(texts.description)
        writer.put(texts.remediation)
        writer.put(texts.references)
        writer.put(texts.verification.map { $0.compiled })
        return writer.text
    }

    static func decodeTexts(_ compiled: PermanentBytes) -> RuleTexts {
        var reader = FieldReader(bytes: compiled.bytes)
        return RuleTexts(
            description: reader.string(), remediation: reader.strings(), references: reader.strings(),
            verification: reader.optional().map { VerificationSpec(compiled: $0) })
    }

    private static func decodeRule(_ reader: inout FieldReader) -> Rule {
        var rule = Rule(id: reader.string(), provider: reader.string())
        rule.severity = Severity(rawValue: reader.string()) ?? .high
        rule.confidence = Confidence(rawValue: reader.string()) ?? .medium
        rule.regex = reader.optional()
        rule.secretGroup = reader.optional().flatMap { Int($0) }
        rule.entropy = reader.optional().flatMap { Double($0) }
        rule.minimumDigits = reader.integer()
        rule.minimumUppercase = reader.integer()
        rule.minimumLowercase = reader.integer()
        rule.keywords = reader.strings()
        rule.path = reader.optional()
        rule.tags = reader.strings()
        rule.allowlists = (0..<reader.integer()).map { _ in
            Allowlist(
                description: reader.string(), condition: .init(rawValue: reader.string()) ?? .any,
                target: .init(rawValue: reader.string()) ?? .secret, regexes: reader.strings(),
                paths: reader.strings(), commits: reader.strings(), stopwords: reader.strings(),
                targetRules: reader.strings())
        }
        if reader.integer() == 1 {
            rule.shape = PatternShape(
                maximumLength: reader.optional().flatMap { Int($0) }, crossesLines: reader.integer() == 1,
                looksAcrossLines: reader.integer() == 1, holdsKeyword: reader.integer() == 1,
                keywordPlace: decodeRange(&reader), exactKeywords: reader.strings(), boundedRun: decodeRun(&reader),
                hexRun: decodeHeldRun(&reader), alphanumericRun: decodeHeldRun(&reader),
                base64Run: decodeHeldRun(&reader), tokenRun: decodeHeldRun(&reader), requiredWords: reader.strings())
        }
        rule.validator = reader.optional().flatMap { Validator(rawValue: $0) }
        if reader.integer() == 1 {
            var context = ContextRequirement(words: reader.strings())
            context.file = reader.strings()
            context.paths = reader.strings()
            context.assigned = reader.strings()
            context.lines = reader.integer()
            context.nearby = reader.optional().flatMap { Confidence(rawValue: $0) }
            rule.context = context
        }
        rule.reportTexts = DeferredTexts(compiled: PermanentBytes(reader.field()))
        return rule
    }

    private static func decodeRun(_ reader: inout FieldReader) -> PatternShape.BoundedRun? {
        guard reader.integer() == 1 else { return nil }
        let bytes = PatternShape.BoundedRun.Bytes(rawValue: reader.string())
        let length = reader.integer()...reader.integer()
        return bytes.map { PatternShape.BoundedRun(bytes: $0, length: length) }
    }

    private static func decodeHeldRun(_ reader: inout FieldReader) -> PatternShape.HeldRun {
        let length = reader.integer()
        guard length > 0 else { return PatternShape.HeldRun(length: 0, place: nil) }
        let count = reader.integer()
        guard count > 0 else { return PatternShape.HeldRun(length: length, place: nil) }
        let lower = reader.integer()
        return PatternShape.HeldRun(length: length, place: lower...lower + count - 1)
    }

    private static func decodeRange(_ reader: inout FieldReader) -> ClosedRange<Int>? {
        let lower = reader.optional().flatMap { Int($0) }
        let upper = reader.optional().flatMap { Int($0) }
        guard let lower, let upper else { return nil }
        return lower...upper
    }
}
